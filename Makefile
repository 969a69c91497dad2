# Two commands do all the set-up: `make run` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.synced
export ZHANGGUI_HOME ?= $(CURDIR)/data
export UV_PYTHON_DOWNLOADS := never
PORT ?= 8000

.PHONY: help setup run test lint docs docs-check migrations-check proof bench screenshots vendor clean

help:
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/'

setup: $(STAMP) ## .venv with everything

$(STAMP): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer with venv is needed (Debian: apt-get install python3-venv)"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	touch $(STAMP)

run: setup ## the main job on the sandbox shop, then the app on 127.0.0.1
	$(BIN)/zhanggui sandbox
	$(BIN)/zhanggui serve --port $(PORT)

test: setup lint docs-check migrations-check ## tests, lint, types, import contracts, docs freshness, migrations
	$(BIN)/python -m pytest -n 2 --dist loadscope -m "not proof"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: setup ## write the generated references
	$(BIN)/python -m docs.generate

docs-check: setup
	$(BIN)/python -m docs.generate --check

migrations-check: setup
	ZHANGGUI_HOME=$$(mktemp -d) $(BIN)/python -m django makemigrations --check --dry-run --settings zhanggui.site.settings

proof: setup ## every acceptance line in full; figures in bench/results/
	$(BIN)/python -m bench.proof

bench: setup ## the benchmarks only
	$(BIN)/python -m bench.main_job

screenshots: setup ## every page, zh and en, desktop and phone, into build/screenshots/
	$(BIN)/python -m tests.e2e.screenshots

vendor: ## ECharts and the map anew from the versions in vendor/package.json; needs Node and npm
	sh vendor/build.sh

lock: ## resolve the dependencies anew
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python 3.11 --generate-hashes --quiet -o requirements.lock

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis

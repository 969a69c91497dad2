"""`python -m docs.generate [--check]`: write the references and the tree of the map, or name those that are stale."""

from __future__ import annotations

import argparse
import ast
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
MAP = ROOT / "docs" / "map.md"
GLOSSARY = ROOT / "docs" / "glossary.md"
BEGIN, END = "<!-- tree: made by `make docs` -->", "<!-- end of the tree -->"


def pages() -> dict[Path, str]:
    """Every generated text by its file. Needs Django set up."""
    from docs import references

    group = commands()
    made = {
        "README": references.index(len(group.commands)),
        "tables": references.tables(),
        "measures": references.measures(),
        "checks": references.check_pages(),
        "rulebook": references.rulebook(),
        "settings": references.settings(),
        "environment": references.environment(),
        "problems": references.problems(),
        "cli": command_line(group),
        "api": references.api(),
    }
    texts = {REFERENCE / f"{name}.md": text for name, text in made.items()}
    texts[GLOSSARY] = references.glossary()
    texts[MAP] = with_tree(MAP.read_text("utf-8"), tree())
    return texts


# ---- the command line


def commands() -> Any:
    """The command group, with every command in it."""
    import typer

    from zhanggui.cli import app, files, judging, keeping, running

    if not app.registered_commands:
        for module in (files, judging, running, keeping):
            module.add_to(app)
    return typer.main.get_command(app)


def command_line(group: Any) -> str:
    from docs.references import grid, page

    parts = [group.help, "Options before the command:", _parameters(group)]
    parts.append("Exit codes: 0 done; 1 the data say no; 2 wrong use, or not confirmed.")
    parts.append(grid(("command", ""), [(f"[{n}](#{n})", c.get_short_help_str(200)) for n, c in group.commands.items()]))
    for name, command in group.commands.items():
        usage = [_argument(p) for p in command.params if p.param_type_name == "argument"]
        parts += [f"## {name}", command.help, f"    zhanggui {name} {' '.join(['[OPTIONS]', *usage])}", _parameters(command)]
    return page("Command line", *parts)


def _argument(parameter: Any) -> str:
    return parameter.name.upper() + ("…" if parameter.nargs != 1 else "")


def _parameters(command: Any) -> str:
    from docs.references import grid

    rows = []
    for parameter in command.params:
        option = parameter.param_type_name == "option"
        names = [*parameter.opts, *parameter.secondary_opts] if option else [_argument(parameter)]
        shown = parameter.default if option and isinstance(parameter.default, str | int | float) else ""
        shown = "" if isinstance(shown, bool) else shown
        text = parameter.help or ""
        if parameter.envvar:
            text += f" (`{parameter.envvar}`)"
        rows.append((" ".join(f"`{n}`" for n in names), shown, text))
    return grid(("", "default", ""), rows) if rows else ""


# ---- the tree


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring."""
    text = " ".join((ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").split("\n\n")[0].split())
    match = re.match(r"(.+?[.?!。])(?:\s|$)", text)
    return (match[1] if match else text).rstrip(".")


def river() -> list[str]:
    """The folders of the package from upstream to downstream, as the import contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    return [name.strip(" ()") for layer in reversed(layers) for name in layer.split("|")]


def tree() -> str:
    """One line per folder and file of the package, in the order of the river; then the programs beside it."""
    lines = [("zhanggui/", first_sentence(ROOT / "zhanggui" / "__init__.py"))]
    for name in river():
        for path in (ROOT / "zhanggui" / name, ROOT / "zhanggui" / f"{name}.py"):
            lines += _lines(path, 1)
    for name in ("sandbox", "bench"):
        lines += _lines(ROOT / name, 0)
    width = max(len(left) for left, _ in lines) + 2
    return "\n".join(["```text", *(f"{left:<{width}}{said}".rstrip() for left, said in lines), "```"])


def _lines(path: Path, depth: int) -> Iterator[tuple[str, str]]:
    indent = "  " * depth
    if path.is_dir() and (path / "__init__.py").exists() and path.name != "migrations":
        yield f"{indent}{path.name}/", first_sentence(path / "__init__.py")
        inside = sorted(path.iterdir(), key=lambda p: (p.is_dir(), p.name))
        for child in inside:
            if child.name != "__init__.py":
                yield from _lines(child, depth + 1)
    elif path.is_file() and path.suffix == ".py":
        yield f"{indent}{path.name}", first_sentence(path)


def with_tree(text: str, made: str) -> str:
    """The map with its tree replaced."""
    before, rest = text.split(BEGIN)
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{rest.split(END)[1]}"


# ---- doors


def stale() -> list[str]:
    """The files that are not what the code makes of them, and reference pages that nothing makes."""
    texts = pages()
    wrong = {p for p, text in texts.items() if not p.exists() or p.read_text("utf-8") != text}
    return sorted(p.relative_to(ROOT).as_posix() for p in wrong | (set(REFERENCE.glob("*.md")) - set(texts)))


def main(given: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m docs.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the stale files")
    wanted = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="zhanggui-docs-") as home:
        # Django's settings make the data folder: it must not be the user's.
        os.environ |= {"ZHANGGUI_HOME": home, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "zhanggui.site.settings"}
        import django

        django.setup()
        if wanted.check:
            wrong = stale()
            for name in wrong:
                print(f"{name} is stale: run `make docs`", file=sys.stderr)
            return 1 if wrong else 0
        REFERENCE.mkdir(parents=True, exist_ok=True)
        for path, text in pages().items():
            if not path.exists() or path.read_text("utf-8") != text:
                path.write_text(text, "utf-8")
                print(path.relative_to(ROOT).as_posix())
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Where the decisions lie, as the environment says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from zhanggui.site import environment


def test_without_an_address_it_is_sqlite_in_the_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ZHANGGUI_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", "")
    told = environment.database()
    assert (told["ENGINE"], told["NAME"]) == ("django.db.backends.sqlite3", tmp_path / "desk.sqlite3")


PARTS = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("postgresql://ann:secret@db.local:5433/shop", ("shop", "ann", "secret", "db.local", 5433, {})),
        ("postgres://a%40b:p%2Fw%3A@h/n?sslmode=require", ("n", "a@b", "p/w:", "h", "", {"sslmode": "require"})),
        ("postgresql:///shop?host=/run/postgresql&port=5434", ("shop", "", "", "/run/postgresql", "5434", {})),
        ("postgresql://[::1]:5432/shop", ("shop", "", "", "::1", 5432, {})),
        ("postgresql://%2Frun%2Fpostgresql/shop", ("shop", "", "", "/run/postgresql", "", {})),
    ],
)
def test_an_address_and_its_parts(url: str, parts: tuple[object, ...]) -> None:
    told = environment.postgres(url)
    assert told["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(told[p] for p in PARTS) == parts


@pytest.mark.parametrize(
    "url",
    [
        "mysql://a:secret@h/n",
        "postgresql://a:secret@h",
        "postgresql://a:secret@h/",
        "postgresql://a:secret@h:port/n",
        "postgresql://a:secret@h:99999/n",
        "postgresql://a:secret@h/n/m",
        "postgresql://a:se#cret@h/n",
        "postgresql://a:secret@h/n?sslmode",
        "desk.sqlite3",
    ],
)
def test_what_is_no_address_is_said_without_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as said:
        environment.postgres(url)
    assert str(said.value) == environment.NOT_POSTGRES


def test_the_command_says_so_and_nothing_else(tmp_path: Path) -> None:
    env = os.environ | {"ZHANGGUI_HOME": str(tmp_path), "DATABASE_URL": "mysql://a:secret@h/n"}
    done = subprocess.run([sys.executable, "-m", "zhanggui", "today"], env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", environment.NOT_POSTGRES + "\n")

"""What every test may use: a data folder of its own, and the real files where they exist."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Before Django reads its settings: a data folder that is nobody's, and fast enough for tests.
os.environ["ZHANGGUI_HOME"] = tempfile.mkdtemp(prefix="zhanggui-test-")
os.environ["ZHANGGUI_LANG"] = "zh"

import pytest

DATA = Path(os.environ.get("ZHANGGUI_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")


@pytest.fixture(autouse=True)
def zhanggui_home(tmp_path: Path, settings: object) -> Path:
    """A fresh data folder for each test."""
    settings.ZHANGGUI_HOME = tmp_path / "home"  # type: ignore[attr-defined]
    return tmp_path / "home"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A server's thread that has ended keeps no connection: PostgreSQL drops no database that somebody is connected to."""
    from django.db import connection

    connection.settings_dict["CONN_MAX_AGE"] = 0


@pytest.fixture(scope="session")
def backoffice() -> Path:
    """The folder of the two real exports. Skipped where there are no real data; with CI=true and the data there, never."""
    return real("backoffice")


def real(name: str) -> Path:
    """A folder of the real data, or a skip that says why."""
    folder = DATA / name
    if not DATA.exists():
        pytest.skip(f"no real data here: neither ZHANGGUI_DATA nor {DATA.parent.name}/{DATA.name} beside the project exists")
    assert folder.exists(), f"{DATA} exists but has no {name}"
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "backoffice" in getattr(item, "fixturenames", ()):
            item.add_marker("data")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where the real data are, a data test that skips has failed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.skipped and item.get_closest_marker("data") and DATA.exists() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: the real data are here, so this test may not be skipped"

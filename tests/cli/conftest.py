"""The command in a process of its own, in a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.database import of_its_own

Said = subprocess.CompletedProcess[str]
Command = Callable[..., Said]


def command(home: Path, *, sqlite: bool = False) -> Command:
    def call(*arguments: str | Path, **environment: str) -> Said:
        env = os.environ | {"ZHANGGUI_LANG": "zh", "COLUMNS": "200"} | of_its_own(home, sqlite=sqlite) | environment
        line = [sys.executable, "-m", "zhanggui", *map(str, arguments)]
        return subprocess.run(line, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)

    return call


@pytest.fixture
def zhanggui(tmp_path: Path) -> Command:
    return command(tmp_path / "own")


@pytest.fixture
def week(tmp_path: Path) -> Path:
    return written(tmp_path)


def written(folder: Path) -> Path:
    """A week of three products."""
    path = folder / "Products-2026-09-19.csv"
    path.write_text(
        "产品数据, 时间周期 2026-09-13~2026-09-19\n\n产品ID,产品名称,是否橱窗,搜索曝光次数,搜索点击次数,访问人数,询盘个数\n"
        "1601,Solar lamp,Y,100,5,4,1\n1602,=HYPERLINK(1),N,50,x,1,0\n1603,Camping lamp,N,-,0,0,0\n",
        encoding="utf-8",
    )
    return path

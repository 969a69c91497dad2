"""Ten reports of a made-up shop in shapes that no table knows, and what a person who knows the trade would say of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Shape:
    """`columns`, `scale`, `constants`, `orders`, `period`: the answer. `rows` and sums of columns (`says`): what is then there."""

    name: str
    table: str
    columns: dict[str, str]
    rows: int
    says: dict[str, int | float | str]
    scale: dict[str, float] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    period: tuple[date, date] | None = None
    encoding: str = "utf-8"

    @property
    def data(self) -> bytes:
        return (FOLDER / f"{self.name}.csv").read_text("utf-8").encode(self.encoding)


SHAPES = [Shape(name, **said) for name, said in yaml.safe_load((FOLDER / "truth.yaml").read_text("utf-8")).items()]

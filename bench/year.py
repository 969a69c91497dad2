"""A year of weekly exports of a large shop, drawn from a seed and written in the platform's shapes.

The figures are plausible, not true: long-tailed exposures of the real export's mean (148 a product and week), clicks and
inquiries at its rates. The simulated buyers of `sandbox/` know what is wrong with a shop and are not needed to measure time.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import xlsxwriter
import xlwt

from sandbox import files as shapes
from sandbox import vocabulary as voc

END = date(2026, 9, 19)  # a Saturday, the last day of the real export
Cell = str | int | float
Rows = Iterator[Sequence[Cell]]


@dataclass(frozen=True)
class Size:
    """How large the shop is, and the seed that draws it."""

    products: int
    words: int
    weeks: int
    seed: int = 1

    def week(self, index: int) -> tuple[date, date]:
        """First and last day of a week, 0 the oldest."""
        end = END - timedelta(weeks=self.weeks - 1 - index)
        return end - timedelta(days=6), end


@dataclass(frozen=True)
class Names:
    """What stays the same all year."""

    ids: list[str]
    titles: list[str]
    words: list[str]
    demand: np.ndarray
    heat: np.ndarray


def names(size: Size) -> Names:
    """Titles and buyers' words from the sandbox's vocabulary; eight words in a thousand occur twice, as in the real export."""
    dice = np.random.default_rng([size.seed, 1])
    ids = [str(1_600_000_000_000 + 137 * i) for i in range(size.products)]
    titles = [_title(dice) for _ in ids]
    once = size.words - size.words * 4 // 500
    words = list(dict.fromkeys(_words(dice, once)))[:once]
    words += words[: size.words - once]
    assert len(words) == size.words, "the vocabulary is too small for so many words"
    demand = dice.lognormal(0, 1.4, size.products)
    demand[dice.random(size.products) < 0.05] = 0  # 19 of 365 products without a search exposure
    return Names(ids, titles, words, demand / demand.mean() * 148, dice.lognormal(0.5, 1.3, size.words))


def _title(dice: np.random.Generator) -> str:
    kind = voc.CATEGORIES[dice.integers(len(voc.CATEGORIES))]
    features = [kind.features[i] for i in dice.permutation(len(kind.features))[:3]]
    noun, use = kind.nouns[dice.integers(len(kind.nouns))], kind.uses[dice.integers(len(kind.uses))]
    lead, tail = voc.LEADS[dice.integers(len(voc.LEADS))], voc.TAILS[dice.integers(len(voc.TAILS))]
    return f"{lead} {' '.join(features)} {noun} for {use} {tail} {dice.integers(100, 1000)}"


def _words(dice: np.random.Generator, wanted: int) -> Iterator[str]:
    """Different words: noun with features, uses and what no title says, in a drawn order; one in forty names a brand."""
    made = [
        " ".join(part for part in (feature, noun, use, extra) if part).lower()
        for kind in voc.CATEGORIES
        for noun, feature, use, extra in itertools.product(
            kind.nouns, ("", *kind.features), ("", *kind.uses), ("", *voc.COLLOQUIAL)
        )
    ]
    made += [f"{a} {b}" for a, b in itertools.product(voc.SPANISH, voc.SPANISH_EXTRA)]
    made = [made[i] for i in dice.permutation(len(made))]
    for number in range(wanted * 2):
        again, place = divmod(number, len(made))
        word = f"{made[place]} {again + 1} pack" if again else made[place]
        yield f"{voc.BRANDS[number % len(voc.BRANDS)]} {word}" if number % 40 == 0 else word


def product_rows(size: Size, known: Names, week: int) -> Rows:
    """产品分析 of one week: 29 columns."""
    dice = np.random.default_rng([size.seed, 2, week])
    n = size.products
    season = 1 + 0.2 * np.sin(week / 52 * 2 * np.pi)
    searched = dice.poisson(known.demand * season * dice.gamma(8, 1 / 8, n))
    clicks = dice.binomial(searched, 0.0117)
    paid = dice.poisson(searched * 1.2)
    paid_clicks = dice.binomial(paid, 0.02)
    shop = searched + paid
    shop_clicks = clicks + paid_clicks
    visitors = dice.poisson(shop_clicks * 0.9)
    inquiries = dice.binomial(visitors, 0.014)
    chatters = dice.binomial(visitors, 0.03)
    small = dice.binomial(visitors[:, None], [0.01, 0.004, 0.003, 0.002, 0.004], (n, 5))
    money = np.where(small[:, 4] > 0, np.round(dice.lognormal(6, 1, n), 2), 0.0)
    columns = zip(
        searched.tolist(), clicks.tolist(), visitors.tolist(), inquiries.tolist(), chatters.tolist(),
        small.tolist(), money.tolist(), shop.tolist(), shop_clicks.tolist(), paid.tolist(), paid_clicks.tolist(),
        strict=True,
    )  # fmt: skip
    for p, (s, c, v, q, t, few, gmv, all_, all_clicks, ads, ad_clicks) in enumerate(columns):
        yield (
            known.ids[p], known.titles[p], "Y" if p % 20 == 0 else "N", "N", "Y" if p % 2 else "N",
            s, c, shapes.percent(c, s), v, q, "-", q, shapes.percent(q, v), few[0], few[1], few[2], few[3], t,
            voc.OWNERS[p % 3], few[4], gmv, all_, all_clicks, ads, ad_clicks, 0, 0, ads, ad_clicks,
        )  # fmt: skip


def word_rows(size: Size, known: Names, week: int) -> Rows:
    """引流关键词 of one week: 11 columns. Indices are not published for one word in ten."""
    dice = np.random.default_rng([size.seed, 3, week])
    n = size.words
    exposures = 1 + dice.poisson(known.heat * dice.gamma(8, 1 / 8, n))
    clicks = dice.binomial(exposures, 0.012)
    top = np.round(known.heat * 40 + dice.gamma(2, 5, n))
    index = np.round(known.heat * 30 + dice.gamma(2, 8, n), 2)
    sellers = np.round(dice.gamma(2, 20, n))
    columns = zip(exposures.tolist(), clicks.tolist(), top.tolist(), index.tolist(), sellers.tolist(), strict=True)
    for w, (e, c, best, heat, many) in enumerate(columns):
        indices: tuple[Cell, Cell] = ("-", "-") if w % 10 == 9 else (heat, many)
        yield known.words[w], e, c, shapes.percent(c, e, 1), 0, 0, 0, int(best), int(best * 0.03), *indices


def reports(size: Size, known: Names, week: int) -> Iterator[tuple[str, str, str, Sequence[str], Rows]]:
    """File name without ending, sheet, title, header, rows of the two reports of a week."""
    span = shapes.period(size.week(week))
    end = size.week(week)[1]
    title = f"产品数据, 时间周期 {span}"
    yield f"Products-{end}", "产品数据", title, shapes.PRODUCT_HEADER, product_rows(size, known, week)
    title = f"流量关键词,时间周期{span}"
    yield f"getKeywords-{end}", "流量关键词", title, shapes.WORD_HEADER, word_rows(size, known, week)


def write_xlsx(path: Path, sheet: str, title: str, header: Sequence[str], rows: Rows) -> None:
    """Cells in the sheet itself, row by row, as the streaming writers of web back offices do it."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.write_string(0, 0, title)
        for at, row in enumerate(itertools.chain([header], rows), start=shapes.HEADER_ROW):
            for column, cell in enumerate(row):
                page.write_string(at, column, cell) if isinstance(cell, str) else page.write_number(at, column, cell)


def write_xls(path: Path, sheet: str, title: str, header: Sequence[str], rows: Rows) -> None:
    """BIFF8, the shape of the real export; it holds at most 65,536 rows."""
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet)
    page.write(0, 0, title)
    for at, row in enumerate(itertools.chain([header], rows), start=shapes.HEADER_ROW):
        line = page.row(at)
        for column, cell in enumerate(row):
            line.set_cell_text(column, cell) if isinstance(cell, str) else line.set_cell_number(column, cell)
        if at % 1000 == 0:
            page.flush_row_data()
    book.save(str(path))


Writer = Callable[[Path, str, str, Sequence[str], Rows], None]
WRITERS: dict[str, Writer] = {"xlsx": write_xlsx, "xls": write_xls}


def _write_week(size: Size, folder: Path, week: int, ending: str) -> int:
    for name, sheet, title, header, rows in reports(size, names(size), week):
        WRITERS[ending](folder / f"{name}.{ending}", sheet, title, header, rows)
    return week


def key(size: Size) -> str:
    """Names the cache: the size, and every source that shapes the files."""
    sources = [Path(__file__), Path(shapes.__file__), Path(voc.__file__)]
    sha = hashlib.sha256(b"".join(p.read_bytes() for p in sources))
    return f"{size.products}-{size.words}-{size.weeks}-{size.seed}-{sha.hexdigest()[:12]}"


def once(name: str, make: Callable[[Path], object]) -> Path:
    """A folder of that name, made on first use. A killed maker leaves no half of it."""
    folder = Path(tempfile.gettempdir()) / "zhanggui-bench" / name
    if folder.exists():
        return folder
    draft = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    make(draft)
    try:
        draft.rename(folder)
    except OSError:  # another run was first
        shutil.rmtree(draft)
    return folder


def made(size: Size) -> Path:
    """The folder with `xlsx/` (the year) and `xls/` (its last week)."""
    return once(key(size), partial(_write, size))


def _write(size: Size, draft: Path) -> None:
    for ending in WRITERS:
        (draft / ending).mkdir(parents=True)
    with ProcessPoolExecutor() as pool:
        jobs = [pool.submit(_write_week, size, draft / "xlsx", week, "xlsx") for week in range(size.weeks)]
        jobs.append(pool.submit(_write_week, size, draft / "xls", size.weeks - 1, "xls"))
        for job in jobs:
            job.result()


def run(program: str, said: str | None, make: Callable[[Size], Path]) -> None:
    """The program of a folder: its size by the command line, its place printed."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=said)
    for name in ("products", "words", "weeks"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    print(make(Size(**vars(parser.parse_args()))))


if __name__ == "__main__":
    run("bench.year", __doc__, made)

"""Files in: rows a second and peak memory for .xls, .xlsx and .csv, beside pandas + openpyxl and beside the bare reader.

`python -m bench.intake [--small] [--out FOLDER]`. Product reports of one week in the platform's shape (title in A1, header in
line 6, 29 columns): 65,000 rows as BIFF8, 200,000 as .xlsx, 1,000,000 as UTF-8 and GB18030 text; one .xlsx of a full sheet
(1,048,576 lines); one text of 500 MB. Ours is end to end: recognised, cleaned, validated, merged, stored, from a fresh process.
Peers: fastexcel to text cells, Polars' CSV scan to text cells, and pandas (openpyxl, xlrd or its C reader) with the same columns
made numbers. Times depend on the machine; the ratios are of one run.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bench import results
from bench.main_job import figure, run, say

FULL = {"xls": 65_000, "xlsx": 200_000, "csv": 1_000_000, "sheet": 1_048_576, "large_mb": 500}
SMALL = {"xls": 500, "xlsx": 500, "csv": 2_000, "sheet": 3_000, "large_mb": 1}
SEED = 7
TITLE = "产品数据, 时间周期 2026-09-13~2026-09-19"
HEADER = [
    "产品ID",
    "产品名称",
    "是否橱窗",
    "是否顶展",
    "是否P4P",
    "搜索曝光次数",
    "搜索点击次数",
    "搜索点击率",
    "访问人数",
    "询盘个数",
    "近90天商机人数",
    "询盘人数",
    "询盘率",
    "收藏人数",
    "分享人数 ",
    "对比人数 ",
    "提交订单个数 ",
    "TM咨询人数 ",
    "产品负责人",
    "RTS线上买家数",
    "RTS线上实收GMV",
    "全店曝光次数",
    "全店点击次数",
    "营销曝光次数",
    "营销点击次数",
    "标准推广曝光次数",
    "标准推广点击次数",
    "全站推广曝光次数",
    "全站推广点击次数",
]
TEXT_COLUMNS = {"产品ID", "产品名称", "产品负责人", "是否橱窗", "是否顶展", "是否P4P"}
REPEATS = 3


def rows(n: int) -> Iterator[list[str]]:
    """Rows of a product report; many small figures, some missing."""
    dice = random.Random(SEED)
    names = [f"Women's casual loafers, soft sole, style {i}, wholesale custom logo leather shoes" for i in range(500)]
    for i in range(n):
        shown = dice.randrange(3000)
        clicks = shown * dice.randrange(30) // 1000
        figures = [str(dice.randrange(9)) for _ in range(20)]
        rate = f"{clicks / shown:.2%}" if shown else "-"
        yield [
            str(1_600_000_000_000 + i),
            names[i % 500],
            "N",
            "N",
            "Y" if i % 3 == 0 else "N",
            str(shown),
            str(clicks),
            rate,
            *figures[:2],
            "-",
            figures[2],
            "0%",
            *figures[3:8],
            "王芳",
            "0",
            "-",
            *figures[8:16],
        ]


def write_text(path: Path, n: int, encoding: str = "utf-8", size: int = 0) -> int:
    """A delimited text of `n` rows, or of at least `size` bytes; rows written."""
    with path.open("w", encoding=encoding, newline="") as f:
        f.write(f'"{TITLE}"\n\n\n\n\n{",".join(HEADER)}\n')
        for i, row in enumerate(rows(n)):
            row[1] = f'"{row[1]}"'
            f.write(",".join(row) + "\n")
            if size and i % 1000 == 0 and f.tell() >= size:
                return i + 1
    return n


def write_xlsx(path: Path, n: int) -> int:
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, TITLE)
    for i, row in enumerate([HEADER, *rows(n)] if n < 1000 else _chain(n)):
        sheet.write_row(5 + i, 0, row)
    book.close()
    return n


def _chain(n: int) -> Iterator[list[str]]:
    yield HEADER
    yield from rows(n)


def write_xls(path: Path, n: int) -> int:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    sheet.write(0, 0, TITLE)
    for i, row in enumerate(_chain(n)):
        for j, cell in enumerate(row):
            sheet.write(5 + i, j, cell)
    book.save(str(path))
    return n


def ours(path: Path, home: Path) -> dict[str, Any]:
    """One import as the desk does it: read from disk, preview, put."""
    from zhanggui.facts import open_facts
    from zhanggui.intake import read

    begun = time.perf_counter()
    facts = open_facts(home, "shop")
    reading = read(path, path.name, on=date(2026, 9, 21))
    put = facts.put(path, path.name, reading, at="2026-09-21T08:00:00Z")
    told = {"rows": sum(c.new for c in put.counts), "rejected": sum(c.rejected for c in put.counts)}
    return {"seconds": time.perf_counter() - begun} | told


def bare(path: Path) -> dict[str, Any]:
    """Every cell as text, and nothing else."""
    import fastexcel
    import polars as pl

    begun = time.perf_counter()
    if path.suffix == ".csv":
        source = path if "gb" not in path.stem else path.read_bytes().decode("gb18030").encode()
        height = pl.read_csv(
            source, has_header=False, infer_schema=False, skip_rows=6, n_rows=None, truncate_ragged_lines=True
        ).height
    else:
        book = fastexcel.read_excel(str(path))
        height = book.load_sheet(0, header_row=None, skip_rows=6, dtypes="string").to_polars().height
    return {"seconds": time.perf_counter() - begun, "rows": height}


def pandas_way(path: Path) -> dict[str, Any]:
    """The plain script: pandas with the usual engine, the figures made numbers, written as Parquet would be left out."""
    import pandas as pd

    begun = time.perf_counter()
    if path.suffix == ".csv":
        encoding = "gb18030" if "gb" in path.stem else "utf-8"
        frame = pd.read_csv(path, header=5, dtype=str, encoding=encoding, skip_blank_lines=False)
    else:
        engine = "openpyxl" if path.suffix == ".xlsx" else "xlrd"
        frame = pd.read_excel(path, header=5, dtype=str, engine=engine)
    for name in frame.columns:
        if name not in TEXT_COLUMNS:
            frame[name] = pd.to_numeric(frame[name].replace("-", None).str.rstrip("%").str.replace(",", ""), errors="coerce")
    return {"seconds": time.perf_counter() - begun, "rows": len(frame)}


def measure(size: dict[str, int], out: Path | None, *, whole: bool = True) -> dict[str, Any]:
    """All files, all ways; the figures and ratios, written where `out` names a folder."""
    ran = results.commit()
    figures: dict[str, Any] = {}
    ratios: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="zhanggui-bench-") as work:
        folder = Path(work)

        def stage(name: str, way: str, path: Path, repeats: int) -> dict[str, Any]:
            runs = []
            for i in range(repeats):
                home = folder / f"home-{name}-{i}"
                runs.append(run("-m", "bench.intake", "--stage", way, str(path), str(home)))
                if runs[0].wall > 60:
                    break
            found = figure(runs)
            found["rows_per_second"] = found["rows"] / found["seconds"]
            figures[name] = found
            say(name, found)
            return found

        repeats = REPEATS if whole else 1
        makers: dict[str, Callable[[Path], int]] = {
            "xls": lambda p: write_xls(p, size["xls"]),
            "xlsx": lambda p: write_xlsx(p, size["xlsx"]),
            "csv": lambda p: write_text(p, size["csv"]),
            "csv_gb18030": lambda p: write_text(p, size["csv"], "gb18030"),
        }
        for name, make in makers.items():
            path = folder / f"{name}.{name.split('_')[0]}"
            n = make(path)
            mine, plain = stage(name, "ours", path, repeats), stage(f"{name}_bare", "bare", path, repeats)
            other = stage(f"{name}_pandas", "pandas", path, 1 if name == "xlsx" else repeats)
            if not (mine["rows"] == plain["rows"] == other["rows"] == n and mine["rejected"] == 0):
                raise SystemExit(f"{name}: {n} rows written, read {mine['rows']}, {plain['rows']}, {other['rows']}")
            ratios[f"{name}_to_bare"] = mine["seconds"] / plain["seconds"]
            ratios[f"{name}_pandas_to_ours"] = other["seconds"] / mine["seconds"]
            path.unlink()
        path = folder / "sheet.xlsx"
        n = write_xlsx(path, size["sheet"] - 6)
        if stage("full_sheet", "ours", path, 1)["rows"] != n:
            raise SystemExit("full sheet: rows lost")
        path.unlink()
        path = folder / "large.csv"
        n = write_text(path, 100_000_000, size=size["large_mb"] * 2**20)
        large = stage("large_csv", "ours", path, 1)
        large["megabytes"] = path.stat().st_size / 2**20
        if large["rows"] != n:
            raise SystemExit("large text: rows lost")
    held = {
        "xlsx at most 2 × fastexcel": ratios["xlsx_to_bare"] <= 2,
        "xls at most 4 × fastexcel": ratios["xls_to_bare"] <= 4,
        "csv at most 10 × a Polars scan": ratios["csv_to_bare"] <= 10,
        "at least 5 × faster than pandas + openpyxl": ratios["xlsx_pandas_to_ours"] >= 5,
        "500 MB of text within 2 GB": large["peak_mb"] <= 2048,
    }
    if out:
        results.write("intake", figures | {"held": held}, seeds=[SEED], parameters=size, ratios=ratios, folder=out, ran=ran)
    return {"figures": figures, "ratios": ratios, "held": held}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--stage", nargs=3, default=None, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stage:
        way, path, home = asked.stage
        told = ours(Path(path), Path(home)) if way == "ours" else {"bare": bare, "pandas": pandas_way}[way](Path(path))
        print(json.dumps(told))
        return
    told = measure(
        SMALL if asked.small else FULL, asked.out or (None if asked.small else results.RESULTS), whole=not asked.small
    )
    json.dump({"ratios": told["ratios"], "held": told["held"]}, sys.stdout, ensure_ascii=False, indent=1)
    print()
    if not asked.small and not all(told["held"].values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()

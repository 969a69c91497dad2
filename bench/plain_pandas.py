"""What a seller's own script would be: pandas and openpyxl over the folder of exports, the same sums, nothing else.

`python -m bench.plain_pandas FOLDER [FILES_OF_EACH_KIND]`: the newest files only, where a number is given.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas as pd

from bench.agreement import DAYS, KEY, PRODUCT_SUMS, WORD_SUMS, agreed

REPORTS = {
    "product_effect": ("Products-*", "产品ID", PRODUCT_SUMS),
    "keyword_effect": ("getKeywords-*", "词", WORD_SUMS),
}


def main(folder: Path, newest: int | None = None) -> None:
    start = time.perf_counter()
    said = {}
    for table, (pattern, key, sums) in REPORTS.items():
        frames = []
        for path in sorted(folder.glob(pattern))[-newest if newest else None :]:
            frame = pd.read_excel(path, header=5, dtype={key: str}, na_values=["-"])
            frame.columns = frame.columns.str.strip()
            frame["end"] = pd.Timestamp(path.stem[-10:])
            frames.append(frame)
        year = pd.concat(frames, ignore_index=True).rename(columns={key: KEY[table], **sums})
        last = year[year["end"] > year["end"].max() - pd.Timedelta(days=DAYS)]
        columns = list(sums.values())
        said[table] = (len(year), last[columns].sum(), last.groupby(KEY[table])[columns].sum())
    seconds = time.perf_counter() - start
    plain = {t: (n, list(shop), each.itertuples(name=None)) for t, (n, shop, each) in said.items()}
    print(json.dumps({"seconds": seconds, "agreed": agreed(plain)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)

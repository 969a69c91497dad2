"""`python -m sandbox OUT_DIR --seed N`: write a year of reports of a made-up exporter, with its truth."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from sandbox import happenings, plants, scene, shop, year


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="OUT_DIR")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--weeks", type=int, default=shop.WEEKS, help=f"at least {shop.LEAST_WEEKS}")
    parser.add_argument("--products", type=int, default=shop.PRODUCTS, help=f"at least {shop.LEAST_PRODUCTS}")
    parser.add_argument("--words", type=int, default=shop.WORDS, help=f"at least {shop.LEAST_WORDS}")
    parser.add_argument("--end", type=date.fromisoformat, default=shop.END, help="a Saturday")
    parser.add_argument(
        "--plants",
        default="auto",
        help="auto, operations, none, all, or kinds with commas: " + ", ".join(plants.CHECKS | plants.OPERATIONS),
    )
    parser.add_argument(
        "--all",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="every report, or the first six and the registers only",
    )
    parser.add_argument("--recent", type=int, default=scene.RECENT, help="newest weeks of the further weekly reports")
    parser.add_argument(
        "--happenings",
        default="around",
        help="around (the first six reports stay as they are), none, all, or kinds with commas: "
        + ", ".join((*happenings.AROUND, *happenings.WITHIN)),
    )
    return parser.parse_args(given)


def show(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{of} files", end="\n" if done == of else "", file=sys.stderr, flush=True)


def main(given: list[str] | None = None) -> int:
    wanted = arguments(given)
    kinds = wanted.plants if wanted.plants in ("auto", "operations", "none", "all") else wanted.plants.split(",")
    around = wanted.happenings if wanted.happenings in ("around", "none", "all") else wanted.happenings.split(",")
    try:
        drawn = shop.draw(
            wanted.seed, weeks=wanted.weeks, products=wanted.products, words=wanted.words, end=wanted.end, plants_of=kinds
        )
        world = scene.scene(drawn, around, wanted.recent) if wanted.all else None
    except ValueError as trouble:
        print(f"sandbox: {trouble}", file=sys.stderr)
        return 2
    paths = year.write(drawn, wanted.folder, show, world)
    for name, count in Counter(path.stem.rstrip("0123456789-") + path.suffix for path in paths).items():
        print(f"{count:4}  {name}")
    print(f"{len(paths)} files in {wanted.folder}; {len(drawn.plants)} plants, seed {wanted.seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

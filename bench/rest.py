"""Every report beside the two large ones, of the same products and words: `python -m bench.rest --products N --words N --weeks N`.

The two large ones are those of `bench.year`. The others are the sandbox's, drawn at the same size without a trouble, and written
with the ids, titles and words of `bench.year`, so that rows of one report meet those of another.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import sandbox
from bench import year
from bench.year import END, Size, names
from sandbox import scene, shop
from sandbox import year as reports


def key(size: Size) -> str:
    """Names the cache: the size, and every source that shapes the files."""
    sources = [Path(__file__), *sorted(Path(sandbox.__file__).parent.rglob("*.py"))]
    return f"rest-{year.key(size)}-{hashlib.sha256(b''.join(p.read_bytes() for p in sources)).hexdigest()[:12]}"


def made(size: Size) -> Path:
    """The folder of files, made on first use. A killed maker leaves no half of it."""
    folder = Path(tempfile.gettempdir()) / "zhanggui-bench" / key(size)
    if folder.exists():
        return folder
    known = names(size)
    drawn = shop.draw(size.seed, weeks=size.weeks, products=size.products, words=size.words, end=END, plants_of="none")
    world = scene.scene(drawn, "none")
    drawn.world.ids, drawn.world.titles = known.ids, known.titles
    drawn.words.text[: size.words] = known.words
    drawn.world.skip |= {(table, week) for table in ("product_effect", "keyword_effect") for week in range(size.weeks)}
    draft = folder.with_name(f"{folder.name}.{os.getpid()}.part")
    reports.write(drawn, draft, scene=world)
    (draft / "truth.json").unlink()
    try:
        draft.rename(folder)
    except OSError:  # another run was first
        shutil.rmtree(draft)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.rest", description=__doc__)
    for name in ("products", "words", "weeks"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    print(made(Size(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()

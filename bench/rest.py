"""Every report beside the two large ones, of the same products and words: `python -m bench.rest --products N --words N --weeks N`.

The two large ones are those of `bench.year`. The others are the sandbox's, drawn at the same size without a trouble, and written
with the ids, titles and words of `bench.year`, so that rows of one report meet those of another.
"""

from __future__ import annotations

import hashlib
from functools import partial
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
    """The folder of files."""
    return year.once(key(size), partial(_write, size))


def _write(size: Size, draft: Path) -> None:
    known = names(size)
    drawn = shop.draw(size.seed, weeks=size.weeks, products=size.products, words=size.words, end=END, plants_of="none")
    world = scene.scene(drawn, "none")
    drawn.world.ids, drawn.world.titles = known.ids, known.titles
    drawn.words.text[: size.words] = known.words
    drawn.world.skip |= {(table, week) for table in ("product_effect", "keyword_effect") for week in range(size.weeks)}
    reports.write(drawn, draft, scene=world)
    (draft / "truth.json").unlink()


if __name__ == "__main__":
    year.run("bench.rest", __doc__, made)

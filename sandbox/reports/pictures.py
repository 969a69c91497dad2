"""The main images of the promoted products, as files in one zip: a thing of a few shapes on white, a thousand pixels wide."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from sandbox.market import stream
from sandbox.scene import Scene

SIDE = 1000
SHAPES = ("ellipse", "rectangle", "pieslice", "chord")
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a zip: its files have no day, so that the same seed gives the same bytes


def main_image(seed: int, product: str, side: int, grey: float) -> bytes:
    """A JPEG of one product's own look; `grey` is the part of it, from the left, whose ground is grey."""
    from PIL import Image, ImageDraw

    rng = stream(seed, f"picture {product}")
    image = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(image)
    if grey:
        draw.rectangle((0, 0, round(grey * side), side), fill=(150, 150, 150))
    for _ in range(int(rng.integers(5, 10))):
        x, y = rng.uniform(0.08, 0.6, 2) * side
        w, h = rng.uniform(0.1, 0.32, 2) * side
        colour = tuple(int(c) for c in rng.integers(0, 220, 3))
        shape = SHAPES[int(rng.integers(len(SHAPES)))]
        angles = {"start": float(rng.uniform(0, 90)), "end": float(rng.uniform(150, 330))} if shape in SHAPES[2:] else {}
        getattr(draw, shape)((x, y, x + w, y + h), fill=colour, **angles)
    held = io.BytesIO()
    image.save(held, "JPEG", quality=80)
    return held.getvalue()


def picture(scene: Scene, folder: Path) -> Path:
    """产品图片: `ID-1.jpg` each, one of an `image_fault` with its fault."""
    world = scene.shop.world
    faults = {p.at: (int(p.strength["side"]), p.strength["grey"]) for p in scene.shop.plants if p.kind == "image_fault"}
    path = folder / "产品图片.zip"
    with zipfile.ZipFile(path, "w") as out:
        for place in world.promoted.nonzero()[0].tolist():
            data = main_image(world.seed, world.ids[place], *faults.get(place, (SIDE, 0.0)))
            out.writestr(zipfile.ZipInfo(f"{world.ids[place]}-1.jpg", FIRST_DAY), data)
    return path

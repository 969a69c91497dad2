"""Product pictures and videos made from a seed, whose truth is known: ground, product, logo, length, sound."""

from __future__ import annotations

import io
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

WORDS = ("ACME", "NORDEN", "Lu & Co", "KITO", "Vela Home")
INKS = ((20, 20, 20), (200, 16, 30), (10, 60, 150), (0, 120, 70))


def jpeg(image: Image.Image, quality: int = 75, **how: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, **how)
    return buffer.getvalue()


def png(image: Image.Image, **how: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", **how)
    return buffer.getvalue()


def product(seed: int, size: tuple[int, int] = (1000, 1000), ground: int | None = 255) -> Image.Image:
    """A thing of a few shaded shapes in the middle; `ground` is its grey level, None a scene."""
    rng = np.random.default_rng([seed, 1])
    width, height = size
    if ground is None:
        coarse = rng.integers(60, 230, (8, 8, 3), dtype=np.uint8)
        image = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
    else:
        image = Image.new("RGB", size, (ground,) * 3)
    draw = ImageDraw.Draw(image)
    for _ in range(int(rng.integers(3, 9))):
        x, y = rng.uniform(0.2, 0.6) * width, rng.uniform(0.12, 0.5) * height
        w, h = rng.uniform(0.1, 0.3) * width, rng.uniform(0.1, 0.33) * height
        colour = tuple(int(c) for c in rng.integers(0, 220, 3))
        shape = rng.choice(["ellipse", "rectangle", "rounded_rectangle"])
        how = {"radius": 30} if shape == "rounded_rectangle" else {}
        getattr(draw, str(shape))((x, y, x + w, y + h), fill=colour, **how)
    soft = image.filter(ImageFilter.GaussianBlur(2))
    noisy = np.asarray(soft, np.float32) + rng.normal(0, 3, (height, width, 3))
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def logo(seed: int) -> Image.Image:
    """A word, alone, in a frame, or white on a plate; with a mark before it or without. Nothing white around it."""
    rng = np.random.default_rng([seed, 2])
    word, ink = str(rng.choice(WORDS)), INKS[int(rng.integers(len(INKS)))]
    plate = bool(rng.random() < 0.4)
    image = Image.new("RGB", (900, 300), ink if plate else "white")
    draw = ImageDraw.Draw(image)
    colour = "white" if plate else ink
    left = 40
    if rng.random() < 0.6:
        draw.ellipse((40, 60, 220, 240), outline=colour, width=28)
        draw.rectangle((115, 60, 145, 240), fill=colour)
        left = 260
    box = draw.textbbox((left, 70), word, font_size=150, stroke_width=4)
    draw.text((left, 70), word, fill=colour, font_size=150, stroke_width=4, stroke_fill=colour)
    if rng.random() < 0.4:
        draw.rectangle((8, 8, box[2] + 30, 290), outline=colour, width=12)
    return image.crop(ImageOps.invert(image.convert("L")).getbbox())


def with_logo(image: Image.Image, mark: Image.Image, share: float, seed: int) -> tuple[Image.Image, float]:
    """The mark pasted at the lower left so that its box takes about this share of the picture; the share it really takes."""
    rng = np.random.default_rng([seed, 3])
    width = round(min(0.46 * image.width, (share * image.width * image.height * mark.width / mark.height) ** 0.5))
    height = max(1, round(width * mark.height / mark.width))
    x = int(rng.integers(8, max(9, image.width // 2 - width - 4)))
    y = image.height - height - int(rng.integers(8, image.height // 8))
    out = image.copy()
    out.paste(mark.resize((width, height), Image.Resampling.LANCZOS), (x, y))
    return out, width * height / (image.width * image.height)


@dataclass(frozen=True)
class Shot:
    """One picture with its truth. `share` is None without a logo."""

    data: bytes
    logo: bytes
    share: float | None


def shot(seed: int) -> Shot:
    """A picture of the trade: white ground or scene; half of them carry the shop's logo, some of the others a stranger's."""
    rng = np.random.default_rng([seed, 4])
    ground = None if rng.random() < 0.3 else 255
    image, own = product(seed, ground=ground), logo(seed)
    share: float | None = None
    if seed % 2 == 0:
        image, share = with_logo(image, own, float(rng.uniform(0.01, 0.08)), seed)
    elif rng.random() < 0.5:
        other = next(m for m in (logo(seed + n) for n in range(1, 40)) if np.asarray(m).shape != np.asarray(own).shape)
        image, _ = with_logo(image, other, 0.04, seed)
    return Shot(jpeg(image), png(own), share)


def film(
    seconds: float = 15,
    size: tuple[int, int] = (360, 640),
    *,
    fps: int = 25,
    audio: bool = True,
    black: float = 0.0,
    codec: str = "libx264",
    kind: str = "mp4",
    pixels: str = "yuv420p",
    level: int | None = None,
) -> bytes:
    """A video of a moving bar, black for its first seconds if asked; of one grey `level` all over if given."""
    import av

    buffer = io.BytesIO()
    width, height = size
    with av.open(buffer, "w", format=kind) as file:
        stream = file.add_stream(codec, rate=fps)
        stream.width, stream.height, stream.pix_fmt = width, height, pixels
        if codec == "libx264":
            stream.options = {"preset": "ultrafast"}
        sound = file.add_stream("aac", rate=48000, layout="mono") if audio else None
        frames = round(seconds * fps)
        for i in range(frames):
            shown = np.full((height, width, 3), level or 0, np.uint8)
            if level is None and i >= black * fps:
                shown[:] = (60, 130, 200)
                shown[:, (i * 3) % width : (i * 3) % width + 20] = 240
            frame = av.VideoFrame.from_ndarray(shown, format="rgb24")
            file.mux(stream.encode(frame))
        file.mux(stream.encode())
        if sound:
            for i in range(int(seconds * 48000 / 1024)):
                tone = np.sin(np.arange(1024) * 0.05).astype(np.float32)[None]
                wave = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
                wave.sample_rate, wave.pts, wave.time_base = 48000, i * 1024, Fraction(1, 48000)
                file.mux(sound.encode(wave))
            file.mux(sound.encode())
    return buffer.getvalue()

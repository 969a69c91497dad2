"""One picture → what can be measured in it: size, format, white ground, how much the product fills, and what it looks like."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_PIXELS = 60_000_000  # a photograph of a full-frame camera; more is a bomb or no product picture
MAX_BYTES = 30 * 2**20
RING = 0.03  # of the shorter side: what counts as the border
WHITE, SPREAD = 245, 10  # a pixel is white from this on in each colour, its colours no farther apart than this
STANDS_OUT = 20  # levels below white from which a pixel belongs to the product
GROUND = 0.85  # share of the border that must be white before the product can be told from the ground
SIDE = 1000  # pixels to which a larger picture is reduced before it is compared
BINS = 16


class BadPicture(Exception):
    """`code` of the problem; `limit` where something is too large."""

    def __init__(self, code: str, limit: int = 0) -> None:
        super().__init__(code)
        self.code, self.limit = code, limit


@dataclass(frozen=True)
class Opened:
    """A picture upright and in RGB on white. `format` and `mode` are those of the file."""

    image: Image
    format: str
    mode: str
    alpha: bool
    rotated: bool

    def small(self) -> Image:
        """Not larger than `SIDE`."""
        image = self.image
        if max(image.size) > SIDE:
            image = image.copy()
            image.thumbnail((SIDE, SIDE))
        return image


def opened(data: bytes) -> Opened:
    """The picture of a file, turned as its EXIF says; `BadPicture` where it cannot be read or is too large."""
    from PIL import Image, ImageOps

    if len(data) > MAX_BYTES:
        raise BadPicture("picture_bytes", MAX_BYTES // 2**20)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # strange metadata; the size is looked at below
            with Image.open(io.BytesIO(data)) as file:
                if file.width * file.height > MAX_PIXELS:
                    raise BadPicture("picture_pixels", MAX_PIXELS // 1_000_000)
                file.load()
                kind, mode = str(file.format), str(file.mode)
                turned = file.getexif().get(0x0112, 1) not in (0, 1)
                image = ImageOps.exif_transpose(file)
                clear = image.has_transparency_data
                if clear:
                    layered = image.convert("RGBA")
                    clear = bool(np.asarray(layered.getchannel("A")).min() < 255)
                    image = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
                elif mode.startswith("I;16"):
                    image = image.point(lambda level: level * (1 / 256)).convert("L")
                return Opened(image.convert("RGB"), kind, mode, clear, turned)
    except BadPicture:
        raise
    except Image.DecompressionBombError:
        raise BadPicture("picture_pixels", MAX_PIXELS // 1_000_000) from None
    except Exception:  # whatever a decoder raises about hostile bytes: the picture cannot be read
        raise BadPicture("picture_unreadable") from None


def white_share(pixels: np.ndarray) -> float:
    """The share of the border (3 % of the shorter side, all around) that is white. `pixels`: height × width × 3, 0 to 255."""
    height, width = pixels.shape[:2]
    ring = max(1, round(RING * min(height, width)))
    sides = (pixels[:ring], pixels[-ring:], pixels[ring:-ring, :ring], pixels[ring:-ring, -ring:])
    border = np.concatenate([side.reshape(-1, 3) for side in sides])
    lowest, highest = border.min(axis=1), border.max(axis=1)
    return float(((lowest >= WHITE) & (highest - lowest <= SPREAD)).mean())


def fill_share(pixels: np.ndarray) -> float:
    """The share of the picture that the box around all that is not white takes; specks of one or two pixels are no product."""
    import cv2

    stands = (pixels.min(axis=2) < 255 - STANDS_OUT).astype(np.uint8)
    stands = cv2.morphologyEx(stands, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, _, width, height = cv2.boundingRect(stands)
    return float(width * height / stands.size)


def colours(pixels: np.ndarray) -> str:
    """How the levels of red, green and blue are distributed: 16 cumulative shares each, as hexadecimal bytes."""
    shares = []
    for channel in range(3):
        count = np.bincount(pixels[..., channel].ravel() // (256 // BINS), minlength=BINS)
        shares.append(np.round(np.cumsum(count) / count.sum() * 255).astype(np.uint8))
    return bytes(np.concatenate(shares)).hex()


def look(image: Image) -> str:
    """The perceptual hash: 64 bits in hexadecimal, of which few differ between two copies of one picture."""
    import imagehash

    return str(imagehash.phash(image))


def measured(data: bytes, picture: Opened) -> dict[str, str | int | float | bool | None]:
    """The columns of the table `picture` that the file itself tells."""
    pixels = np.asarray(picture.image)
    small = picture.small()
    white = white_share(pixels)
    return {
        "format": picture.format,
        "width": picture.image.width,
        "height": picture.image.height,
        "bytes": len(data),
        "alpha": picture.alpha,
        "mode": picture.mode,
        "rotated": picture.rotated,
        "white_share": round(white, 4),
        "fill_share": round(fill_share(np.asarray(small)), 4) if white >= GROUND else None,
        "look": look(small),
        "colours": colours(np.asarray(small)),
        "content": hashlib.sha256(data).hexdigest()[:16],
    }


def thumbnail(data: bytes, side: int) -> bytes:
    """The picture as a small JPEG, drawn anew: nothing of the file but its pixels. `BadPicture` where it cannot be read."""
    image = opened(data).image
    image.info.clear()  # a comment or a profile would be written along
    image.thumbnail((side, side))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()

"""The shop's logo in the lower left quarter of a picture: is it there, and how much of the picture does it take?

The logo is laid over the quarter at many sizes; the correlation of the best place must be above `SURE`. Coarse first, at a third
of the resolution, then fine around the best candidates. A transparent logo is taken as standing on white: on a dark or busy
ground, without a plate of its own, it may be missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from zhanggui.intake.picture import SIDE, opened

if TYPE_CHECKING:
    from PIL.Image import Image

SURE = 0.8
MAYBE = 0.4  # at the coarse resolution, where thin strokes blur
WIDTHS = (0.06, 0.5)  # of the logo, as a share of the picture's width
STEP = 1.06
COARSE = 3
LEAST = 24  # pixels of the logo's width, below which anything looks like it
CANDIDATES = 3


@dataclass(frozen=True)
class Logo:
    """`ink`: the logo in grey on white, 0 to 255, cut to what is drawn."""

    ink: np.ndarray

    @classmethod
    def of(cls, data: bytes) -> Logo:
        """From a file; `BadPicture` where it cannot be read."""
        import cv2

        grey = np.asarray(opened(data).small().convert("L"))
        drawn = (grey < 235).astype(np.uint8)
        x, y, width, height = cv2.boundingRect(drawn)
        return cls(grey[y : y + height, x : x + width] if width and height else grey)

    @cached_property
    def slender(self) -> float:
        return float(self.ink.shape[0] / self.ink.shape[1])

    def sized(self, width: int) -> np.ndarray:
        """The logo this wide, as grey levels."""
        import cv2

        height = max(1, round(width * self.slender))
        return cv2.resize(self.ink, (width, height), interpolation=cv2.INTER_AREA)

    def share(self, picture: Image) -> float | None:
        """The share of the picture that the logo's box takes; None where it is not in the lower left quarter."""
        import cv2

        grey = np.asarray(picture.convert("L"))
        height, width = grey.shape
        if min(height, width) < LEAST:
            return None
        quarter = np.ascontiguousarray(grey[height // 2 :, : width // 2])
        coarse = cv2.resize(quarter, None, fx=1 / COARSE, fy=1 / COARSE, interpolation=cv2.INTER_AREA)
        found = []
        for wide in _widths(width):
            score, at = _best(coarse, self.sized(max(4, round(wide / COARSE))))
            found.append((score, wide, at))
        found.sort(key=lambda one: -one[0])
        best, size = 0.0, 0
        for score, wide, (x, y) in found[:CANDIDATES]:
            if score < MAYBE:
                break
            for near in _around(wide):
                template = self.sized(near)
                low, left = max(0, (y - 2) * COARSE), max(0, (x - 2) * COARSE)
                part = quarter[low : low + template.shape[0] + 5 * COARSE, left : left + template.shape[1] + 5 * COARSE]
                score, _ = _best(part, template)
                if score > best:
                    best, size = score, template.size
        return size / (width * height) if best > SURE else None


def _widths(width: int) -> list[int]:
    """Widths in pixels that are tried, each a step larger than the one before."""
    low, high = (share * min(width, SIDE) for share in WIDTHS)
    widths = {round(low * STEP**i) for i in range(int(np.log(high / low) / np.log(STEP)) + 1)}
    return sorted(w for w in widths if w >= LEAST)


def _around(width: int) -> list[int]:
    """Widths between a step below and a step above, a hundredth apart."""
    return sorted({round(width * (1 + hundredths / 100)) for hundredths in range(-5, 6)} - set(range(LEAST)))


def _best(area: np.ndarray, template: np.ndarray) -> tuple[float, tuple[int, int]]:
    """The highest correlation of a template anywhere in an area, and where; -1 where it does not fit in or is of one colour."""
    import cv2

    if template.shape[0] > area.shape[0] or template.shape[1] > area.shape[1] or template.std() < 1:
        return -1.0, (0, 0)
    scores = cv2.matchTemplate(area, template, cv2.TM_CCOEFF_NORMED)
    scores[~np.isfinite(scores)] = -1  # an area of one colour has no correlation
    _, score, _, at = cv2.minMaxLoc(scores)
    return float(score), (int(at[0]), int(at[1]))

"""A row of figures as a small line, and a figure beside its peers on another: coordinates for an SVG in the page."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.measures.series import Value

WIDTH, HEIGHT, EDGE = 160.0, 32.0, 3.0
SIGN = 5.0  # half a sign, so that none is cut


def lines(values: Sequence[Value]) -> list[str]:
    """The points of each unbroken stretch; a missing figure breaks the line, and zero is its foot. Empty without two figures."""
    known = [float(v) for v in values if v is not None]
    if len(known) < 2:
        return []
    top, foot = max(*known, 0.0), min(*known, 0.0)
    across, up = (WIDTH - 2 * EDGE) / (len(values) - 1), (HEIGHT - 2 * EDGE) / ((top - foot) or 1)
    found: list[list[str]] = [[]]
    for i, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append(f"{EDGE + i * across:.1f},{HEIGHT - EDGE - (float(value) - foot) * up:.1f}")
    return [" ".join(points if len(points) > 1 else points * 2) for points in found if points]


def places(*values: Value) -> list[float | None]:
    """Where each figure stands on a line from zero to the largest of them, in the width of a sparkline."""
    top = max((float(v) for v in values if v is not None), default=0.0)
    room = WIDTH - 2 * SIGN
    return [None if v is None or top <= 0 else round(SIGN + max(float(v), 0.0) / top * room, 1) for v in values]

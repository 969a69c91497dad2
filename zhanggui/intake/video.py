"""One video → what its container says of it, and whether its first seconds are black. Frames are decoded only where they must be."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

from zhanggui.intake.picture import BadPicture

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

MAX_BYTES = 200 * 2**20
MAX_PIXELS = 4096 * 4096  # of a frame
OPENING = 3.0  # seconds in which something must be seen
BLACK = 9  # mean level, of 0 to 255, below which a frame is black
MOST_FRAMES = 400  # decoded at most


def measured(data: bytes) -> dict[str, str | int | float | bool | None]:
    """The columns of the table `video` that the file itself tells; `BadPicture` where it is no video that can be read."""
    import av

    if len(data) > MAX_BYTES:
        raise BadPicture("picture_bytes", MAX_BYTES // 2**20)
    try:
        with av.open(io.BytesIO(data), "r") as file:
            stream = file.streams.video[0]
            if stream.width * stream.height > MAX_PIXELS:
                raise BadPicture("picture_pixels", MAX_PIXELS // 1_000_000)
            seconds, rate = _seconds(data, file, stream), stream.average_rate
            black, turned = _opening(file, stream)
            width, height = (stream.height, stream.width) if turned else (stream.width, stream.height)
            return {
                "format": stream.codec_context.name,
                "seconds": None if seconds is None else round(seconds, 3),
                "width": width,
                "height": height,
                "fps": None if rate is None else round(float(rate), 3),
                "bytes": len(data),
                "audio": bool(file.streams.audio),
                "subtitles": bool(file.streams.subtitles),
                "black_start": black,
                "content": hashlib.sha256(data).hexdigest()[:16],
            }
    except BadPicture:
        raise
    except Exception:  # whatever the demuxer raises about hostile bytes: the video cannot be read
        raise BadPicture("picture_unreadable") from None


def _seconds(data: bytes, file: InputContainer, stream: VideoStream) -> float | None:
    """The length: the stream's, else the container's (microseconds), else as far as its packets reach."""
    import av

    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    if file.duration:
        return file.duration / 1_000_000
    with av.open(io.BytesIO(data), "r") as again:  # a stream that cannot be wound back
        packets = [p for p in again.demux(video=0) if p.size]
    ends = [float((p.pts + (p.duration or 0)) * p.time_base) for p in packets if p.pts is not None and p.time_base]
    if ends:
        return max(ends)
    return float(len(packets) / stream.average_rate) if packets and stream.average_rate else None


def _opening(file: InputContainer, stream: VideoStream) -> tuple[bool | None, bool]:
    """Whether nothing but black is seen in the first seconds, and whether frames are shown turned by a quarter."""
    black: bool | None = None
    turned = False
    for count, frame in enumerate(file.decode(stream)):
        if count == 0:
            turned = int(_rotation(frame)) % 180 != 0
        if count >= MOST_FRAMES or (frame.time or 0.0) >= OPENING:
            break
        black = float(frame.to_ndarray(format="gray").mean()) < BLACK
        if not black:
            break
    return black, turned


def _rotation(frame: Any) -> float:
    return float(getattr(frame, "rotation", 0) or 0)

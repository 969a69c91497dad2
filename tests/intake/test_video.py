"""What is measured in a video, with films that are made here."""

from __future__ import annotations

import time

import pytest

from tests.intake.studio import film
from zhanggui.intake import video
from zhanggui.intake.picture import BadPicture


def test_length_size_rate_and_sound_are_those_of_the_film():
    told = video.measured(film(3, (360, 640), fps=25))
    assert {k: told[k] for k in ("seconds", "width", "height", "fps", "audio", "subtitles", "black_start", "format")} == {
        "seconds": 3.0, "width": 360, "height": 640, "fps": 25.0, "audio": True, "subtitles": False, "black_start": False,
        "format": "h264",
    }  # fmt: skip


def test_a_film_without_sound_has_none():
    assert video.measured(film(1, audio=False))["audio"] is False


@pytest.mark.parametrize(("black", "said"), [(0, False), (2.6, False), (3.2, True), (9, True)])
def test_black_for_the_first_three_seconds(black, said):
    assert video.measured(film(4, (160, 284), black=black, audio=False))["black_start"] is said


@pytest.mark.parametrize("pixels", ["yuv420p", "yuv422p", "yuv420p10le"])
@pytest.mark.parametrize(("width", "level", "said"), [(160, 0, True), (160, 60, False), (34, 12, False), (34, 0, True)])
def test_black_is_told_by_the_picture_whatever_its_depth_and_however_narrow_it_is(pixels, width, level, said):
    made = film(3.2, (width, 60), audio=False, pixels=pixels, level=level)
    assert video.measured(made)["black_start"] is said


def test_a_container_that_does_not_say_its_length_is_measured_by_its_packets():
    kinds = ("h264", "matroska", "mpegts", "avi")
    told = [video.measured(film(2, (160, 284), audio=False, kind=kind))["seconds"] for kind in kinds]
    assert told == [pytest.approx(2, abs=0.1)] * 4


@pytest.mark.parametrize("data", [b"", b"\0\0\0\x18ftypmp42" + b"\0" * 200, film(1, (160, 284))[:3000], b"hello"])
def test_what_is_no_video_is_said(data):
    with pytest.raises(BadPicture) as told:
        video.measured(data)
    assert told.value.code == "picture_unreadable"


def test_sound_alone_is_no_video():
    import io

    import av

    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as file:
        file.add_stream("aac", rate=48000, layout="mono")
    with pytest.raises(BadPicture):
        video.measured(buffer.getvalue())


@pytest.mark.proof
def test_a_probe_takes_less_than_fifty_thousandths_of_a_second():
    from bench.results import record

    data = film(15, (720, 1280))
    video.measured(data)
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        told = video.measured(data)
        times.append(time.perf_counter() - begun)
    middle = sorted(times)[10]
    record(
        "listing_video", seconds_of_film=told["seconds"], probe_milliseconds=middle * 1000, worst_milliseconds=max(times) * 1000
    )
    assert middle < 0.05

"""What names of pictures and videos say, and those that say nothing."""

import pytest

from zhanggui.intake.file_names import Named, is_logo, picture_named, video_named

ID = "1600123456789"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"{ID}-1.jpg", Named((ID,), "", 1)),
        (f"{ID}_2.PNG", Named((ID,), "", 2)),
        (f"{ID} 12.webp", Named((ID,), "", 12)),
        (f"{ID}.jpg", Named((ID,), "", 1)),
        (f"{ID}/3.jpg", Named((ID,), "", 3)),
        (f"photos/{ID}/3.jpg", Named((ID,), "", 3)),
        (f"photos\\{ID}-4.jpg", Named((ID,), "", 4)),
        (f"{ID}+1600123456790-1.jpg", Named((ID, "1600123456790"), "", 1)),
        ("rival-Foo Bar-2.jpg", Named(("foo bar",), "rival", 2)),
        ("同行-甲公司.jpg", Named(("甲公司",), "rival", 1)),
        ("shop-banner.jpg", Named(("banner",), "shop", 1)),
        ("店铺-方图-2.jpg", Named(("tile",), "shop", 2)),
        (f"{ID}-0.jpg", None),
        (f"{ID}-detail.jpg", None),
        (f"{ID}/front.jpg", None),
        ("12345-1.jpg", None),
        ("IMG_1600.jpg", None),
        ("1.jpg", None),
        ("shop-window.jpg", None),
    ],
)
def test_what_a_picture_s_name_says(name, said):
    assert picture_named(name) == said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"{ID}-video.mp4", Named((ID,), kind="main")),
        (f"{ID}.mp4", Named((ID,), kind="main")),
        (f"{ID}/video.mov", Named((ID,), kind="main")),
        (f"{ID}-feed.mp4", Named((ID,), kind="feed")),
        (f"{ID}-短视频.mp4", Named((ID,), kind="feed")),
        (f"{ID}+1600123456790-video.mp4", Named((ID, "1600123456790"), kind="main")),
        (f"{ID}-1.mp4", None),
        ("factory.mp4", None),
    ],
)
def test_what_a_video_s_name_says(name, said):
    assert video_named(name) == said


def test_a_logo_is_known_by_its_name_in_any_folder():
    assert [is_logo(n) for n in ("logo.png", "a/LOGO.jpg", "logos.png", "1600123456789-1.jpg")] == [True, True, False, False]

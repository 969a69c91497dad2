"""What is measured in a picture: the cases of the brief exactly, and pictures whose look is known."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from tests.intake.studio import jpeg, png, product
from zhanggui.intake import picture
from zhanggui.intake.picture import BadPicture, fill_share, measured, opened, white_share


def figures(data: bytes) -> dict:
    return measured(data, opened(data))


@pytest.mark.parametrize("size", [(999, 1000), (1000, 1000), (1001, 1000), (1, 1), (3, 700)])
def test_width_and_height_are_those_of_the_file(size):
    told = figures(jpeg(Image.new("RGB", size, "white")))
    assert (told["width"], told["height"], told["format"], told["mode"]) == (*size, "JPEG", "RGB")


@pytest.mark.parametrize("size", [500_000, 500_001])
def test_bytes_are_counted_to_the_last(size):
    whole = jpeg(product(1))
    data = whole + b"\0" * (size - len(whole))
    assert figures(data)["bytes"] == size


def test_a_png_with_a_clear_ground_has_transparency_and_one_whose_layer_is_full_has_not():
    clear = Image.new("RGBA", (50, 50), (255, 255, 255, 0))
    full = Image.new("RGBA", (50, 50), (255, 255, 255, 255))
    palette = Image.new("RGB", (50, 50), "white").convert("P")
    assert [figures(png(i))["alpha"] for i in (clear, full, full.convert("RGB"))] == [True, False, False]
    assert figures(png(palette, transparency=palette.getpixel((0, 0))))["alpha"] is True
    assert figures(png(clear))["mode"] == "RGBA"


def test_cmyk_is_told():
    told = figures(jpeg(Image.new("CMYK", (100, 100), (0, 0, 0, 0))))
    assert (told["mode"], told["white_share"]) == ("CMYK", 1.0)


@pytest.mark.parametrize(
    ("orientation", "size", "rotated"), [(1, (1000, 600), False), (3, (1000, 600), True), (6, (600, 1000), True)]
)
def test_size_is_that_of_the_picture_as_it_is_seen(orientation, size, rotated):
    exif = Image.Exif()
    exif[0x0112] = orientation
    told = figures(jpeg(Image.new("RGB", (1000, 600), "white"), exif=exif))
    assert ((told["width"], told["height"]), told["rotated"]) == (size, rotated)


@pytest.mark.parametrize(
    ("ground", "share"),
    [((255, 255, 255), 1), ((245, 245, 245), 1), ((244, 244, 244), 0), ((255, 245, 255), 1), ((255, 244, 255), 0)],
)
def test_white_begins_at_245_in_each_colour(ground, share):
    assert figures(png(Image.new("RGB", (1000, 1000), ground)))["white_share"] == share


def test_colours_of_a_white_pixel_are_at_most_ten_levels_apart():
    assert white_share(np.full((50, 50, 3), (246, 250, 255), np.uint8)) == 1
    assert white_share(np.full((50, 50, 3), (244, 250, 255), np.uint8)) == 0


def test_only_the_border_of_three_in_a_hundred_is_looked_at():
    pixels = np.zeros((1000, 1000, 3), np.uint8)
    pixels[:30] = pixels[-30:] = pixels[:, :30] = pixels[:, -30:] = 255
    assert white_share(pixels) == 1
    pixels[:, 29] = 0
    assert white_share(pixels) < 1


def test_a_white_ground_with_the_noise_of_a_jpeg_passes_and_a_grey_one_does_not():
    white, grey = (figures(jpeg(product(5, ground=g)))["white_share"] for g in (255, 235))
    assert white >= picture.GROUND > 0.1 > grey


def test_the_product_s_box_is_measured_and_specks_are_no_product():
    pixels = np.full((1000, 1000, 3), 255, np.uint8)
    pixels[300:800, 200:600] = 40
    pixels[10, 10] = 0
    assert fill_share(pixels) == 0.2
    assert figures(png(Image.fromarray(pixels)))["fill_share"] == 0.2
    assert fill_share(np.full((50, 50, 3), 255, np.uint8)) == 0


def test_where_the_ground_is_not_white_nothing_is_said_of_the_product_s_box():
    assert figures(jpeg(product(3, ground=None)))["fill_share"] is None


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_png_is_read(mode):
    image = Image.new("L", (64, 64), 255).convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = Image.fromarray(np.full((64, 64), 65535, np.uint16))
    assert figures(png(image))["white_share"] == 1


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "BMP", "TIFF"])
def test_other_formats_are_read_and_told(kind):
    buffer = io.BytesIO()
    Image.new("RGB", (64, 48), "white").save(buffer, kind)
    told = figures(buffer.getvalue())
    assert (told["format"], told["width"], told["height"]) == (kind, 64, 48)


def test_a_picture_of_too_many_pixels_is_not_decoded():
    bomb = png(Image.new("1", (30_000, 30_000)))
    assert len(bomb) < 200_000
    with pytest.raises(BadPicture) as told:
        opened(bomb)
    assert (told.value.code, told.value.limit) == ("picture_pixels", 60)


def test_a_file_of_too_many_bytes_is_not_opened():
    with pytest.raises(BadPicture) as told:
        opened(b"\xff\xd8\xff" + b"\0" * picture.MAX_BYTES)
    assert (told.value.code, told.value.limit) == ("picture_bytes", 30)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", jpeg(product(1))[:9000], b"\x89PNG\r\n\x1a\n" + b"\0" * 90, b"hello"])
def test_what_cannot_be_read_is_said(data):
    with pytest.raises(BadPicture) as told:
        opened(data)
    assert told.value.code == "picture_unreadable"


def test_one_turned_bit_anywhere_never_raises_anything_else():
    rng = np.random.default_rng(4)
    whole = jpeg(product(2, (200, 200)))
    codes = set()
    for at in rng.integers(0, len(whole), 150):
        broken = bytearray(whole)
        broken[at] ^= 1 << int(rng.integers(8))
        try:
            figures(bytes(broken))
        except BadPicture as bad:
            codes.add(bad.code)
    assert codes <= {"picture_unreadable", "picture_pixels"}

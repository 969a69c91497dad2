"""What the name of a picture or video says: whose it is, of which product, at which position.

`1600123456789-1.jpg`, `1600123456789/1.jpg` and `1600123456789.jpg` are a product's main image, `…-2` the second, and so on.
`1600123456789-video.mp4` is its main video, `…-feed.mp4` the upright one; one file for several products names them all:
`1600123456789+1600123456790-video.mp4`. `rival-NAME-1.jpg` was saved from a rival's page, `shop-banner.jpg` and
`shop-tile-1.jpg` … `-3` are the first screen of the shop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PICTURES = ("jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff")
VIDEOS = ("mp4", "mov", "m4v", "webm", "mkv", "avi")
LOGO = "logo"

IDS = r"(?P<ids>\d{6,20}(?:\+\d{6,20})*)"
APART = r"[-_ /]"
PRODUCT = re.compile(rf"{IDS}(?:{APART}(?P<at>\d{{1,2}}))?")
VIDEO = re.compile(rf"{IDS}(?:{APART}(?P<kind>video|feed|视频|短视频))?")
RIVAL = re.compile(rf"(?:rival|同行)-(?P<ids>.+?)(?:{APART}(?P<at>\d{{1,2}}))?")
SHOP = re.compile(rf"(?:shop|店铺)-(?P<ids>banner|tile|海报|方图)(?:{APART}(?P<at>\d))?")
SAME = {"海报": "banner", "方图": "tile", "视频": "main", "video": "main", "短视频": "feed", "feed": "feed", None: "main"}


@dataclass(frozen=True)
class Named:
    """`ids` are products, or a rival's name, or `banner` and `tile`; `whose` is "" for the shop's products. `at` counts from 1."""

    ids: tuple[str, ...]
    whose: str = ""
    at: int = 1
    kind: str = ""


def ending(name: str) -> str:
    """The extension in small letters, without the dot."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def is_logo(name: str) -> bool:
    """Whether a file is the shop's logo, which is looked for in the pictures beside it."""
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0].lower() == LOGO


def picture_named(name: str) -> Named | None:
    """What a picture's name says; None where it says nothing."""
    for path in _paths(name):
        for pattern, whose in ((PRODUCT, ""), (SHOP, "shop"), (RIVAL, "rival")):
            if match := pattern.fullmatch(path):
                said = match["ids"].lower() if whose == "shop" else match["ids"]
                ids = tuple(said.split("+")) if not whose else (SAME.get(said, said),)
                at = int(match["at"] or 1)
                return Named(ids, whose, at) if at else None
    return None


def video_named(name: str) -> Named | None:
    """What a video's name says; None where it says nothing."""
    for path in _paths(name):
        if match := VIDEO.fullmatch(path):
            return Named(tuple(match["ids"].split("+")), kind=SAME[match["kind"]])
    return None


def _paths(name: str) -> list[str]:
    """The file's own name, and that with its folder's before it, without the extension."""
    parts = name.replace("\\", "/").rsplit(".", 1)[0].split("/")
    return [parts[-1].strip().lower(), "/".join(p.strip().lower() for p in parts[-2:])]

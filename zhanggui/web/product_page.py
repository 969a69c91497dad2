"""One product's page as it was brought: its score with every deduction, its pictures beside those before, its videos."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhanggui.desk import seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Shop
from zhanggui.desk.seeing import Seen
from zhanggui.facts import Snapshot
from zhanggui.intake.gallery import taken_out
from zhanggui.intake.picture import BadPicture, thumbnail
from zhanggui.measures import listing_score, listings, products
from zhanggui.measures.measure import DEFAULT_DAYS
from zhanggui.rulebook import Rules
from zhanggui.tables import TABLES
from zhanggui.web import words
from zhanggui.web.listing import address_of
from zhanggui.web.lists import LISTS
from zhanggui.web.lists.listings import gaps, opened, own, scores
from zhanggui.web.page import member_of, page, whole
from zhanggui.web.words import said

SIDE = 320  # pixels of a thumbnail
KEPT = 8  # states of facts and settings, each a frame of all products
CHANGES = 2  # the last days on which a position was brought: now and before

#: Fault → the table without which it is not known.
TOLD_BY = {
    "video": "video",
    "video_fault": "video",
    "title_long": "product_effect",
    "title_twin": "product_effect",
    "attributes": "product_attribute",
    "ladder": "product_price",
    "min_order": "product_catalogue",
}


@dataclass(frozen=True)
class Deduction:
    """One fault: its points, whether the page has it (None: not known), what was seen, and the table that would tell."""

    zh: str
    en: str
    points: float
    held: bool | None
    seen: str
    waits: str

    @property
    def title(self) -> str:
        return said(self.zh, self.en)


@dataclass(frozen=True)
class Shown:
    """One file as it was on a day."""

    file: str
    day: Any
    image: str
    facts: list[str]
    origin: str


@dataclass(frozen=True)
class Place:
    """One position of a product's pictures: now, and before where that was another file."""

    position: int
    now: Shown
    before: Shown | None

    @property
    def title(self) -> str:
        return said("主图", "Main image") if self.position == 1 else said(f"第 {self.position} 张", f"Picture {self.position}")


@require_GET
def product_page(request: HttpRequest, key: str) -> HttpResponse:
    """One product: `?product_id=…`. 404 where no report, catalogue or picture names it."""
    member, shop = member_of(request, key)
    product = request.GET.get("product_id", "")
    seen, held = seeing.seen(member, shop, platform_today()), own(shop)
    settings, rules = opened(held)
    row, gap = (_row(frame, product) for frame in _judged(seen, held))
    snapshot = _only(seeing.snapshot(seen), product)
    places = _places(snapshot, shop, product)
    if row is None and not places:
        raise Http404
    one = LISTS["listings"]
    return page(
        request,
        "product_page.jinja",
        shop,
        section=one.section,
        back=address_of(shop, one),
        back_title=one.title,
        title=row["product_name"] if row and row["product_name"] else product,
        product=product,
        row=row,
        gap=gap,
        deductions=_deductions(snapshot, rules, settings, row) if row else [],
        places=places,
        videos=_videos(snapshot, product),
        platform=_row(snapshot.scan("product_score").collect(), product),
        days=DEFAULT_DAYS,
    )


@lru_cache(maxsize=KEPT)
def _judged(seen: Seen, held: Hashable) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Scores and missing clicks of all products, worked out once for each state of the facts."""
    snapshot = seeing.snapshot(seen)
    return scores(snapshot, held), gaps(snapshot, products.effect(snapshot, DEFAULT_DAYS), held)


def _row(frame: pl.DataFrame, product: str) -> dict[str, Any] | None:
    return next(frame.filter(pl.col("product_id") == product).iter_rows(named=True), None)


def _only(shop: Snapshot, product: str) -> Snapshot:
    """What is known of one product."""
    told = {n: f.filter(pl.col("product_id") == product) for n, f in shop.frames.items() if "product_id" in TABLES[n].columns}
    return replace(shop, frames=told, _seen={})


def _deductions(shop: Snapshot, rules: Rules, settings: Any, row: dict[str, Any]) -> list[Deduction]:
    """Those that are there first, the heaviest first; then what is in order; then what is not known."""
    product = row["product_id"]
    image, film, filled, ladder, counted = (
        _row(told(shop).collect(), product) or {}
        for told in (
            listings.main_image, listings.main_video, listings.attributes, listings.price_ladder, listings.picture_count,
        )
    )  # fmt: skip
    title = row["product_name"] or ""
    white, share = image.get("white_share"), image.get("logo_share")
    seen: dict[str, Callable[[], str]] = {
        "size": lambda: f"{image['width']}×{image['height']} / {rules['main_image_pixels']:.0f}",
        "heavy": lambda: said(
            f"{image['bytes']:,} / {rules['main_image_bytes']:,.0f} 字节",
            f"{image['bytes']:,} / {rules['main_image_bytes']:,.0f} bytes",
        ),
        "ground": lambda: f"{white:.0%} / {listing_score.GROUND:.0%}",
        "mode": lambda: f"{image['format']} {image['mode']}",
        "logo": lambda: f"{share:.1%} / {rules['logo_max_share']:.0%}" if share is not None else "",
        "pictures": lambda: f"{counted['pictures']} / {rules['pictures_min']:.0f}",
        "video_fault": lambda: _film_faults(film, rules),
        "title_long": lambda: f"{len(title)} / {rules['title_max_characters']:.0f}",
        "attributes": lambda: str(filled["attributes"]),
        "ladder": lambda: said(f"{ladder['steps']} 级", f"{ladder['steps']} steps"),
    }
    points = listing_score.weights(settings)
    made = []
    for name, (zh, en) in listing_score.FAULTS.items():
        told = seen.get(name)
        waits = words.table_title(TOLD_BY.get(name, "picture")) if name != "video_fault" or not row["video"] else ""
        made.append(Deduction(zh, en, points[name], row[name], told() if told and row[name] is not None else "", waits))
    return sorted(made, key=lambda d: (d.held is None, d.held is False, -d.points))


def _film_faults(film: Mapping[str, Any], rules: Rules) -> str:
    """What of `listing_score.video_faults` holds; where nothing does, the seconds beside the limit; nothing of what is not known."""
    seconds, most = film["seconds"], rules["main_video_max_seconds"]
    length = "" if seconds is None else said(f"{seconds:.1f} / {most:.0f} 秒", f"{seconds:.1f} / {most:.0f} s")
    held = [
        length if seconds is not None and seconds > most else "",
        said("没有声音", "no sound") if film["audio"] is False else "",
        said("开头黑屏", "black at first") if film["black_start"] else "",
    ]
    return said("，", ", ").join(filter(None, held)) or length


def _places(shop: Snapshot, of: Shop, product: str) -> list[Place]:
    """Every position of the product, with the last two days on which it was brought."""
    if "picture" not in shop.frames:
        return []
    rows = (
        shop.frames["picture"]
        .filter(pl.col("as_of") <= shop.day, listings.OWN, pl.col("product_id") == product)
        .sort("position", "as_of", "_import", descending=[False, True, True])
        .collect()
    )
    found = []
    for (position,), group in rows.partition_by("position", as_dict=True, maintain_order=True).items():
        shown = [_picture(of, shop, row) for row in group.head(CHANGES).iter_rows(named=True)]
        same = group.height < CHANGES or group["content"][0] == group["content"][1]
        found.append(Place(int(position), shown[0], None if same else shown[1]))
    return found


def _picture(of: Shop, shop: Snapshot, row: dict[str, Any]) -> Shown:
    at = {"product_id": row["product_id"], "position": row["position"], "as_of": row["as_of"]}
    facts = [f"{row['width']}×{row['height']}", words.size(row["bytes"])] if row["width"] and row["bytes"] else []
    facts += [str(row[c]) for c in ("format", "mode") if row[c]]
    if row["white_share"] is not None:
        facts.append(said(f"白底 {row['white_share']:.0%}", f"{row['white_share']:.0%} white"))
    if row["fill_share"] is not None:
        facts.append(said(f"主体 {row['fill_share']:.0%}", f"product {row['fill_share']:.0%}"))
    if row["logo"] is not None and row["position"] == 1:
        share = row["logo_share"]
        facts.append(f"LOGO {share:.1%}" if share is not None else said("没有 LOGO", "no logo"))
    facts += [said("有透明层", "transparent")] if row["alpha"] else []
    facts += [said("已按 EXIF 转正", "turned by EXIF")] if row["rotated"] else []
    image = f"{reverse('picture', args=[of.key])}?{urlencode(at)}" if _filed(shop, row) else ""
    return Shown(row["file"], row["as_of"], image, facts, _origin(shop, row))


def _filed(shop: Snapshot, row: dict[str, Any]) -> bool:
    """Whether the row was measured in a picture: a list of measurements, which has a header line, has no picture to show."""
    record = next((r for r in shop.imports if r.id == row["_import"]), None)
    return record is not None and record.parts[row["_part"]]["header_line"] == 0


def _origin(shop: Snapshot, row: dict[str, Any]) -> str:
    return next((r.file for r in shop.imports if r.id == row["_import"]), "—")


def _videos(shop: Snapshot, product: str) -> list[tuple[str, Shown]]:
    table, found = TABLES["video"], []
    for row in shop.scan("video").filter(pl.col("product_id") == product).sort("kind").collect().iter_rows(named=True):
        title = said("主图视频", "Main video") if row["kind"] != "feed" else said("短视频", "Feed video")
        facts = [f"{row['width']}×{row['height']}"] if row["width"] else []
        facts += [said(f"{row['seconds']:.1f} 秒", f"{row['seconds']:.1f} s")] if row["seconds"] is not None else []
        facts += [f"{row['fps']:.0f} fps"] if row["fps"] else []
        facts += [words.size(row["bytes"])] if row["bytes"] else []
        facts += [
            f"{table.label(c, words.lang())}: {words.figure(row[c], 'flag')}" for c in ("audio", "subtitles", "black_start")
        ]
        found.append((title, Shown(row["file"], row["as_of"], "", facts, _origin(shop, row))))
    return found


@require_GET
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """A small JPEG of one picture, drawn anew from the raw file that it came in: `?product_id=…&position=1&as_of=…`."""
    member, shop = member_of(request, key)
    snapshot = seeing.facts_for(member, shop, platform_today())
    position = whole(request.GET.get("position", ""))
    if "picture" not in snapshot.frames or position is None:
        raise Http404
    rows = (
        snapshot.frames["picture"]
        .filter(
            pl.col("as_of") <= snapshot.day,
            pl.col("as_of").cast(pl.String) == request.GET.get("as_of", ""),
            pl.col("product_id") == request.GET.get("product_id", ""),
            pl.col("position") == position,
            listings.OWN,
        )
        .collect()
    )
    record = next((r for r in snapshot.imports if rows.height and r.id == rows["_import"][0]), None)
    if record is None:
        raise Http404
    try:
        small = thumbnail(taken_out(facts_of(shop).raw / record.sha256, rows["_line"][0]), SIDE)
    except BadPicture:
        raise Http404 from None
    response = HttpResponse(small, content_type="image/jpeg")
    response["Content-Disposition"] = "attachment; filename=picture.jpg"
    return response

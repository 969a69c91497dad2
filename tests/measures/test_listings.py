"""What the pages of products show: copies of pictures told from others, ladders, the score and what it leaves open."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import polars as pl
import pytest
from PIL import Image, ImageEnhance

from tests.checks.cases import frame
from tests.intake.studio import jpeg, png, product
from zhanggui.facts import Snapshot
from zhanggui.intake.picture import measured, opened
from zhanggui.measures import likeness, listing_score, listings, trace
from zhanggui.rulebook import RULEBOOK
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)
RULES = RULEBOOK.on(DAY)
ALL = dict.fromkeys(listing_score.FAULTS, 10.0)


def shop(**tables) -> Snapshot:
    return Snapshot(DAY, {name: frame(TABLES[name], rows).lazy() for name, rows in tables.items()}, TABLES)


def looks(*files: bytes) -> pl.DataFrame:
    return pl.DataFrame([measured(f, opened(f)) for f in files]).select("look", "colours")


def copies(image: Image.Image) -> list[bytes]:
    """The same picture as it is met elsewhere."""
    return [
        jpeg(image, 50),
        jpeg(image.resize((500, 500))),
        jpeg(ImageEnhance.Brightness(image).enhance(1.03)),
        png(image),
    ]


def told_apart(seeds: range) -> dict[str, float]:
    """Copies that are found and other pictures that are taken for one, over all pairs of made pictures."""
    images = [product(seed) for seed in seeds]
    first = looks(*(jpeg(i, 85) for i in images))
    recoloured = looks(*(jpeg(Image.merge("RGB", i.split()[1:] + i.split()[:1])) for i in images))
    found = of = 0
    for number, image in enumerate(images):
        made = looks(*copies(image))
        of += made.height
        found += likeness.near_copies(made, first).filter(pl.col("right") == number).height
    wrong = likeness.near_copies(first).height + likeness.near_copies(first, recoloured).height
    pairs = len(seeds) * (len(seeds) - 1) // 2 + len(seeds) ** 2
    return {"copies": of, "copies_found": found, "other_pairs": pairs, "wrong_pairs": wrong}


def test_copies_of_a_picture_are_found_and_others_are_not():
    told = told_apart(range(300, 312))
    assert told == {"copies": 48, "copies_found": 48, "other_pairs": 210, "wrong_pairs": 0}


@pytest.mark.proof
def test_copies_of_a_hundred_pictures():
    from bench.results import record

    told = told_apart(range(100))
    record("listing_likeness", seeds=[0, 99], bits=likeness.BITS, shift=likeness.SHIFT, **told)
    assert told["copies_found"] / told["copies"] >= 0.95
    assert told["wrong_pairs"] / told["other_pairs"] <= 0.001


def test_pairs_within_one_frame_are_given_once_and_blocks_do_not_matter(monkeypatch):
    same = pl.concat([looks(jpeg(product(1)))] * 5)
    whole = likeness.near_copies(same)
    monkeypatch.setattr(likeness, "AT_ONCE", 2)
    assert whole.height == 10
    assert likeness.near_copies(same).equals(whole)


def test_rows_without_a_look_are_like_no_other():
    empty = pl.DataFrame(
        {"look": [None, "x", ""], "colours": [None, "y", ""]}, schema={"look": pl.String, "colours": pl.String}
    )
    assert likeness.near_copies(empty).height == 0


def test_each_variant_has_a_ladder_of_its_own():
    rows = [
        {"product_id": "1", "sku": sku, "from_quantity": q, "price": p, "currency": "USD"}
        for sku, q, p in (("red", 10, 5), ("red", 100, 4), ("blue", 10, 3), ("blue", 100, 3))
    ]
    assert listings.price_ladder(shop(product_price=rows)).collect().rows() == [("1", 2, False)]
    rows[3]["price"] = 2
    assert listings.price_ladder(shop(product_price=rows)).collect().rows() == [("1", 2, True)]


def test_a_figure_of_a_picture_leads_to_its_row_however_old_it_is():
    held = shop(
        picture=[
            {"as_of": "2025-01-01", "product_id": "1", "position": 1, "file": "a", "width": 999},
            {"as_of": "2026-09-20", "product_id": "1", "position": 2, "file": "b", "width": 300},
        ]
    )
    figure = trace(held, "listings.main_image.width[product_id=1]@28")
    assert (figure.value, [o.value for o in figure.origins]) == (999, [999])


def test_what_no_file_has_told_is_neither_a_fault_nor_none():
    held = shop(product_effect=[{"product_id": "1", "product_name": "Loafers"}])
    found = listing_score.faults(held, RULES)
    known = {name: found[name].item() for name in listing_score.FAULTS if found[name].item() is not None}
    assert known == {"title_long": False, "title_twin": False}
    told = listing_score.scored(found, ALL, least=20).row(0, named=True)
    assert (told["judged"], told["lost_points"], told["score"]) == (20, 0, 100)
    assert listing_score.scored(found, ALL, least=21)["score"].item() is None


def test_every_fault_is_taken_off_by_its_weight():
    own = {
        "width": 1000,
        "height": 1000,
        "bytes": 1,
        "white_share": 1,
        "alpha": "N",
        "mode": "RGB",
        "logo": "Y",
        "logo_share": 0.02,
    }
    held = shop(
        product_effect=[{"product_id": "1", "product_name": "Loafers"}, {"product_id": "2", "product_name": " loafers"}],
        picture=[
            {"product_id": "1", "position": 1, "file": "a"} | own | {"width": 999, "logo": "N", "logo_share": None},
            {"product_id": "2", "position": 1, "file": "b"} | own,
            *({"product_id": "2", "position": n, "file": "b"} for n in (2, 3)),
        ],
        video=[{"product_id": "2", "kind": "main", "file": "v", "seconds": 20, "audio": "Y", "black_start": "N"}],
        product_price=[{"product_id": "1", "sku": None, "from_quantity": 1, "price": 1, "currency": "USD"}],
        product_catalogue=[{"product_id": "2", "category": "Shoes", "min_order_quantity": 5}],
    )
    points = {name: float(i + 1) for i, name in enumerate(listing_score.FAULTS)}
    told = listing_score.scored(listing_score.faults(held, RULES), points, least=1).rows(named=True)
    there = [{n for n in listing_score.FAULTS if row[n]} for row in told]
    assert there == [{"size", "logo", "pictures", "video", "title_twin", "ladder"}, {"title_twin"}]
    assert [row["lost_points"] for row in told] == [sum(points[n] for n in names) for names in there]
    assert [row["score"] for row in told] == [100 * (1 - row["lost_points"] / row["judged"]) for row in told]


def faults(**tables) -> dict[str, dict]:
    return {row["product_id"]: row for row in listing_score.faults(shop(**tables), RULES).rows(named=True)}


@pytest.mark.parametrize(
    ("kinds", "wanted"),
    [
        ({"1": "feed"}, [None] * 4),
        ({"1": "main"}, [False, None, None, None]),
        ({"1": "main", "2": "main", "3": "feed"}, [False, False, True, True]),
    ],
)
def test_a_product_has_no_main_video_only_where_main_videos_were_brought_broadly(kinds, wanted):
    ids = ["1", "2", "3", "4"]
    told = faults(
        product_effect=[{"product_id": i, "product_name": f"Loafers {i}"} for i in ids],
        picture=[{"product_id": i, "position": 1, "file": i} for i in ids],
        video=[{"product_id": i, "kind": kind, "file": "v"} for i, kind in kinds.items()],
    )
    assert [told[i]["video"] for i in ids] == wanted


@pytest.mark.parametrize(("category", "siblings", "few"), [("Shoes", 5, True), ("Shoes", 4, None), (None, 9, None)])
def test_few_attributes_are_told_beside_enough_products_of_a_known_category(category, siblings, few):
    ids = [str(n) for n in range(siblings)]
    told = faults(
        product_catalogue=[{"product_id": i, "product_name": f"Loafers {i}", "category": category} for i in ids],
        product_attribute=[
            {"product_id": i, "attribute": f"a{n}", "value": "x"} for i in ids for n in range(4 if i == "0" else 10)
        ],
    )
    assert [told["0"]["attributes"], told["1"]["attributes"]] == [few, few and False]


def test_weights_are_the_settings():
    settings = SimpleNamespace(**{f"weight_{name}": i for i, name in enumerate(listing_score.FAULTS)})
    assert list(listing_score.weights(settings).values()) == list(range(len(listing_score.FAULTS)))

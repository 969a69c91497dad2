"""The star page as figures: shares as written, gaps the right way round, what was not computed missing, every page remembered."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.checks.cases import frame, star_page
from zhanggui.facts import Snapshot
from zhanggui.measures import star, trace
from zhanggui.tables import TABLES

DAY = date(2026, 9, 21)


def shop(rows, day=DAY, **others):
    return Snapshot(day, {n: frame(TABLES[n], r).lazy() for n, r in {"star_level": rows, **others}.items()}, TABLES)


def changed(**cells):
    """The page with cells of some codes changed."""
    return [row | cells.get(f"c{row['code']}", {}) for row in star_page()["star_level"]]


def of(found: pl.LazyFrame, **key) -> dict:
    return found.filter(**key).collect().row(0, named=True)


def test_a_share_is_what_the_page_writes_whatever_the_plain_number_is():
    for plain in ("0.02", "2", "2.0"):
        found = of(star.standing(shop(changed(c21100021={"value": plain}))), code="21100021")
        assert (found["value"], found["next_average"], found["gap"], found["unit"]) == (0.02, 0.03, pytest.approx(0.01), "%")


def test_less_is_better_for_the_time_of_a_reply():
    found = of(star.standing(shop(changed())), code="21100006")
    assert (found["gap"], found["reached"], found["unit"]) == (pytest.approx(0.4), pytest.approx(0.5 / 0.9), "小时")
    swift = of(star.standing(shop(changed(c21100006={"value": "0.25", "value_written": "0.25小时"}))), code="21100006")
    assert (swift["gap"], swift["reached"]) == (0, 2)


def test_what_was_not_computed_is_missing_and_never_zero():
    blank = {"value": None, "value_written": None}
    found = of(star.standing(shop(changed(c6020013=blank))), code="6020013")
    assert (found["value"], found["next_average"], found["gap"], found["reached"]) == (None, 60, None, None)
    power = of(star.powers(shop(changed(c6020013=blank))), power="商品力")
    assert (power["indicators"], power["short"]) == (1, 0)


def test_a_page_of_nothing_but_missing_figures_is_not_computed():
    cells = ("star", "predicted", "power_star", "power_score", "value", "value_written", "next_average", "next_average_written")
    found = star.tracks(shop([row | dict.fromkeys(cells) for row in changed()])).collect()
    assert found.select("track", "star", "computed").rows() == [("rts", None, False)]


def test_the_higher_track_counts_and_of_equal_ones_the_transaction_track():
    other = [row | {"track": "custom"} for row in changed()]
    higher = [row | {"star": 3} for row in other]
    assert [star.tracks(shop(changed() + rows)).collect()["track"].to_list() for rows in (other, higher)] == [
        ["rts", "custom"],
        ["custom", "rts"],
    ]


def test_only_the_newest_page_of_a_track_stands_and_all_are_remembered():
    old = [row | {"as_of": "2026-08-29", "value": "1", "value_written": "1"} for row in changed()]
    gone = [old[0] | {"code": "999", "indicator": "旧指标"}]
    both = shop(old + gone + changed())
    assert star.standing(both).collect()["as_of"].unique().to_list() == [date(2026, 9, 19)]
    assert star.history(both).filter(code="6020013")["value"].to_list() == [1, 40]
    assert star.history(shop(old + changed(), day=date(2026, 9, 18)))["as_of"].unique().to_list() == [date(2026, 8, 29)]


def test_the_weakest_power_by_star_and_then_by_points():
    def found(**cells):
        return star.weakest(star.powers(shop(changed(**cells))).collect()).select(
            "power", "power_star", "next_lowest", "together"
        )

    assert found(c21100006={"power_score": 61}).rows() == [("服务力", 2, 2, 4)]
    assert found(c21100006={"power_star": 1}).rows() == [("服务力", 1, 2, 1)]
    assert found(c21100006={"power_star": None}).rows() == []


def test_the_power_of_another_name_is_service_power():
    found = star.powers(shop(changed(c21100006={"power": "保障力"}))).collect()
    assert dict(found.select("power", "kind").rows())["保障力"] == "service"


def test_alibaba_pay_of_what_is_traded_off_the_platform():
    told = star.pay_share(star.standing(shop(changed())).collect())
    assert told.rows() == [("rts", 1000, 400, 0.4)]
    none = star.pay_share(star.standing(shop(changed(c21100066={"value": "0", "value_written": "0美元"}))).collect())
    assert none["share"].to_list() == [None]


def test_figures_open_to_the_cells_of_the_page():
    figure = trace(shop(changed()), "star.standing.value[track=rts,code=21100021]")
    assert (figure.value, [o.value for o in figure.origins]) == (0.02, ["2.00%", 0.02])
    assert trace(shop(changed()), "star.powers.power_star[track=rts,power=商品力]").value == 2
    assert trace(shop(changed()), "star.tracks.predicted[track=rts]").value == 2


LABELS = [{"product_id": i, "label": label} for i, label in enumerate(["优品", "爆品", "潜力优品", "普通品", "实力优品", None])]


def test_quality_products_of_the_newest_day():
    older = [{"product_id": "gone", "label": "优品", "as_of": "2026-08-01"}]
    found = star.quality(shop([], product_growth=LABELS + older)).collect()
    assert found.rows(named=True) == [{"labelled": 5, "quality": 3, "quality_share": 0.6}]


def test_quality_is_told_by_any_spelling_of_a_label_and_unknown_labels_are_not_counted():
    spelt = ["PLATFORM_GOOD", "PLATFORM_SUPER", "POTENTIAL", "NORMAL", "LOW_QUALITY", " 优品 ", "新品标", ""]
    rows = [{"product_id": n, "label": label} for n, label in enumerate(spelt)]
    found = star.quality(shop([], product_growth=rows)).collect()
    assert found.rows(named=True) == [{"labelled": 6, "quality": 3, "quality_share": 0.5}]
    assert star.quality(shop([], product_growth=rows[-2:])).collect().height == 0


def test_dispatch_counts_each_order_once_and_only_those_that_say_both_days():
    def line(number, agreed, sent, sku="red"):
        return {
            "order_no": number,
            "created": "2026-09-01",
            "product_name": "L",
            "sku": sku,
            "ship_by": agreed,
            "shipped": sent,
        }

    rows = [line("1", "2026-09-10", "2026-09-10"), line("1", "2026-09-10", "2026-09-10", "blue")]
    rows += [line("2", "2026-09-10", "2026-09-11"), line("3", "2026-09-10", None)]
    assert star.dispatch(shop([], order_lines=rows)).collect().rows() == [(2, 1, 1, 2, 0.5)]
    assert star.dispatch(shop([], order_lines=rows[-1:])).collect().rows() == [(0, 0, 1, 1, None)]

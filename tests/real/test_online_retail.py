"""DATA-4: 541,909 order lines under headers that nobody knows, explained once, come in whole, once, and again as known."""

from __future__ import annotations

import time

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.conftest import real
from tests.web.test_mapping import filled, numbers
from zhanggui.desk import importing, mapping, people
from zhanggui.desk.clock import platform_today
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Shop
from zhanggui.intake import HeaderMap
from zhanggui.intake.suggest import rank

pytestmark = [pytest.mark.data, pytest.mark.django_db]

SLICE = 20_000
ANSWER = HeaderMap(
    "order_lines",
    {
        "order_no": "InvoiceNo",
        "sku": "StockCode",
        "product_name": "Description",
        "quantity": "Quantity",
        "created": "InvoiceDate",
        "unit_price": "UnitPrice",
        "buyer_id": "CustomerID",
        "country": "Country",
    },
    constants={"currency": "GBP"},
)


@pytest.fixture(scope="module")
def retail() -> pl.DataFrame:
    return pl.read_parquet(real("online_retail") / "online_retail.parquet")


def as_csv(frame: pl.DataFrame) -> bytes:
    return frame.write_csv(datetime_format="%Y-%m-%d %H:%M:%S").encode()


def another_order(frame: pl.DataFrame) -> bytes:
    return as_csv(frame.sort("UnitPrice", "Quantity", "InvoiceNo", "StockCode"))


def clean(frame: pl.DataFrame) -> tuple[int, int, float]:
    """Lines, buyers and pounds of the usual subset, from the source's own columns."""
    kept = frame.filter(pl.col("CustomerID").is_not_null(), pl.col("Quantity") > 0, pl.col("UnitPrice") > 0)
    return kept.height, kept["CustomerID"].n_unique(), round(float((kept["Quantity"] * kept["UnitPrice"]).sum()), 2)


def known(shop: Shop) -> tuple[int, int, float]:
    """The same from the shop's facts."""
    rows = facts_of(shop).snapshot(platform_today()).scan("order_lines")
    kept = rows.filter(pl.col("buyer_id").is_not_null(), pl.col("quantity") > 0, pl.col("unit_price") > 0)
    worth = (pl.col("quantity") * pl.col("unit_price")).sum()
    lines, buyers, pounds = kept.select(pl.len(), pl.col("buyer_id").n_unique(), worth).collect().row(0)
    return lines, buyers, round(float(pounds), 2)


def import_twice(frame: pl.DataFrame) -> tuple[Shop, dict[str, int], dict[str, int]]:
    """Explain, take in, and take in again in another order: the counts of both imports."""
    shop = people.open_shop("retail", "Retail")
    item = importing.bring(shop, as_csv(frame), "retail.csv")
    assert item.state == "refused"
    ((_, head, _),) = mapping.sheets_of(item)
    assert rank(head)[0].table == "order_lines"
    mapping.save(shop, head, ANSWER)
    importing.accept(importing.look_again(item))
    again = importing.take(shop, another_order(frame), "retail-sorted.csv")
    assert (item.state, again.state) == ("accepted", "accepted")
    first, second = ({n: i.preview["parts"][0][n] for n in ("new", "changed", "unchanged", "rejected")} for i in (item, again))
    return shop, first, second


def test_a_slice_comes_in_once_however_it_is_sorted(retail: pl.DataFrame) -> None:
    frame = retail.head(SLICE)
    assert frame.n_unique() < SLICE  # lines that are alike in every cell, told apart by their occurrence
    shop, first, second = import_twice(frame)
    assert first == {"new": SLICE, "changed": 0, "unchanged": 0, "rejected": 0}
    assert second == {"new": 0, "changed": 0, "unchanged": SLICE, "rejected": 0}
    assert known(shop) == clean(frame)
    rows = facts_of(shop).snapshot(platform_today()).scan("order_lines").collect()
    assert (rows.height, rows["currency"].unique().to_list()) == (SLICE, ["GBP"])


def test_a_slice_comes_in_through_the_form(retail: pl.DataFrame) -> None:
    frame = retail.head(SLICE // 10)
    shop = people.open_shop("retail", "Retail")
    client = Client()
    client.force_login(people.add_person("alice", "a long password of theirs", shop.company, "owner"))
    client.post(reverse("imports", args=["retail"]), {"files": SimpleUploadedFile("retail.csv", as_csv(frame))})
    item = shop.imports.get()
    form = reverse("mapping", args=["retail", item.pk])
    page = client.get(form, {"table": "order_lines"}).content.decode()
    values, place = filled(page), numbers(page)
    wanted = {f"to-{place[header]}": name for name, header in ANSWER.columns.items()}
    right = sum(values[field] == name for field, name in wanted.items())
    assert right >= 7  # of 8: what this shop calls a stock code is for a person to say
    client.post(form, values | wanted | {"fixed-currency": "GBP", "verb": "save"})
    client.post(reverse("decide_import", args=["retail", item.pk]), {"verb": "accept"})
    item.refresh_from_db()
    assert (item.state, item.preview["parts"][0]["new"]) == ("accepted", frame.height)
    assert known(shop) == clean(frame)


@pytest.mark.proof
def test_the_whole_year(retail: pl.DataFrame) -> None:
    from bench.results import record

    began = time.monotonic()
    shop, first, second = import_twice(retail)
    lines, buyers, pounds = known(shop)
    record(
        "online_retail",
        lines=retail.height,
        repeated_lines=retail.height - retail.n_unique(),
        clean_lines=lines,
        buyers=buyers,
        pounds=f"{pounds:.2f}",
        first=first,
        again=second,
        seconds=time.monotonic() - began,
    )
    assert first == {"new": 541_909, "changed": 0, "unchanged": 0, "rejected": 0}
    assert second == {"new": 0, "changed": 0, "unchanged": 541_909, "rejected": 0}
    assert retail.height - retail.n_unique() == 5_268
    assert (lines, buyers, pounds) == (397_884, 4_338, 8_911_407.90)
    assert (lines, buyers, pounds) == clean(retail)

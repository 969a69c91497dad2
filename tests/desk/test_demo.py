"""Made-up shops: started once, drawn by a program of its own, removed whole; never a real shop."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from tests.desk.conftest import week_file
from zhanggui.desk import checking, demo, importing, inbox
from zhanggui.desk.access import Forbidden
from zhanggui.desk.clock import platform_today
from zhanggui.desk.models import Change, Shop


def test_a_company_has_one_demo_shop(cast):
    run, new = demo.start(cast.shop, "small", person=cast.alice)
    assert (new, run.shop.demo, run.shop.company_id, run.note["step"]) == (True, True, cast.shop.company_id, "waiting")
    again, second = demo.start(cast.shop, "usual", person=cast.alice)
    assert (again.pk, second) == (run.pk, False)
    assert demo.start(cast.other, "small", person=cast.charlie)[1]
    assert list(Change.objects.order_by("pk").values_list("verb", "name")) == [("make_demo", "alice"), ("make_demo", "charlie")]


def test_only_who_manages_the_shop_may(cast):
    for person in (cast.bob, cast.rita, cast.charlie):
        with pytest.raises(Forbidden):
            demo.start(cast.shop, "small", person=person)
    made = demo.start(cast.shop, "small", person=cast.alice)[0].shop
    for person in (cast.bob, cast.rita, cast.charlie):
        with pytest.raises(Forbidden):
            demo.remove(made, person=person)
    assert Shop.objects.filter(pk=made.pk).exists()


def test_an_unknown_size(cast):
    with pytest.raises(ValueError, match="huge"):
        demo.start(cast.shop, "huge", person=cast.alice)


def test_a_real_shop_is_never_removed_nor_filled(cast, zhanggui_home):
    end = demo.last_saturday(platform_today())
    importing.accept(importing.bring(cast.shop, week_file(end), "week.csv"))
    checking.check(cast.shop)
    before = sorted(p for p in zhanggui_home.rglob("*") if p.is_file())
    with pytest.raises(demo.NotADemo):
        demo.remove(cast.shop, person=cast.alice)
    cast.shop.demo = True  # an object that lies: the row decides
    with pytest.raises(demo.NotADemo):
        demo.remove(cast.shop, person=cast.alice)
    with pytest.raises(demo.NotADemo):
        demo.fill(cast.other, lambda *_: None)
    assert sorted(p for p in zhanggui_home.rglob("*") if p.is_file()) == before
    assert cast.shop.findings.exists()


def test_a_removed_demo_shop_leaves_rows_and_folders_of_nobody(cast, zhanggui_home):
    end = demo.last_saturday(platform_today())
    made = demo.start(cast.shop, "small", person=cast.alice)[0].shop
    for shop in (made, cast.shop):
        importing.accept(importing.bring(shop, week_file(end), "week.csv"))
        importing.bring(shop, week_file(end, clicks=5), "again.csv")
        inbox.folder_of(shop)
        checking.check(shop)
    key = made.key
    demo.remove(made, person=cast.alice)
    left = [p for p in zhanggui_home.rglob("*") if key in p.name]
    assert left == []
    assert {p.name for p in zhanggui_home.iterdir()} >= {"facts", "raw", "waiting", "inbox"}
    assert all((zhanggui_home / place / cast.shop.key).is_dir() for place in demo.PLACES)
    assert list(Shop.objects.filter(company=cast.shop.company).values_list("key", flat=True)) == ["alpha"]
    assert cast.shop.imports.count() == 2
    assert list(Change.objects.order_by("pk").values_list("verb", flat=True)) == ["make_demo", "accept_import", "remove_demo"]


def test_drawing_tells_how_far_it_is_and_its_figures_are_those_of_its_files(cast, tmp_path):
    shop = demo.start(cast.shop, "small", person=cast.alice)[0].shop
    told: list[tuple[str, int, int]] = []
    keep = tmp_path / "kept"
    arguments = ("--weeks", "20", "--products", "100", "--words", "120", "--no-all")
    result = demo.fill(shop, lambda *step: told.append(step), arguments=arguments, keep=keep)
    files = len(inbox.importable(keep)) - 1  # truth.json is no report
    assert [step for i, (step, *_) in enumerate(told) if i == 0 or told[i - 1][0] != step] == ["draw", "import", "check"]
    assert [of for step, _, of in told if step == "import"] == [files] * files
    assert {i.state for i in shop.imports.all()} == {"accepted"}
    assert sum(len(o.findings) for o in result.outcomes) == shop.findings.count() > 0
    assert shop.checked_on == platform_today()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("at", ["UPDATE", "INSERT"])
def test_removed_while_it_is_drawn_is_the_end_of_it(cast, zhanggui_home, monkeypatch, at):
    """At the first step that is told, and at the first import: what had been written is gone."""
    monkeypatch.setitem(demo.SIZES, "small", ("--weeks", "20", "--products", "100", "--words", "120", "--no-all"))
    run, _ = demo.start(cast.shop, "small", person=cast.alice)
    key = run.shop.key
    removed: list[bool] = []

    def meanwhile(execute, sql, *others):
        table = {"UPDATE": "desk_run", "INSERT": "desk_import"}[at]
        if sql.startswith(at) and table in sql and not removed:
            removed.append(True)
            demo.remove(Shop.objects.get(key=key), person=cast.alice)
        return execute(sql, *others)

    with connection.execute_wrapper(meanwhile):
        demo.draw(run)
    assert removed == [True]
    assert [p for p in zhanggui_home.rglob("*") if key in p.name] == []
    demo.draw(run)  # the queue brings it once more
    assert not Shop.objects.filter(key=key).exists()


def test_a_sandbox_that_fails_says_why_and_can_be_removed(cast, monkeypatch):
    monkeypatch.setitem(demo.SIZES, "small", ("--weeks", "1"))
    run, _ = demo.start(cast.shop, "small", person=cast.alice)
    demo.draw(run)
    run.refresh_from_db()
    assert (run.ok, run.finished is None) == (False, False)
    assert run.note["error"].startswith("sandbox: ")
    demo.remove(run.shop, person=cast.alice)


@pytest.mark.parametrize(
    ("day", "end"), [("2026-11-28", "2026-11-21"), ("2026-11-30", "2026-11-28"), ("2026-11-23", "2026-11-21")]
)
def test_the_newest_week_is_one_that_the_platform_has(day, end):
    assert demo.last_saturday(date.fromisoformat(day)).isoformat() == end

"""The page of hours, regions and labels: who sees it, what it proposes and how a premium is typed, what it waits for, Excel."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook

from tests.web import listed
from tests.web.bid_pages import DAYS, at, text_of
from tests.web.conftest import questions
from zhanggui.desk import importing, setting
from zhanggui.desk.clock import platform_today
from zhanggui.plans.bid_cells import MISSING, CellPlan
from zhanggui.plans.bid_days import Reading
from zhanggui.web import words
from zhanggui.web.bid_cell_waits import WAITS
from zhanggui.web.bid_cell_words import CellWords

REGIONS = {"美国": (40, "80.00", 4), "巴西 <b>": (40, "80.00", 0), "德国": (40, "80.00", 1), "安道尔": (0, "0", 0)}


def days() -> list[date]:
    return [platform_today() - timedelta(days=n + 2) for n in range(DAYS)]


def lines(header: str, rows: list[tuple[object, ...]]) -> bytes:
    return "\n".join([header, *(",".join(str(c) for c in row) for row in rows)]).encode()


def targets(kind: str, cells: dict[str, tuple[int, str, int]]) -> bytes:
    rows = [(d, "计划", kind, name, n * 30, *told) for d in days() for name, told in cells.items() for n in told[:1]]
    return lines("日期,推广计划,定向类型,定向标签,曝光量,点击量,花费,询盘个数", rows)


@pytest.fixture
def regions(varied):
    importing.take(varied.shop, targets("地域", REGIONS), "地域报告.csv")
    return varied


def page(cast, as_, **query):
    answer = as_(cast.bob).get(at(cast, "bid_cells"), query)
    assert answer.status_code == 200
    return answer


def rows(answer) -> list[list[str]]:
    body = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    return [
        [listed.plain(c) for c in re.findall(r"<t[hd][ >].*?</t[hd]>", one, re.S)]
        for one in re.findall(r"<tr>.*?</tr>", body, re.S)
    ]


def test_who_sees_it(regions, as_):
    address = at(regions, "bid_cells")
    people = (regions.alice, regions.bob, regions.rita, regions.charlie)
    assert [as_(p).get(address).status_code for p in people] == [200, 200, 403, 404]
    hidden = as_(regions.rita).get(address)
    assert "您的角色看不到出价和花费" in text_of(hidden)
    assert "美国" not in hidden.content.decode()
    assert as_(regions.rita).get(address, {"format": "xlsx"}).status_code == 403


def test_money_moves_from_the_poor_region_to_the_rich_one(regions, as_):
    answer = page(regions, as_)
    told = {row[0]: row[1:] for row in rows(answer)}
    assert list(told)[-1] == "安道尔"
    assert told["巴西 <b>"][:3] == [f"{40 * (DAYS - 2):,}", f"{80 * (DAYS - 2):,}", "0"]
    assert [told[name][4].split()[-1] for name in ("巴西 <b>", "美国", "安道尔")] == ["0.70", "1.30", "—"]
    text = " ".join(text_of(answer).split())
    for part in ("只是试算", "花一样的钱", "现在设的溢价不在任何报告里", "中间 80% 的区间"):
        assert part in text


def test_what_a_premium_means_is_asked_before_a_percent_is_named(regions, as_):
    def typed() -> tuple[str, ...]:
        told = {row[0]: row[6] for row in rows(page(regions, as_))}
        return tuple("".join(re.findall(r"填 \d+%|从已有的溢价里减", told[name])) for name in ("美国", "巴西 <b>"))

    answer = page(regions, as_)
    assert "还没有人说过" in text_of(answer)
    assert at(regions, "rule", "premium_on_top") in answer.content.decode()
    assert typed() == ("", "")
    factor = float(re.search(r"× ([\d.]+)", next(r[6] for r in rows(answer) if r[0] == "美国"))[1])
    setting.change_rule(regions.shop, "premium_on_top", 1.0, person=regions.alice)
    assert typed() == (f"填 {factor * 100 - 100:.0f}%", "从已有的溢价里减")
    setting.change_rule(regions.shop, "premium_on_top", 0.0, person=regions.alice)
    assert typed()[0] == f"填 {factor * 100:.0f}%"
    assert re.fullmatch(r"填 \d\d%", typed()[1])


def test_every_figure_opens_with_the_same_number(regions, as_):
    answer = page(regions, as_)
    links = [h.replace("&amp;", "&") for h in re.findall(r'href="([^"]*/figure/[^"]*)"', answer.content.decode())]
    assert len(links) == 3 * len(REGIONS)
    assert {as_(regions.bob).get(link).status_code for link in links} == {200}
    assert {parse_qs(urlsplit(link).query)["day"][0] for link in links} == {f"{platform_today() - timedelta(days=4)}"}
    spend = next(link for link in links if "cost" in link and "%E7%BE%8E" in link)
    assert f"{80 * (DAYS - 2):,}" in text_of(as_(regions.bob).get(spend))


def test_sorted_as_asked(regions, as_):
    named = [row[0] for row in rows(page(regions, as_, sort="inquiries"))]
    assert named[:2] == ["美国", "德国"]
    assert [row[0] for row in rows(page(regions, as_, sort="name"))] == sorted(REGIONS)
    assert named == [row[0] for row in rows(page(regions, as_, sort="inquiries", axis="region", page="9"))]


def test_poor_hours_are_off_and_what_they_free_is_spent(regions, as_):
    hours = [(d, "计划", f"{h:02}:00-{h:02}:59", 300, 10, "20.00", h % 2) for d in days() for h in range(24)]
    importing.take(regions.shop, lines("日期,推广计划,时段,曝光量,点击量,花费,询盘个数", hours), "小时报告.csv")
    told = rows(page(regions, as_, axis="hour", sort="name"))
    assert [row[0] for row in told] == [f"{h:02}:00-{h:02}:59" for h in range(24)]
    assert {row[5] for row in told[::2]} == {"照旧", "开 → 停"}
    assert {row[5] for row in told[1::2]} == {"照旧"}
    text = text_of(page(regions, as_, axis="hour"))
    assert "先在后台把全部出价 ×" in text
    assert "改的那天不要录入别的出价单" in text
    assert f"最新 {Reading.unsettled} 天可能还会变，不算" in text
    assert "到「出价」里改" not in text
    assert "没有哪份报告或说明讲过时段可以加价" in text
    book = load_workbook(io.BytesIO(as_(regions.bob).get(at(regions, "bid_cells"), {"format": "xlsx"}).content))
    times = {row[0]: row[7] for row in book["时段"].iter_rows(min_row=2, max_row=25, values_only=True)}
    assert set(times.values()) == {0, float(re.search(r"先在后台把全部出价 × ([\d.]+)", text)[1])}
    assert book["时段"]["A30"].value in text
    labels = page(regions, as_, axis="label")
    assert "还没有「直通车定向报告」" in text_of(labels)


def test_alike_regions_are_left_alone(varied, as_):
    importing.take(varied.shop, targets("地域", dict.fromkeys(("美国", "巴西", "德国"), (40, "80.00", 2))), "地域报告.csv")
    answer = page(varied, as_)
    assert "没有要改的：照现在的数，没有哪个能肯定改了更好" in text_of(answer)
    assert {row[5] for row in rows(answer)} == {"照旧"}


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"美国": (40, "80.00", 0), "德国": (40, "80.00", 0)}, "还差 5 个询盘"),
        ({"美国": (40, "80.00", 1)}, "报告里不到两个，没有可比的"),
        ({"美国": (40, "80.00", 1), "德国": (0, "0", 0)}, "有点击的不到两个"),
        ({"美国": (40, "80.00", 1), "德国": (40, "80.00", "-")}, "三样都完整的不到两个"),
        ({"美国": (40, "-", 1), "德国": (40, "-", 1)}, "报告里没有「花费」"),
        ({"美国": (40, "0", 1), "德国": (40, "0", 1)}, "没有花钱"),
    ],
)
def test_what_it_waits_for_is_said(varied, as_, cells, says):
    importing.take(varied.shop, targets("地域", cells), "地域报告.csv")
    assert says in text_of(page(varied, as_, axis="region"))


def test_bids_that_never_varied_are_named_and_rates_told(paid, as_):
    importing.take(paid.shop, targets("地域", REGIONS), "地域报告.csv")
    answer = page(paid, as_, axis="region")
    assert "出价没有变过，或只变过点击很少的词" in text_of(answer)
    assert len(rows(answer)[0]) == 5


def test_without_any_report_it_says_what_to_bring(cast, as_):
    told = text_of(as_(cast.alice).get(at(cast, "bid_cells")))
    assert "还没有「直通车小时报告」" in told


def test_money_is_named_in_the_currency_of_the_account(regions, as_):
    listed.take(regions.shop, "p4p_level", [{"level": "L2", "score": 60, "currency": "USD"}])
    assert "花费（USD）" in page(regions, as_).content.decode()


def test_excel_has_a_sheet_for_each(regions, as_):
    answer = as_(regions.bob).get(at(regions, "bid_cells"), {"format": "xlsx"})
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["时段", "地域", "人群"]
    told = {row[0]: row for row in book["地域"].iter_rows(min_row=2, max_row=1 + len(REGIONS), values_only=True)}
    assert set(told) == set(REGIONS)
    assert (told["巴西 <b>"][7], told["美国"][7], told["安道尔"][7]) == (0.7, 1.3, None)
    assert told["美国"][1:4] == (40 * (DAYS - 2), 80 * (DAYS - 2), 4 * (DAYS - 2))


def test_excel_says_what_is_done_with_all_bids_and_what_it_rests_on(regions, as_):
    setting.change_rule(regions.shop, "premium_on_top", 1.0, person=regions.alice)
    answer = page(regions, as_)
    sheet = load_workbook(io.BytesIO(as_(regions.bob).get(at(regions, "bid_cells"), {"format": "xlsx"}).content))["地域"]
    told = {row[0]: row for row in sheet.iter_rows(min_row=2, max_row=1 + len(REGIONS), values_only=True)}
    below = [row[0] for row in sheet.iter_rows(min_row=2 + len(REGIONS), values_only=True)]
    text = " ".join(text_of(answer).split())
    assert sheet.auto_filter.ref == f"A1:N{1 + len(REGIONS)}"
    assert below[0] is None
    assert told["巴西 <b>"][9] is None
    assert f"填 {told['美国'][9]}%" in text
    assert f"× {told['美国'][8]:.2f}" in text
    assert below[1].startswith(f"到 {words.day(platform_today() - timedelta(days=4))} 的")
    assert [line.split("：")[0] for line in below[2:4]] == ["询盘/天", "花费/天（CNY）"]
    assert all(" ".join(line.split()) in text for line in below[4:])


def test_figures_that_the_measure_has_otherwise_open_nothing(regions, as_):
    """Labels by week beside regions by day."""
    assert "数字不能点开" not in text_of(page(regions, as_, axis="region"))
    ends = [(day - timedelta(days=6), day) for day in (max(days()) - timedelta(days=7 * n) for n in range(2))]
    for start, end in ends:
        head = f"{start}~{end}\n推广计划,定向类型,定向标签,曝光量,点击量,花费,询盘个数\n"
        body = "".join(f"计划,人群,{name},900,280,560.00,20\n" for name in ("买手", "批发商"))
        importing.take(regions.shop, (head + body).encode(), f"人群报告{start}.csv")
    answer = page(regions, as_, axis="region")
    assert "/figure/" not in answer.content.decode()
    assert "数字不能点开" in text_of(answer)
    links = re.findall(r'href="([^"]*/figure/[^"]*)"', page(regions, as_, axis="label").content.decode())
    assert {as_(regions.bob).get(link.replace("&amp;", "&")).status_code for link in links} == {200}
    assert len(links) == 6


def test_every_code_has_its_words():
    assert tuple(WAITS) == MISSING[1:]


def test_why_nothing_is_proposed():
    def says(why: str, better: float, sure: float = 0.8) -> str:
        return CellWords(CellPlan("region", why=why, better=better, sure=sure), None, None, "CNY").nothing()

    assert "只有 79% 的可能更好，不到 80%" in says("unsure", 0.798)
    assert "只有 89% 的可能更好，不到 90%" in says("unsure", 0.8999, 0.9)
    assert "不会多带询盘" in says("no_gain", 0.85)


def test_questions_stay_as_few(varied, as_):
    def add(count: int) -> None:
        cells = {f"地区{i}": (9, "18.00", 1) for i in range(count)}
        importing.take(varied.shop, targets("地域", cells), f"地域报告{count}.csv")

    assert len(questions(as_(varied.bob), at(varied, "bid_cells") + "?axis=region", add)) == 1

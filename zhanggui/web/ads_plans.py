"""Which product belongs in which plan, beside the register; the proposal is saved into it with one click."""

from __future__ import annotations

from functools import lru_cache

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from zhanggui.desk import access, registering, seeing
from zhanggui.desk.clock import platform_today
from zhanggui.desk.edits import Row, listing
from zhanggui.desk.models import Shop
from zhanggui.desk.seeing import Seen
from zhanggui.facts import Stale
from zhanggui.measures.ad_plans import BOOST
from zhanggui.plans.p4p_overlaps import Overlap, overlaps
from zhanggui.plans.p4p_plans import NOT_PROPOSED, Place, PlanSheet, p4p_plans
from zhanggui.rulebook import Rules
from zhanggui.tables import TABLES
from zhanggui.web.ads import PER_PAGE, Asked, asked, tab
from zhanggui.web.ads_rows import MISSING, Cell, Rows, count, money
from zhanggui.web.page import numbered, person_of
from zhanggui.web.words import said

KEPT = 8
TABLE = TABLES["p4p_assignment"]
#: Kinds of the register in English; pages in Chinese show them as they are.
KINDS = {
    "新品加速": "New-product acceleration",
    "普通计划": "Ordinary plan",
    "快速引流": "Quick traffic",
    "全店智投": "Whole-store AI",
    "智能计划": "Smart plan",
    "优品助推": "Quality boost",
    "控成本": "Cost control",
    "国家包": "Country package",
    "优品抢位": "Position grab",
    "问鼎": "Wending brand ad",
    "顶展": "Top placement",
}
REASONS = {
    "new": ("平台新品", "platform-new"),
    "new_first": ("自然点击最多的几个新品，单放一个计划", "the new ones of most natural clicks have a plan of their own"),
    "hit_label": ("真爆品：近期的爆品标签", "a true hit: a fresh hit label"),
    "hit_list": ("真爆品：在 Top 榜上", "a true hit: on a Top list"),
    "hit_natural": ("真爆品：优品，自然点击在前列", "a true hit: of quality, and among the most natural clicks"),
    "quality": ("真优品：近期的优品标签", "true quality: a fresh quality label"),
    "few": ("优品不够开一个助推计划", "too few of quality for a boost plan"),
    "full": ("上一类计划满了", "the better plan is full"),
    "seen": ("普通产品，有人点", "ordinary, and clicked"),
    "unseen": ("普通产品，没人点", "ordinary, and nobody clicks"),
    "unreported": ("普通产品，商品报表里没有它的点击", "ordinary; the product report has no clicks of it"),
    "old_label": ("标签太旧，先当普通产品", "its label is too old: taken as ordinary"),
    "fits": ("现在的计划合适", "its plan is right"),
    "kept": ("现在的计划由您定", "its plan is yours to decide"),
    "no_label": ("没有标签，先当普通产品", "no label: taken as ordinary"),
}
WHY_NOT = {
    "countries": ("按国家放量用；地域定向要看营销等级，从上面的优品里挑", "to scale up in one country; depends on the marketing level; choose from the quality products above"),
    "whole_shop": ("把全店交给平台，分不清哪个产品有效，不和其他计划一起建议", "hands the whole shop to the platform and tells no product apart; not proposed beside the others"),
    "smart": ("和助推、控成本三选一：一个产品只放一个", "one of three with boost and cost control: a product stands in one only"),
    "positions": ("要看排名位置，报表里没有", "takes positions, which no report carries"),
    "bought": ("按词购买的位置，见名单「已购服务」", "places that are bought by word: see the register of bought services"),
}  # fmt: skip
CHANGES = {"add": ("加入", "add"), "move": ("换计划", "move"), "stay": ("不动", "stay"), "gone": ("移出", "take out")}


@lru_cache(maxsize=KEPT)
def proposed(seen: Seen, values: tuple[tuple[str, float], ...]) -> tuple[PlanSheet, tuple[Overlap, ...]]:
    """The plans of products, and words that may be paid for twice, by the rulebook's `values`."""
    shop = seeing.snapshot(seen)
    return p4p_plans(shop, Rules(seen[3], dict(values), {})), overlaps(shop)


def kind(name: str) -> str:
    return said(name, KINDS.get(name, name))


@require_http_methods(["GET", "POST"])
def ads_plans(request: HttpRequest, key: str) -> HttpResponse:
    """The proposal as a difference to the register, the plans with their sizes, and words that may be paid for twice."""
    of = asked(request, key)
    sheet, twice = proposed(of.seen, of.values)
    if request.method == "POST":
        return _save(request, of.shop, sheet)
    chosen = request.GET.get("show", "")
    shown = [p for p in sheet.places if (p.change == chosen if chosen in CHANGES else p.change != "stay")]
    places = numbered(request, shown, PER_PAGE)
    counts = sheet.counts()
    return tab(
        request, of, "ads_plans", sheet=sheet, counts=counts, places=places, show=chosen,
        chips=[(said(*CHANGES[c]), c, counts.get(c, 0)) for c in ("add", "move", "stay")],
        sizes=_sizes(sheet), table=_places(of, list(places)), twice=_twice(of, twice),
        gone=[(plan, name) for plan, _, _, name in sheet.gone],
        others=[(kind(k), said(*WHY_NOT[why])) for k, why in NOT_PROPOSED.items()],
        wanted=[TABLES["product_effect"], TABLES["product_growth"]],
    )  # fmt: skip


def _places(of: Asked, places: list[Place]) -> Rows:
    names = ("产品", "Product"), ("建议的计划", "Proposed plan"), ("现在", "Now"), ("理由", "Reasons")
    more = ("自然点击", "Natural clicks"), ("询盘", "Inquiries")
    head = [(said(*name), i > 3) for i, name in enumerate((*names, *more))]
    base = reverse("list_row", args=[of.shop.key, "products"])
    rows = []
    for one in places:
        now = said("、", ", ").join(said(f"{plan}（{kind(k)}）", f"{plan} ({kind(k)})") for plan, k in one.held)
        rows.append(
            [
                Cell(one.name, f"{base}?{urlencode({'product_id': one.product_id})}", small=one.product_id, badge=one.label),
                Cell(one.plan, small=kind(one.kind)),
                Cell(now or MISSING),
                Cell(_reasons(one)),
                Cell(count(one.natural)),
                Cell(count(one.inquiries)),
            ]
        )
    return Rows(head, rows)


def _reasons(one: Place) -> str:
    return said("；", "; ").join(said(*REASONS[code]) for code in one.reasons)


def _sizes(sheet: PlanSheet) -> Rows:
    """Each plan; those for one hit each are one line."""
    names = ("计划", "Plan"), ("类型", "Kind"), ("产品数", "Products"), ("建议", "Advised"), ("合适吗", "Does it fit")
    head = [(said(*name), i == 2) for i, name in enumerate(names)]
    fits = {True: said("合适", "fits"), False: said("⚠ 数量不合适", "⚠ does not fit")}
    rows = []
    hits = {p.plan for p in sheet.places if p.hit and p.kind == BOOST}
    alone = [one for one in sheet.sizes if one.plan in hits and one.fits]
    if alone:
        name = said(f"爆品助推，每个爆品一个，共 {len(alone)} 个计划", f"Boost of hits, one each: {len(alone)} plans")
        each = said("每个计划 1 个", "1 in each")
        rows.append([Cell(name), Cell(kind(alone[0].kind)), Cell(count(len(alone))), Cell(each), Cell(fits[True])])
    for one in sheet.sizes:
        if one in alone:
            continue
        most = f"{one.high:,.0f}" if one.high != float("inf") else ""
        advised = said("不限", "any number") if not most else f"{one.low}–{most}" if one.low > 1 else f"≤ {most}"
        rows.append([Cell(one.plan), Cell(kind(one.kind)), Cell(count(one.products)), Cell(advised), Cell(fits[one.fits])])
    return Rows(head, rows)


def _twice(of: Asked, words: tuple[Overlap, ...]) -> Rows | None:
    if not words:
        return None
    names = ("词", "Word"), ("自然点击", "Natural clicks"), ("直通车点击", "P4P clicks"), ("自然曝光", "Natural exposures")
    more = ("Top10 平均曝光", "Top 10 average exposures"), ("直通车花费", "P4P spend")
    head = [(said(*name), i > 0) for i, name in enumerate((*names, *more))]
    rows = [
        [
            Cell(w.word, badge=said("自然曝光到 Top10", "Top 10 by itself") if w.strong else ""),
            Cell(count(w.natural)),
            Cell(count(w.paid)),
            Cell(count(w.shown)),
            Cell(count(w.top10)),
            Cell(money(w.cost) if of.money else MISSING),
        ]
        for w in words
    ]
    return Rows(head, rows)


def _save(request: HttpRequest, shop: Shop, sheet: PlanSheet) -> HttpResponse:
    """The whole proposal as rows of the register: what moves leaves its old plans, what is gone is taken off."""
    person, day = person_of(request), platform_today()
    access.demand(person, "edit_register", shop)
    now = listing(shop, TABLE, access.sight_of(person, shop, TABLE))
    rows: list[Row] = []

    def take_off(plan: str, product: str) -> None:
        held = now.find((plan, product))
        if held is not None:
            rows.append(Row(len(rows) + 1, held, held, removed=True))

    for one in sheet.places:
        if one.change == "stay":
            continue
        for plan, _ in one.leaves:
            take_off(plan, one.product_id)
        if (one.plan, one.kind) in one.held:
            continue
        cells = {
            "plan": one.plan,
            "plan_kind": one.kind,
            "product_id": one.product_id,
            "product_name": one.name[:300],
            "since": day.isoformat(),
            "reason": _reasons(one)[:300],
        }
        rows.append(Row(len(rows) + 1, None, cells))
    for plan, _, product, _ in sheet.gone:
        take_off(plan, product)
    try:
        outcome = registering.save(shop, TABLE, rows, person=person, whole_only=True) if rows else None
    except Stale:
        messages.error(request, said("别人正在同时保存，请再试一次。", "Others are saving at the same time; try again."))
        return redirect(request.get_full_path())
    if outcome is None or not outcome.written:
        messages.info(request, said("没有改动，没有保存。", "Nothing was changed, nothing saved."))
    else:
        text = said(f"已保存 {outcome.written} 行，可以在「P4P计划分配」里撤销。", f"{outcome.written} rows saved; the save can be taken back in “P4P plan assignments”.")  # fmt: skip
        messages.success(request, text)
    return redirect(reverse("ads_plans", args=[shop.key]))

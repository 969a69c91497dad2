"""A plan with more or fewer products than its kind takes."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import ad_plans, ads


@check("AD20", key=("plan",))
def plan_size(shop, settings, rules):
    """Plans of the register whose number of products does not fit their kind."""
    if not shop.has("p4p_assignment"):
        return NotYet("p4p_assignment") if shop.has("p4p_plan") else pl.DataFrame()
    stock = ad_plans.stock(shop).collect().height
    rows = []
    for plan, kind, n in ads.plan_sizes(shop).sort("plan").select("plan", "plan_kind", "products").collect().iter_rows():
        low, high = ad_plans.limits(kind, n, stock, rules)
        if not high:
            needed = int(rules["plan_quick_min_shop"])
            zh = f"全店要有 {needed} 个产品以上，现在 {stock} 个"
            en = f"takes a shop of {needed} products or more, this one has {stock}"
            rows.append((plan, kind, n, zh, en, needed - stock))
        elif not low <= n <= high:
            span = f"{low}–{high}" if low > 1 else f"≤ {high}"
            zh, en = f"建议 {span} 个", f"{span} are advised"
            if kind == ad_plans.BOOST:
                hit = int(rules["plan_hit_products"])
                zh, en = f"{zh}；单推一个爆品则只放 {hit} 个", f"{en}, or {hit} for a single hit"
            rows.append((plan, kind, n, zh, en, max(low - n, n - high)))
    names = {
        "plan": pl.String,
        "plan_kind": pl.String,
        "products": pl.Int64,
        "limit_zh": pl.String,
        "limit_en": pl.String,
        "beyond": pl.Int64,
    }
    return pl.DataFrame(rows, schema=names, orient="row").sort("beyond", "plan", descending=[True, False])

"""A plan with more or fewer products than its kind takes."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import ad_plans, ads

MOST = 1_000_000


@check("AD20", key=("plan",))
def plan_size(shop, settings, rules):
    """Plans of the register whose number of products does not fit their kind."""
    if not shop.has("p4p_assignment"):
        return NotYet("p4p_assignment") if shop.has("p4p_plan") else pl.DataFrame()
    stock = ad_plans.stock(shop).collect().height
    hit, least = int(rules["plan_hit_products"]), int(rules["plan_boost_min"])
    rows = []
    for row in ads.plan_sizes(shop).sort("plan").collect().iter_rows(named=True):
        n, kind = row["products"], row["plan_kind"]
        low, high, of_shop = 1, MOST, False
        if kind == "新品加速":
            high = int(rules["plan_new_max"])
        elif kind == "优品助推" and n > hit:
            low, high = least, int(rules["plan_boost_max"])
        elif kind == "快速引流":
            high, of_shop = int(rules["plan_quick_max"]), 0 < stock < rules["plan_quick_min_shop"]
        if of_shop:
            needed = int(rules["plan_quick_min_shop"])
            rows.append(
                (
                    row["plan"],
                    kind,
                    n,
                    f"全店要有 {needed} 个产品以上，现在 {stock} 个",
                    f"takes a shop of {needed} products or more, this one has {stock}",
                    needed - stock,
                )
            )
        elif not low <= n <= high:
            span = f"{low}–{high}" if low > 1 else f"≤ {high}"
            also = (f"；单推一个爆品则只放 {hit} 个", f", or {hit} for a single hit") if kind == "优品助推" else ("", "")
            rows.append(
                (row["plan"], kind, n, f"建议 {span} 个{also[0]}", f"{span} are advised{also[1]}", max(low - n, n - high))
            )
    names = {
        "plan": pl.String,
        "plan_kind": pl.String,
        "products": pl.Int64,
        "limit_zh": pl.String,
        "limit_en": pl.String,
        "beyond": pl.Int64,
    }
    return pl.DataFrame(rows, schema=names, orient="row").sort("beyond", "plan", descending=[True, False])

"""A product in a plan that is for another kind of product."""

import polars as pl

from zhanggui.checks.check import NotYet, check
from zhanggui.measures import ad_plans, ads

WHY = {
    "good": ("真优品或真爆品，该进优品助推、控成本或国家包", "truly of quality or a hit: for a boost, cost-control or country plan"),
    "plain": ("标签还不是近期的优品，该进普通计划或快速引流", "no fresh quality label: for an ordinary or quick-traffic plan"),
    "old": ("平台标签不是新品，新品加速只收平台新品", "the platform's label is not new: the acceleration plan takes new products only"),
}  # fmt: skip


@check("AD21", key=("plan", "product_id"))
def product_in_wrong_plan(shop, settings, rules):
    """Products of the register whose label does not fit the kind of their plan; those without a label are left alone."""
    if not shop.has("p4p_assignment"):
        return NotYet("p4p_assignment") if shop.has("p4p_plan") else pl.DataFrame()
    if not shop.has("product_growth") or ad_plans.labels_stale(shop, rules):
        return NotYet("product_growth")
    known = ad_plans.standing(shop, rules).drop("product_name").lazy()
    rows = ads.assigned(shop).join(known, on="product_id")
    told = rows.with_columns(ad_plans.misfit().alias("why")).filter(pl.col("why").is_not_null())
    return told.select(
        "plan",
        "product_id",
        pl.coalesce("product_name", "product_id").alias("product_name"),
        "plan_kind",
        "label",
        *(
            pl.col("why").replace_strict({k: v[i] for k, v in WHY.items()}).alias(f"why_{lang}")
            for i, lang in enumerate(("zh", "en"))
        ),
        pl.col("natural").fill_null(0).alias("natural"),
    ).sort("natural", "plan", "product_id", descending=[True, False, False])

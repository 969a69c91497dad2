"""What can be asked. Views, document and reference page come from this list."""

from __future__ import annotations

from zhanggui.api import figures, findings
from zhanggui.api.asked import DAY, FORMAT, PAGE
from zhanggui.api.door import Endpoint
from zhanggui.api.parameters import Choice, Day, Parameter
from zhanggui.checks import load
from zhanggui.desk.models import FINDING_STATES
from zhanggui.tables import TABLES

ENDPOINTS = (
    Endpoint(path="shops", function=findings.shops, zh="令牌能打开的店铺", en="The shops that the token opens"),
    Endpoint(
        path="shops/<slug:key>/checks",
        function=findings.checks,
        zh="全部检查，连同本店的设置",
        en="Every check in words, with its settings in this shop",
    ),
    Endpoint(
        path="shops/<slug:key>/findings",
        function=findings.findings,
        zh="检查发现的结果，含已消失的",
        en="What the checks have found, that which is gone included",
        parameters=(
            Choice(name="code", zh="只要这项检查", en="only of this check", options=lambda: tuple(load())),
            Choice(name="state", zh="只要这个状态", en="only in this state", options=lambda: FINDING_STATES),
            Day(name="since", zh="这一天起状态有变化的", en="only whose state changed on this day or later"),
            *PAGE,
        ),
    ),
    Endpoint(
        path="shops/<slug:key>/findings/<int:pk>",
        function=findings.finding,
        zh="一条结果：句子、设置、证据的地址",
        en="One finding: its sentence, settings, and the addresses of its evidence",
    ),
    Endpoint(
        path="shops/<slug:key>/tasks",
        function=findings.tasks,
        zh="今日：值得做什么（已排序），以及进行中的任务",
        en="Today: what is worth doing, ranked, and the open tasks",
    ),
    Endpoint(
        path="shops/<slug:key>/measures",
        function=figures.measures,
        zh="全部指标：说明、单位、算法",
        en="Every measure: words, units, formulas",
    ),
    Endpoint(
        path="shops/<slug:key>/measures/<str:name>",
        function=figures.measure,
        zh="一个指标的数，一行一个产品、词……",
        en="The figures of a measure, one row per product, word …",
        parameters=(DAY, *PAGE, FORMAT),
        names=figures.measure_names,
        of_name=figures.parameters_of,
    ),
    Endpoint(
        path="shops/<slug:key>/figure",
        function=figures.figure,
        zh="一个数从哪里来：算法、行、文件和行号",
        en="Where a figure comes from: formula, rows, file and line",
        parameters=(
            Parameter(
                name="address",
                zh="数的地址，如 products.effect.search_clicks[product_id=123]@28",
                en="the figure's address, like products.effect.search_clicks[product_id=123]@28",
                required=True,
            ),
            DAY,
            *PAGE,
        ),
    ),
    Endpoint(
        path="shops/<slug:key>/tables",
        function=figures.tables,
        zh="角色能看到的报表和名单：是什么、到哪一天、有哪些列",
        en="The reports and registers that the role sees: what each is, how far it reaches, its columns",
        parameters=(DAY,),
    ),
    Endpoint(
        path="shops/<slug:key>/tables/<slug:name>",
        function=figures.table,
        zh="一张表的行",
        en="The rows of a table",
        parameters=(
            Day(name="start", zh="从这一天", en="dated from this day on"),
            Day(name="end", zh="到这一天", en="dated up to this day"),
            DAY,
            *PAGE,
            FORMAT,
        ),
        names=lambda: {name: f"{table.zh} · {table.en}" for name, table in TABLES.items()},
    ),
)

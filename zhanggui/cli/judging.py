"""Commands about what is found and what to do: check, today, explain, trace."""

from __future__ import annotations

import textwrap
from datetime import date
from pathlib import Path
from typing import Any

import typer
import yaml

from zhanggui import checks
from zhanggui.checks import Finding, Outcome
from zhanggui.cli.files import parse_day
from zhanggui.cli.reader import console, fail, lang, say_json, t
from zhanggui.cli.shops import the_shop
from zhanggui.desk import checking, setting
from zhanggui.desk.home import facts_of
from zhanggui.desk.models import Shop
from zhanggui.documents.agenda import agenda_workbook
from zhanggui.measures import NoFigure, trace
from zhanggui.plans import Action, CheckUp, agenda
from zhanggui.rulebook import RULEBOOK, Bad
from zhanggui.tables import TABLES


def add_to(app: typer.Typer) -> None:
    app.command("check")(check)
    app.command("today")(today)
    app.command("explain")(explain)
    app.command("trace")(trace_figure)
    app.command("rule")(rule)
    app.command("setting")(own_setting)


def _finding(outcome: Outcome, finding: Finding) -> dict[str, Any]:
    check_ = outcome.check
    return {
        "code": check_.code,
        "verdict": finding.verdict,
        "key": {k: checking.plain(v) for k, v in finding.key.items()},
        "values": {k: checking.plain(v) for k, v in finding.values.items()},
        "needs": finding.needs,
        "gain": finding.gain,
        "gain_low": finding.gain_low,
        "gain_high": finding.gain_high,
        "gain_unit": check_.gain_unit if finding.gain is not None else "",
        "says": checks.sentence(check_, finding, lang()),
        "figures": check_.figures(finding),
    }


def _waiting(outcome: Outcome) -> dict[str, Any]:
    assert outcome.waiting
    w = outcome.waiting
    return {
        "code": outcome.check.code,
        "table": w.table,
        "needs": w.needs,
        "unit": w.unit,
        "says": checks.waiting_text(w, lang()),
    }


def check(
    day: str = typer.Option("", "--day", help="按哪一天判断 judge as of this day (default: today, 美西)"),
    only: list[str] = typer.Option([], "--only", help="只跑这些检查 only these codes"),
    what_if: list[str] = typer.Option([], "--what-if", help="假设规则数字 e.g. no_effect_days=30（不写入 nothing is written）"),
    as_json: bool = typer.Option(False, "--json", help="输出 JSON"),
) -> None:
    """体检：跑全部检查。 Run every check."""
    known = checks.load()
    if unknown := [c for c in only if c not in known]:
        fail(
            t(
                f"没有检查 {', '.join(unknown)}；有：{', '.join(known)}",
                f"no check {', '.join(unknown)}; there are: {', '.join(known)}",
            ),
            2,
        )
    shop, supposed = the_shop(), _supposed(what_if)
    try:
        result = checking.look_at(shop, parse_day(day), supposed) if supposed else checking.check(shop, day=parse_day(day))
    except Bad as error:
        fail(str(error), 2)
    outcomes = [o for o in result.outcomes if not only or o.check.code in only]
    if as_json:
        say_json(
            {
                "day": result.day,
                "findings": [_finding(o, f) for o in outcomes for f in o.findings],
                "waiting": [_waiting(o) for o in outcomes if o.waiting],
            }
        )
        return
    for o in outcomes:
        found = [f for f in o.findings if f.verdict == "found"]
        early = len(o.findings) - len(found)
        tail = (
            checks.waiting_text(o.waiting, lang())
            if o.waiting
            else t(f"还不够判断 {early}", f"not enough yet {early}")
            if early
            else ""
        )
        console.print(f"{o.check.code}  {len(found):>4}  {o.check.words['title'][lang()]}  {tail}", markup=False)
        for f in found[:10]:
            console.print(f"          {checks.sentence(o.check, f, lang())}", style="dim", markup=False)
        if len(found) > 10:
            console.print(t(f"          … 还有 {len(found) - 10} 条", f"          … {len(found) - 10} more"), style="dim")


def _supposed(texts: list[str]) -> dict[str, float]:
    """`name=value` pairs as numbers of the rulebook."""
    supposed = {}
    for text in texts:
        name, _, value = text.partition("=")
        if name not in RULEBOOK.numbers:
            names = ", ".join(RULEBOOK.numbers)
            fail(t(f"规则里没有 {name}；有：{names}", f"the rulebook has no {name}; there are: {names}"), 2)
        try:
            supposed[name] = float(value)
        except ValueError:
            fail(t(f"{text}：要写成 {name}=数字", f"{text}: write {name}=number"), 2)
    return supposed


def rule(
    name: str = typer.Argument(..., help="规则名 name of a rulebook number"),
    value: float = typer.Argument(None, help="本店的值；不写则只显示 the shop's own value; without it the rule is shown"),
    since: str = typer.Option("", "--since", help="从哪天起 from which day (default: today)"),
    reason: str = typer.Option("", "--reason", help="为什么 why"),
    drop: bool = typer.Option(False, "--drop", help="恢复规则库的值 back to the rulebook's value"),
) -> None:
    """改本店的一个规则数字。 The shop's own value of a rulebook number."""
    if value is None and not drop:
        explain(name)
        return
    shop = the_shop()
    try:
        if drop:
            gone = setting.drop_rule(shop, name)
            console.print(t(f"去掉 {gone} 个本店的值", f"{gone} of the shop's own values gone"))
            return
        made = setting.change_rule(shop, name, value, since=parse_day(since), reason=reason)
    except (Bad, setting.NoSuchNumber) as error:
        fail(str(error), 2)
    console.print(f"{made.name} = {made.value:g}  {t('自', 'since')} {made.since}", markup=False)


def own_setting(
    code: str = typer.Argument(..., help="检查代号 code of a check"),
    name: str = typer.Argument(..., help="设置名 name of its setting (zhanggui explain CODE)"),
    value: str = typer.Argument(..., help="值 value; a list as [a, b]"),
) -> None:
    """改本店一项检查的设置。 The shop's own setting of a check."""
    try:
        made = setting.change_setting(the_shop(), code.upper(), name, yaml.safe_load(value))
    except (setting.NoSuchNumber, ValueError, yaml.YAMLError) as error:
        fail(str(error), 2)
    console.print(f"{made.code}.{made.name} = {made.value}", markup=False)


def today(
    day: str = typer.Option("", "--day", help="哪一天 which day (default: today, 美西)"),
    as_json: bool = typer.Option(False, "--json", help="输出 JSON"),
    xlsx: Path = typer.Option(None, "--xlsx", help="写入 Excel 文件 write an Excel file"),
) -> None:
    """今日：现在值得做什么，按收益排序。 What is worth doing now, ranked."""
    shop = the_shop()
    result = checking.check(shop, day=parse_day(day))
    if xlsx:
        xlsx.write_bytes(agenda_workbook(agenda(result.outcomes, checking.hidden(shop)), lang()))
        console.print(str(xlsx), markup=False)
    elif as_json:
        say_json(agenda_data(shop, result))
    else:
        print_agenda(shop, result)


def agenda_data(shop: Shop, result: CheckUp) -> dict[str, Any]:
    """The agenda as plain data."""
    plan = agenda(result.outcomes, checking.hidden(shop))
    by_code = {o.check.code: o for o in result.outcomes}

    def card(action: Action) -> dict[str, Any]:
        return {
            "code": action.check.code,
            "title": action.check.words["title"][lang()],
            "role": action.check.role,
            "minutes": action.minutes,
            "severity": action.check.severity,
            "gain": action.gain,
            "gain_low": action.gain_low,
            "gain_high": action.gain_high,
            "gain_unit": action.check.gain_unit if action.gain is not None else "",
            "gain_formula": checks.gain_formula(action.check, action.findings[0], lang()),
            "also": list(action.also),
            "findings": [_finding(by_code[f.code], f) for f in action.findings],
        }

    return {
        "shop": shop.key,
        "demo": shop.demo,
        "day": result.day,
        "freshness": {n: result.snapshot.newest(n) for n in TABLES if result.snapshot.has(n)},
        "actions": [card(a) for a in plan.actions],
        "not_enough_yet": [card(a) for a in plan.early],
        "waiting": [_waiting(o) for o in plan.waiting],
    }


SHOWN = 5  # findings of one card on a terminal


def print_agenda(shop: Shop, result: CheckUp) -> None:
    """The agenda for a terminal."""
    plan = agenda(result.outcomes, checking.hidden(shop))
    demo = t("（演示数据）", " (demo data)") if shop.demo else ""
    console.rule(f"{t('今日', 'Today')} {result.day}（{t('美西', 'Pacific')}） {shop.name}{demo}")
    ages = []
    for name, table in TABLES.items():
        newest: date | None = result.snapshot.newest(name)
        if newest and table.cadence_days:
            age = (result.day - newest).days
            ages.append(t(f"{table.zh}到 {newest}（{age} 天前）", f"{table.en} to {newest} ({age} days ago)"))
    console.print(
        " · ".join(ages) or t("还没有数据：zhanggui import 文件", "No data yet: zhanggui import FILE"),
        style="dim",
        markup=False,
    )
    for i, action in enumerate(plan.actions, 1):
        _print_card(f"{i}.", action)
    if not plan.actions and ages:
        console.print(t("没有要做的事。", "Nothing to do."))
    if plan.early:
        console.print(t("\n还不够判断", "\nNot enough yet"), style="bold")
        for action in plan.early:
            _print_card(" ·", action)
    if plan.waiting:
        console.print(t("\n等数据", "\nWaiting for data"), style="bold")
        for o in plan.waiting:
            assert o.waiting
            console.print(
                f"  {o.check.code} {o.check.words['title'][lang()]}：{checks.waiting_text(o.waiting, lang())}",
                style="dim",
                markup=False,
            )


def _print_card(mark: str, action: Action) -> None:
    first = action.findings[0]
    gain = checks.gain_text(action.check, first, lang()) if first.verdict == "found" else ""
    minutes = t(f"{action.minutes} 分钟", f"{action.minutes} min")
    role = t(*checks.ROLES.get(action.check.role, (action.check.role,) * 2))
    facts = [x for x in (gain, minutes, role) if x]
    count = t(f"（{len(action.findings)} 个）", f" ({len(action.findings)})") if len(action.findings) > 1 else ""
    title = f"{mark} [{action.check.code}] {action.check.words['title'][lang()]}{count}"
    console.print(f"\n{title}  {' · '.join(facts) if first.verdict == 'found' else ''}", style="bold", markup=False)
    for finding in action.findings[:SHOWN]:
        text = checks.sentence(action.check, finding, lang())
        console.print(textwrap.indent(text, "   "), markup=False)
    if len(action.findings) > SHOWN:
        more = len(action.findings) - SHOWN
        console.print(
            t(
                f"   … 还有 {more} 个（zhanggui check --only {action.check.code}）",
                f"   … {more} more (zhanggui check --only {action.check.code})",
            ),
            style="dim",
            markup=False,
        )
    if first.verdict == "found":
        console.print(f"   → {action.check.words['do'][lang()]}", style="green", markup=False)
        if gain:
            console.print(
                f"     {t('收益', 'gain')} = {checks.gain_formula(action.check, first, lang())}", style="dim", markup=False
            )


def explain(code: str = typer.Argument(..., help="检查代号或规则名 code of a check, or name of a rulebook number")) -> None:
    """解释一项检查或一个规则数字。 Explain a check or a number of the rulebook."""
    known = checks.load()
    if code.upper() in known:
        for name, value in checks.explain(known[code.upper()], lang()).items():
            console.print(f"{name:>13}  {value}", markup=False)
        return
    number = RULEBOOK.numbers.get(code)
    if number is None:
        names = ", ".join([*known, *RULEBOOK.numbers])
        fail(t(f"没有 {code}；有：{names}", f"there is no {code}; there are: {names}"), 2)
    console.print(f"{number.name}  {t(number.zh, number.en)}  ({number.unit}, {number.low:g}..{number.high:g})", markup=False)
    for since, value in number.values.items():
        console.print(f"  {since}  {value:g}", markup=False)
    for source in number.sources:
        console.print(f"  {source.grade}  {t(source.zh, source.en)}  ({t('读于', 'read')} {source.read})", markup=False)
    if number.note:
        console.print(f"  {number.note[lang()]}", markup=False)


def trace_figure(
    figure: str = typer.Argument(..., help="例 e.g. products.effect.search_clicks[product_id=123]@28"),
    day: str = typer.Option("", "--day", help="哪一天 as of which day"),
    as_json: bool = typer.Option(False, "--json", help="输出 JSON"),
) -> None:
    """一个数字从哪份文件、哪一行来。 From a figure to formula, file and line."""
    try:
        found = trace(facts_of(the_shop()).snapshot(parse_day(day)), figure)
    except NoFigure as error:
        fail(str(error), 2)
    formula = found.formula.says(lang(), found.measure.table)
    window = found.window
    if as_json:
        say_json(
            {
                "address": found.address,
                "value": checking.plain(found.value),
                "formula": formula,
                "window": [window.start, window.end],
                "covered_days": window.covered,
                "origins": [o.__dict__ | {"value": checking.plain(o.value)} for o in found.origins],
            }
        )
        return
    console.print(f"{found.address} = {found.value}", style="bold", markup=False)
    console.print(f"  {formula}", markup=False)
    console.print(
        t(
            f"  {window.start}~{window.end}，有数据 {window.covered}/{window.days} 天",
            f"  {window.start}~{window.end}, {window.covered} of {window.days} days covered",
        ),
        markup=False,
    )
    for o in found.origins:
        place = f"{o.file}{f' [{o.sheet}]' if o.sheet else ''}"
        console.print(
            t(
                f"  {o.value!s:>10}  {place} 第 {o.line} 行「{o.header}」 {o.period}",
                f"  {o.value!s:>10}  {place} line {o.line} “{o.header}” {o.period}",
            ),
            markup=False,
        )

"""Reference pages made from the declarations: tables, measures, checks, rulebook, settings, environment, problems."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterable
from typing import Any

from zhanggui import checks
from zhanggui.measures import MEASURES
from zhanggui.rulebook import LISTS, RULEBOOK, Number
from zhanggui.site.environment import VARIABLES
from zhanggui.tables import TABLES, Table
from zhanggui.tables.columns import Column
from zhanggui.tables.problems import WORDS

HEAD = "<!-- Made by `make docs` from the code; edit the code, not this page. -->"


def cell(value: Any) -> str:
    """A value as the text of one cell of a Markdown table."""
    return str(value).replace("|", "\\|").replace("<", "&lt;").replace("\n", " ").strip()


def grid(titles: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    titles = list(titles)
    lines = [titles, ["---"] * len(titles), *([cell(c) for c in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def prose(text: str | None) -> str:
    """A docstring as one paragraph each."""
    return "\n\n".join(" ".join(p.split()) for p in inspect.cleandoc(text or "").split("\n\n"))


def page(title: str, *parts: str) -> str:
    return "\n\n".join([HEAD, f"# {title}", *(p for p in parts if p)]) + "\n"


def yes(value: bool) -> str:
    return "yes" if value else ""


# ---- glossary


def glossary() -> str:
    """The words, as the page 词汇表 shows them."""
    from zhanggui.web.glossary import chapters

    parts = [
        "One word per idea. *May be added*: over rows, and over periods that tile a window. Words of the back office keep their "
        "Chinese; the English is ours. Every column of every list and report: [tables](reference/tables.md)."
    ]
    for chapter in chapters():
        added = any(word.added for word in chapter.words)
        titles = ("zh", "en", "in code", "意思", "means", *(["may be added"] if added else []))
        rows = [
            (w.zh, w.en, w.code, w.means["zh"], w.means["en"], *([w.added.get("en", "")] if added else []))
            for w in chapter.words
        ]
        parts += [f"## {chapter.title['en']}", grid(titles, rows)]
    return page("Glossary", *parts).replace(
        "from the code; edit the code, not this page", "from zhanggui/web/glossary.yaml; edit that"
    )


# ---- tables


def tables() -> str:
    parts = [
        "What can be imported. `Headers`: every other label under which the column is known, beside the Chinese and the English "
        "one. `Additive`: may be summed over rows and over periods that tile a window; people never are. `Kind` and unit say "
        "what one is.",
        grid(
            ("table", "zh", "en", "kind", "time", "columns", "headers seen in a real file"),
            [
                (f"[{t.name}](#{t.name})", t.zh, t.en, t.kind, t.time, len(t.columns), yes(t.headers_are_real))
                for t in TABLES.values()
            ],
        ),
    ]
    for table in TABLES.values():
        parts += [f"## {table.name}", _facts_of(table), _columns_of(table)]
    return page("Tables", *parts)


def _facts_of(table: Table) -> str:
    lines = [
        f"{table.zh} · {table.en}. A {table.kind}: {table.grain}.",
        "",
        f"- Key: {', '.join(f'`{k}`' for k in table.full_key)}",
        f"- Dated by `{table.clock}` ({table.time})",
    ]
    lines.append(f"- Recognised by {', '.join(f'`{n}`' for n in table.recognised_by)}")
    if table.cadence_days:
        lines.append(f"- Expected every {table.cadence_days} days")
    if table.menu:
        lines.append(f"- In the back office: {table.menu['zh']} · {table.menu['en']}")
    if table.source:
        lines.append(f"- Source of the headers: {table.source}")
    return "\n".join(lines)


def _columns_of(table: Table) -> str:
    def note(column: Column) -> str:
        said = []
        if column.required:
            said.append("required")
        if column.of:
            said.append(f"= {column.of[0]} ÷ {column.of[1]}")
        if column.rolling:
            said.append(f"rolling {column.rolling}")
        if column.missing:
            said.append(f"empty: {column.missing}")
        return "; ".join(said)

    titles = ("column", "zh", "en", "headers", "kind", "unit", "additive", "notes")
    rows = [
        (f"`{name}`", c.zh, c.en, ", ".join(c.also), c.kind, c.unit, yes(c.additive), note(c))
        for name, c in table.columns.items()
    ]
    return grid(titles, rows)


# ---- measures


def measures() -> str:
    parts = [
        "One measure, one definition. A figure's address is `measure.column[key=value]@days`, e.g. "
        "`products.effect.search_clicks[product_id=123]@28`; `zhanggui trace` and the evidence drawer open it.",
    ]
    for measure in MEASURES.values():
        by = ", ".join(f"`{k}`" for k in measure.by) or "nothing: one row for the shop"
        default = inspect.signature(measure.function).parameters["days"].default
        parts += [
            f"## {measure.name}",
            f"From [{measure.table}](tables.md#{measure.table}), one row per {by}; window of {default} days unless another is asked for.",
            prose(measure.function.__doc__),
            grid(
                ("figure", "zh", "en"),
                [(f"`{n}`", f.says("zh", measure.table), f.says("en", measure.table)) for n, f in measure.formulas.items()],
            ),
        ]
    return page("Measures", *parts)


# ---- checks


def check_pages() -> str:
    known = checks.load()
    claims = Counter(c.claims for c in known.values())
    parts = [
        f"{len(known)} checks: {claims['fact']} state a fact, {claims['relation']} claim a relation between two figures and are "
        "silent in a shop where these do not go together. Settings are a shop's own choice: [settings](settings.md). "
        "`unsure` is what is said while the data do not suffice.",
        grid(
            ("code", "zh", "en", "subject", "claims", "severity", "role", "cadence"),
            [
                (
                    f"[{c.code}](#{c.code.lower()})",
                    c.words["title"]["zh"],
                    c.words["title"]["en"],
                    c.subject,
                    c.claims,
                    c.severity,
                    c.role,
                    c.cadence,
                )
                for c in known.values()
            ],
        ),
    ]
    for c in known.values():
        handled = "for all findings together" if c.together else "for one finding"
        needs = ", ".join(f"[{t}](tables.md#{t})" for t in c.needs) or "no table in particular"
        facts = [
            f"- Needs {needs}",
            f"- A finding is named by {', '.join(f'`{k}`' for k in c.key)}; `{c.size}` says how bad it is",
            f"- Severity {c.severity}; {c.role}, {c.cadence}; {c.minutes} minutes {handled}",
            f"- Claims a {c.claims}" + (f"; gain in {c.gain_unit} a month" if c.gain_unit else "; no gain is shown"),
            f"- Requirements: {', '.join(c.requirements)}",
        ]
        if c.cause != c.name:
            facts.append(f"- Findings of cause `{c.cause}` about the same subject make one action")
        if c.evidence:
            figures = [f"`{e['measure']}`: {', '.join(e['columns'])}" for e in c.evidence]
            facts.append(f"- Evidence: {'; '.join(figures)}")
        if c.settings:
            chosen = [f"`{name}` {s['default']} {s['unit']}" for name, s in c.settings.items()]
            facts.append(f"- Settings: {', '.join(chosen)}")
        words = [(key, text["zh"], text["en"]) for key, text in c.words.items() if key != "title"]
        parts += [
            f"## {c.code}",
            f"**{c.words['title']['zh']} · {c.words['title']['en']}** (`checks/{c.subject}/{c.name}`)",
            prose(c.function.__doc__),
            "\n".join(facts),
            grid(("", "zh", "en"), words),
        ]
    return page("Checks", *parts)


def settings() -> str:
    rows = [
        (f"[{c.code}](checks.md#{c.code.lower()})", f"`{name}`", s["default"], s["unit"], s["zh"], s["en"])
        for c in checks.load().values()
        for name, s in c.settings.items()
    ]
    return page(
        "Settings of checks",
        "What a shop may choose. The default holds until the shop names a value of its own; what the platform decides stands in "
        "the [rulebook](rulebook.md), what the operator of the machine decides in the [environment](environment.md).",
        grid(("check", "setting", "default", "unit", "zh", "en"), rows),
    )


# ---- rulebook


def rulebook() -> str:
    def newest(number: Number) -> str:
        return f"{number.values[max(number.values)]:g}" if number.values else "the shop's own"

    parts = [
        "Numbers that the platform may change: dated, with unit, range and source. An old value is never edited away; a new one "
        "is added with its day. Grades: A official or a real file, B a working integration, C a guide or a vendor, "
        "D contradicted.",
        grid(
            ("number", "zh", "en", "newest value", "unit"),
            [(f"[{n.name}](#{n.name})", n.zh, n.en, newest(n), n.unit) for n in RULEBOOK.numbers.values()],
        ),
    ]
    for n in RULEBOOK.numbers.values():
        parts += [
            f"## {n.name}",
            f"{n.zh} · {n.en}. Unit: {n.unit}; {n.low:g} to {n.high:g}."
            + (f" Requirements: {', '.join(n.requirements)}." if n.requirements else ""),
            grid(("from", "value"), [(d, f"{v:g}") for d, v in n.values.items()])
            if n.values
            else "The platform publishes none; it is not known until a shop has entered its own.",
            "\n".join(f"- {s.grade}: {s.zh} · {s.en} (read {s.read})" for s in n.sources),
            " · ".join(n.note[k] for k in ("zh", "en") if k in n.note),
        ]
    parts += ["## Lists", "Names instead of numbers, with the same duty of source and day."]
    for names in LISTS.values():
        parts += [
            f"### {names.name}",
            f"{names.zh} · {names.en}; from {names.since}; {len(names.names)} entries. "
            + " ".join(f"{s.grade}: {s.zh} · {s.en} (read {s.read})." for s in names.sources),
            ", ".join(names.names),
        ]
    return page("Rulebook", *parts)


# ---- the machine


def environment() -> str:
    rows = [(f"`{name}`", f"`{v['default']}`" if v["default"] else "", v["zh"], v["en"]) for name, v in VARIABLES.items()]
    return page(
        "Environment variables",
        "What the operator of the machine chooses.",
        grid(("variable", "default", "zh", "en"), rows),
    )


def problems() -> str:
    rows = [(f"`{code}`", said["zh"], said["en"]) for code, said in WORDS.items()]
    return page(
        "Problems of a file",
        "What the import says when something is wrong. Each comes with file, sheet, line, column and value where they are known.",
        grid(("code", "zh", "en"), rows),
    )


# ---- the API


def api() -> str:
    from zhanggui.api.endpoints import ENDPOINTS
    from zhanggui.api.openapi import PROBLEMS, ROOT, gives_rows

    def asks(one: Any) -> str:
        named = "`days` and each part of the measure's key, as `measures` lists them; " if one.of_name else ""
        told = [f"`{p.name}` ({p.en}{', needed' if p.required else ''})" for p in one.parameters]
        return named + "; ".join(told)

    rows = [(f"`{one.address}`", one.zh, one.en, asks(one), "rows" if gives_rows(one) else "") for one in ENDPOINTS]
    return page(
        "API",
        f"Read only, below `{ROOT}`. A person makes a token on the page 设置 → 我 → API 令牌 (Settings → Me → API tokens) and a "
        "program sends it as `Authorization: Bearer …`; no cookie is known here. It sees what that person sees on the pages, in "
        "all shops of one company or in the one shop that the token was made for; roles that import files also read the reports that stand "
        "behind no list and no measure. A token ends with the membership, with a new password, and when its person or the owner "
        "revokes it; where the role needs the second factor, it must be set up.",
        '    curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8000/api/v1/shops',
        "Days are the platform's (US Pacific). `null` is missing in the data, never zero; a part that a row lacks is not for the "
        "role. A rate is a fraction (0.0162 is 1.62 %). People are not added up. Answers of rows have `columns`, `rows` and `next`: give it back as `cursor` for the rows "
        "after these (it is in the header `Link` too). In CSV no text starts a formula: an apostrophe goes before it. "
        f"`{ROOT}openapi.json` (no token needed) describes all this for programs.",
        grid(("address", "zh", "en", "parameters", "gives"), rows),
        "What is refused is a problem in JSON (RFC 9457):",
        grid(("status", ""), PROBLEMS.items()),
    )


def index(commands: int) -> str:
    from zhanggui.api.endpoints import ENDPOINTS

    kinds = Counter(t.kind for t in TABLES.values())
    claims = Counter(c.claims for c in checks.load().values())
    rows = [
        (
            "[tables](tables.md)",
            len(TABLES),
            f"{kinds['report']} reports ({sum(t.headers_are_real for t in TABLES.values())} with headers from a real file), "
            f"{kinds['register']} registers",
        ),
        (
            "[measures](measures.md)",
            len(MEASURES),
            f"{sum(len(m.formulas) for m in MEASURES.values())} figures, each with its formula",
        ),
        (
            "[checks](checks.md)",
            len(checks.load()),
            f"{claims['fact']} state a fact, {claims['relation']} claim a relation",
        ),
        (
            "[settings](settings.md)",
            sum(len(c.settings) for c in checks.load().values()),
            "what a shop may choose",
        ),
        (
            "[rulebook](rulebook.md)",
            len(RULEBOOK.numbers),
            f"dated numbers, and {len(LISTS)} list of names" if len(LISTS) == 1 else f"numbers, and {len(LISTS)} lists",
        ),
        ("[environment](environment.md)", len(VARIABLES), "what the operator of the machine may choose"),
        ("[cli](cli.md)", commands, "commands"),
        ("[api](api.md)", len(ENDPOINTS), "addresses for programs"),
        ("[problems](problems.md)", len(WORDS), "things that an import may complain of"),
    ]
    return page("References", "Generated from the code; CI fails when one is stale.", grid(("page", "count", "of"), rows))

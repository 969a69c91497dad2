"""The star page in the reader's words: figures in their units, bars, projections, history, and what may be supposed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.urls import reverse

from zhanggui.estimates.drift import FEWEST_LOOKS, Ahead, ahead
from zhanggui.measures import address_of
from zhanggui.plans.star_climb import Wish
from zhanggui.rulebook.star import INDICATORS, POWERS, TRACKS
from zhanggui.web import charts, words
from zhanggui.web.words import said

UNITS = {"个": ("个", ""), "分": ("分", "points"), "美元": ("美元", "USD"), "USD": ("美元", "USD"), "小时": ("小时", "hours")}
ORDER = tuple(POWERS)


def track_name(track: str) -> str:
    return words.word(TRACKS, track) if track else said("没有写明", "not stated")


def power_name(kind: str) -> str:
    return words.word(POWERS, kind) if kind else "—"


def indicator_name(row: Mapping[str, Any]) -> str:
    known = INDICATORS.get(row["code"])
    return said(known.zh, known.en) if known else str(row["indicator"])


def in_unit(value: float | None, unit: str) -> str:
    """A figure of the star page; missing is —."""
    if value is None:
        return "—"
    if unit == "%":
        return f"{100 * value:,.2f}".rstrip("0").rstrip(".") + "%"
    text = f"{value:,.0f}" if float(value).is_integer() or abs(value) >= 1000 else f"{value:,.2f}".rstrip("0").rstrip(".")
    word = said(*UNITS[unit]) if unit in UNITS else unit
    return f"{text} {word}".rstrip()


def stars(value: float | None) -> str:
    return "—" if value is None else said(f"{value:.0f} 星", f"{value:.0f} {'star' if value == 1 else 'stars'}")


@dataclass(frozen=True)
class Standing:
    """One indicator: where it stands, what the next level averages, how full its bar is, and where it leads."""

    code: str
    name: str
    bonus: bool
    value: str
    aim: str
    short: str
    percent: int | None
    met: bool
    href: str
    forecast: str
    forecast_why: str
    masked: bool


@dataclass(frozen=True)
class Power:
    name: str
    star: str
    score: str
    weakest: bool
    note: str
    rows: list[Standing]
    href: str


@dataclass(frozen=True)
class Track:
    track: str
    name: str
    star: str
    predicted: str
    falls: bool
    counts: bool
    computed: bool
    as_of: date
    powers: list[Power]


#: (track, code) → the figure on the day whose score counts (None: not yet), and how many pages say it.
Outlook = Mapping[tuple[str, str], tuple[Ahead | None, int]]


def outlook(pages: pl.DataFrame, to: date) -> Outlook:
    """Where each indicator leads, from every page on which it was computed."""
    known = pages.filter(pl.col("value").is_not_null())
    return {
        (str(track), str(code)): (_ahead(rows["as_of"].to_list(), rows["value"].to_list(), to), rows.height)
        for (track, code), rows in known.partition_by("track", "code", as_dict=True).items()
    }


def _ahead(days: list[date], values: list[float], to: date) -> Ahead | None:
    return ahead(days, values, to) if to >= days[-1] else None


def shown_tracks(
    standing: pl.DataFrame, powers: pl.DataFrame, tracks: pl.DataFrame, leads: Outlook, shop: str, sees: Callable[[str], bool]
) -> list[Track]:
    """Both tracks, the one that counts first. `sees`: whether the figures of a code are for this member."""
    base, found = reverse("figure", args=[shop]), []
    for place, one in enumerate(tracks.iter_rows(named=True)):
        own = powers.filter(track=one["track"]).to_dicts()
        lowest = [(p["power_star"], p["power_score"]) for p in own if p["power_star"] is not None]
        low = (
            min(lowest, key=lambda pair: (pair[0], pair[1] if pair[1] is not None else 0)) if len(lowest) == len(own) else None
        )
        made = []
        for power in sorted(own, key=lambda p: ORDER.index(p["kind"]) if p["kind"] in ORDER else 9):
            rows = standing.filter(track=one["track"], power=power["power"]).to_dicts()
            weakest = low is not None and len(own) > 1 and (power["power_star"], power["power_score"]) == low
            address = address_of("star.powers", "power_star", {"track": one["track"], "power": power["power"]})
            made.append(
                Power(
                    power_name(power["kind"]), stars(power["power_star"]),
                    "" if power["power_score"] is None else said(f"{power['power_score']:.0f} 分", f"{power['power_score']:.0f} points"),
                    weakest, _short_of(rows), [_standing(r, leads, base, hidden=not sees(r["code"])) for r in rows],
                    f"{base}?{urlencode({'address': address})}",
                )
            )  # fmt: skip
        falls = one["star"] is not None and one["predicted"] is not None and one["predicted"] < one["star"]
        found.append(
            Track(
                one["track"], track_name(one["track"]), stars(one["star"]), stars(one["predicted"]), falls,
                place == 0 and one["star"] is not None, one["computed"], one["as_of"], made,
            )
        )  # fmt: skip
    return found


def _short_of(rows: Sequence[Mapping[str, Any]]) -> str:
    known = [r for r in rows if r["gap"] is not None]
    below = sum(r["gap"] > 0 for r in known)
    if not known:
        return said("没有可比的指标", "nothing to compare")
    return said(f"{len(known)} 个可比指标里 {below} 个没到", f"{below} of {len(known)} below the average")


def _standing(row: Mapping[str, Any], leads: Outlook, base: str, *, hidden: bool) -> Standing:
    code, unit = row["code"], row["unit"] or ""
    address = address_of("star.standing", "value", {"track": row["track"], "code": code})
    percent = None if row["reached"] is None or hidden else max(0, min(100, int(100 * row["reached"])))
    met = row["gap"] == 0
    forecast, why = ("", "") if hidden else _forecast(*leads.get((row["track"], code), (None, 0)), unit, code)
    return Standing(
        code, indicator_name(row), code in INDICATORS and INDICATORS[code].bonus,
        "—" if hidden else in_unit(row["value"], unit), "—" if hidden else in_unit(row["next_average"], unit),
        "" if hidden or row["gap"] is None else said("已到", "reached") if met else in_unit(row["gap"], unit),
        percent, met, "" if hidden or row["value"] is None else f"{base}?{urlencode({'address': address})}", forecast, why, hidden,
    )  # fmt: skip


def _forecast(told: Ahead | None, looks: int, unit: str, code: str) -> tuple[str, str]:
    """`about X (low to high)` on the day whose score counts, or what is missing for it."""
    if told is None:
        more = FEWEST_LOOKS - looks
        return "", said(f"还差 {more} 次页面", f"{more} more {'page' if more == 1 else 'pages'}") if more > 0 else ""
    most = INDICATORS[code].most if code in INDICATORS else None
    low, value, high = (max(0.0, v if most is None else min(v, most)) for v in (told.low, told.value, told.high))
    sign = unit if unit == "%" else ""
    span = f"{in_unit(low, sign)} – {in_unit(high, sign)}"
    return said(f"约 {in_unit(value, unit)}（{span}）", f"about {in_unit(value, unit)} ({span})"), ""


def history_chart(pages: pl.DataFrame, tracks: pl.DataFrame) -> charts.Trend | None:
    """Points of each power of the track that counts, page by page; None with one page only."""
    if tracks.is_empty():
        return None
    own = pages.filter(track=tracks["track"][0])
    days = sorted(own["as_of"].unique().to_list())
    if len(days) < 2:
        return None
    powers = own.group_by("as_of", "kind").agg(pl.col("power_score").drop_nulls().first(), pl.col("star").drop_nulls().first())
    lines = []
    for kind in ORDER:
        told = dict(powers.filter(kind=kind).select("as_of", "power_score").rows())
        if any(v is not None for v in told.values()):
            lines.append(charts.Line(power_name(kind), [told.get(d) for d in days]))
    held = dict(powers.filter(pl.col("star").is_not_null()).select("as_of", "star").rows())
    if not lines:
        return None
    name = track_name(tracks["track"][0])
    known = [held[d] for d in days if d in held]
    first, last = (stars(known[0]), stars(known[-1])) if known else ("—", "—")
    title = said(f"{name}：{len(days)} 次页面里从 {first} 到 {last}", f"{name}: from {first} to {last} over {len(days)} pages")
    if first == last:
        title = said(f"{name}：{len(days)} 次页面都是 {last}", f"{name}: {last} on all of {len(days)} pages")
    return charts.Trend(title, days, lines)


@dataclass(frozen=True)
class Slider:
    """What may be supposed of one indicator. `plain`: the page's figure as somebody would type it; `most`: where the slider ends."""

    code: str
    name: str
    power: str
    now: str
    aim: str
    value: str
    plain: str
    typed: str
    most: str
    unit: str
    changed: bool


def sliders(standing: pl.DataFrame, tracks: pl.DataFrame, wish: Wish) -> list[Slider]:
    """One for each indicator, whichever track names it; shares in percent."""
    if tracks.is_empty():
        return []
    order = {t: i for i, t in enumerate(tracks["track"])}
    rows = sorted(
        standing.to_dicts(), key=lambda r: (order[r["track"]], ORDER.index(r["kind"]) if r["kind"] in ORDER else 9, r["code"])
    )
    found, seen = [], set()
    for row in rows:
        code, unit = row["code"], row["unit"] or ""
        if code in seen or (row["value"] is None and row["next_average"] is None):
            continue
        seen.add(code)
        times = 100 if unit == "%" else 1
        now, aim, supposed = row["value"], row["next_average"], wish.supposed.get(code)
        bound = INDICATORS[code].most if code in INDICATORS else None
        room = 1.5 * max(now or 0, aim or 0, supposed or 0) or 10
        most = room if bound is None else min(bound, room)
        shown = next(v for v in (supposed, now, 0.0) if v is not None)
        found.append(
            Slider(
                code, indicator_name(row), power_name(row["kind"]), in_unit(now, unit), in_unit(aim, unit),
                _plain(shown * times),
                "" if now is None else _plain(now * times), "" if supposed is None else _plain(supposed * times), _plain(most * times),
                "%" if unit == "%" else said(*UNITS[unit]) if unit in UNITS else unit, supposed is not None,
            )
        )  # fmt: skip
    return found


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")

"""The page of tests in the reader's words: verdicts, what is still missing, and how long a test must run before it starts."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf

from zhanggui.plans.fast_test import Length, PageTest, Reading
from zhanggui.web import words
from zhanggui.web.words import said

#: Step → its rate, what is counted, and of what.
STEPS = {
    ("clicks", "exposures"): (("点击率", "click rate"), ("点击", "clicks"), ("曝光", "exposures")),
    ("inquiries", "clicks"): (("询盘率", "inquiry rate"), ("询盘", "inquiries"), ("点击", "clicks")),
    ("inquiries", "visitors"): (("询盘率", "inquiry rate"), ("询盘", "inquiries"), ("访客", "visitors")),
}
SUBJECTS = {
    "主图": "main image", "标题": "title", "详情页": "page", "关键词": "words", "地域": "regions", "时段": "hours", "买家标签": "labels",
}  # fmt: skip
YEAR = 365


def rate_of(step: tuple[str, str]) -> str:
    return said(*STEPS[step][0])


def events_of(step: tuple[str, str], n: float = 2) -> str:
    zh, en = STEPS[step][1]
    return said(zh, {"clicks": "click", "inquiries": "inquiry"}[en] if n == 1 else en)


def trials_of(step: tuple[str, str]) -> str:
    return said(*STEPS[step][2])


def about(value: float) -> str:
    """A figure as far as it means something."""
    return f"{value:,.0f}" if abs(value) >= 10 else f"{value:,.1f}" if abs(value) >= 1 else f"{value:,.2f}"


def days(value: float) -> str:
    n = max(1, ceil(value - 1e-9))
    return said(f"{n:,} 天", f"{n:,} {'day' if n == 1 else 'days'}")


def money(value: float, currency: str) -> str:
    return f"{max(value, 0):,.0f} {currency}" if value >= 10 else f"{value:,.2f} {currency}"


def chance(of: float) -> str:
    """A chance in per cent; never 0 % or 100 %."""
    if of >= 0.995:
        return said(" 99% 以上", "over 99%")
    return said("不到 1% ", "below 1%") if of < 0.005 else said(f" {of:.0%} ", f"{of:.0%}")


def part(worth: float) -> str:
    return f"{worth:.0%}"


@dataclass(frozen=True)
class Cell:
    """A variant in the table: counts, rate, and the best one's rate over its own."""

    name: str
    events: str
    trials: str
    rate: str
    ratio: str
    best: bool


@dataclass(frozen=True)
class Told:
    """One step of a test, told. `pays`: the currency of what P4P costs, "" where the reader is not shown it; `alone`: no other step calls another variant better."""

    reading: Reading
    worth: float
    limit: int
    pays: str
    alone: bool = True

    @property
    def rate(self) -> str:
        return rate_of(self.reading.step)

    @property
    def counted(self) -> str:
        return events_of(self.reading.step).capitalize()

    @property
    def of(self) -> str:
        return trials_of(self.reading.step).capitalize()

    @property
    def badge(self) -> str:
        kind = self.reading.told.kind
        if kind == "open":
            return said("不建议再等", "not worth waiting for") if self.hopeless else said("还不够判断", "not enough yet")
        return said("更好", "better") if kind == "better" else said("没有要紧的差别", "no difference that matters")

    @property
    def hopeless(self) -> bool:
        left = self.reading.days
        return self.reading.told.kind == "open" and left is not None and left > self.limit

    @property
    def says(self) -> str:
        told, best = self.reading.told, self.reading.best
        if told.kind == "better" and not self.alone:
            return said(f"「{best.name}」的{self.rate}更高。", f"“{best.name}” has the higher {self.rate}.")
        if told.kind == "better":
            return said(
                f"「{best.name}」的{self.rate}更高，换上它。",
                f"“{best.name}” has the higher {self.rate}: use it.",
            )
        if told.kind == "same":
            alike = self._names(told.left)
            return said(
                f"{alike}之间没有 {part(self.worth)} 以上的差别：用哪个都行，下次测一个更大的改动。",
                f"{alike} do not differ by {part(self.worth)} or more: use either, and test a bolder change next.",
            )
        alike = self._names(told.left)
        return said(f"{alike}还分不出高下：{self.missing}。", f"{alike} cannot be told apart yet: {self.missing}.")

    def _names(self, left: tuple[int, ...]) -> str:
        names = [self.reading.variants[i].name for i in left]
        return said("".join(f"「{n}」" for n in names), " and ".join(f"“{n}”" for n in names))

    @property
    def missing(self) -> str:
        """37 more clicks ≈ 9 days ≈ 26 USD."""
        reading, told = self.reading, self.reading.told
        if told.needs == inf:
            return said(
                "差别正好在要紧与不要紧之间，再多也分不出",
                "the difference lies just where it begins to matter, and more would not tell",
            )
        what = events_of(reading.step)
        parts = [said(f"再要约 {told.needs:,.0f} 次{what}", f"about {told.needs:,.0f} more {what}")]
        if reading.days is not None and reading.days > YEAR:
            return said(f"{parts[0]}，照现在的速度一年以上", f"{parts[0]}, more than a year at this pace")
        if reading.days is not None:
            parts.append(days(reading.days))
        if self.pays and reading.money is not None:
            parts.append(money(reading.money, self.pays))
        return " ≈ ".join(parts)

    @property
    def note(self) -> str:
        """How sure it is: n, and the chance that a difference would have shown."""
        told = self.reading.told
        return said(
            f"共 {told.events:,} 次{events_of(self.reading.step)}；真有 {part(self.worth)} 的差别，到现在有{chance(told.power)}的可能已经看出来。",
            f"{told.events:,} {events_of(self.reading.step, told.events)} in all; a true difference of {part(self.worth)} would have shown by now {chance(told.power)} of the time.",
        )

    @property
    def cells(self) -> list[Cell]:
        told = self.reading.told
        beside = {p.other: p for p in told.pairs}
        found = []
        for i, v in enumerate(self.reading.variants):
            pair = beside.get(i)
            ratio = "—"
            if pair is not None:
                high = "∞" if pair.high == inf else f"{pair.high:.2f}"
                middle = f"{pair.ratio:.2f} " if pair.ratio is not None else ""
                ratio = f"{middle}({pair.low:.2f}–{high})"
            found.append(Cell(v.name, f"{v.events:,}", f"{v.trials:,}", f"{v.rate:.2%}", ratio, i == told.best))
        return found


@dataclass(frozen=True)
class Entry:
    """A test of the register with what is told of it."""

    test: PageTest
    told: tuple[Told, ...]

    @property
    def subject(self) -> str:
        return said(self.test.subject, SUBJECTS.get(self.test.subject, self.test.subject))

    @property
    def clash(self) -> str:
        """What to do where the steps call different variants better."""
        if all(told.alone for told in self.told):
            return ""
        both = [
            f"{r['variant']} {r['inquiries'] / r['exposures']:.3%}"
            for r in self.test.rows
            if r["exposures"] and r["inquiries"] is not None
        ]
        counts = said("：", ": ") + said("，", ", ").join(both) if both else ""
        return said(
            f"两步说的相反，先别换：一次曝光最后带来多少询盘才算数{counts}（只是数出来的，还没有判断）。",
            f"The two steps disagree: change nothing yet. What counts is the inquiries of one exposure{counts} (counted only, not judged).",
        )

    @property
    def when(self) -> str:
        if not self.test.start:
            return said("没有写开始日", "no first day written down")
        end = words.day(self.test.end) if self.test.end else said("还在跑", "still running")
        return f"{words.day(self.test.start)} – {end}"


def length_says(told: Length, pays: str) -> list[str]:
    """How long a fast test must run: first the answer, then what it rests on. `pays` as in `Told`."""
    what, trials = events_of(told.step), trials_of(told.step)
    if not told.known:
        return [
            said(
                f"不知道要跑多久：报表里没有它的{what}或{trials}。",
                f"How long is not known: the report lacks its {what} or {trials}.",
            )
        ]
    if told.days == inf:
        return [
            said(
                f"不建议测：最近 {told.subject.days} 天没有{what}，看不出任何差别。",
                f"Don't: no {what} in the last {told.subject.days} days, so no difference could be told.",
            )
        ]
    size = said(
        f"{told.events:,} 次{what}（约 {told.trials:,.0f} 次{trials}）",
        f"{told.events:,} {what} (about {told.trials:,.0f} {trials})",
    )
    parts = [size, days(told.days)]
    if pays and told.money is not None:
        bought = money(told.money, pays)
        parts.append(said(f"{bought}（全靠直通车买的话）", f"{bought} (if all are bought by P4P)"))
    sum_ = " ≈ ".join(parts)
    if told.advised:
        return [
            said(f"要跑 {days(told.days)}：{sum_}。", f"It must run for {days(told.days)}: {sum_}."),
        ]
    found = [
        said(
            f"不建议测：{sum_}，超过您给的 {days(told.limit)}。",
            f"Don't: {sum_}, more than the {days(told.limit)} that you allow.",
        )
    ]
    if told.least is None:
        found.append(said("这段时间里多大的差别都看不出。", "No difference asked about could be told in that time."))
    else:
        found.append(
            said(
                f"{days(told.limit)}里只看得出 {part(told.least)} 以上的差别：改动要够大再测，或者看更早的一步（点击率）。",
                f"In {days(told.limit)} only a difference of {part(told.least)} or more could be told: test a bolder change, or an earlier step (click rate).",
            )
        )
    return found

"""The best title under a length: words chosen so that as much search heat as possible is covered whole, then put in order.

The choice is an integer programme: a keyword counts only where every word of it stands in the title, no word stands twice, and all
fit. The order is a second one: what buyers write side by side stands side by side, and what is sold comes last.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from zhanggui.plans.title_words import Parts, Piece, numbered, parts_of, pieces_of

#: How long the solver may try, in its own count of steps: the same result on every machine, however busy. One is about a second.
EFFORT = 8.0
ORDER_EFFORT = 0.8
SCALE = 1_000_000  # the sum of all weights as a whole number


class DoesNotFit(ValueError):
    """The words that must stand in the title are longer than a title may be."""


class TooHard(ValueError):
    """No title was found in time, and none was shown to be impossible."""


@dataclass(frozen=True)
class Title:
    """A title. `covered`: the keywords that stand in it whole; `weight`: theirs; `bound`: no title can reach more.

    `status`: optimal, or feasible where time ran out first. `beside`: the share of the covered weight whose words stand side by
    side, in the order in which buyers write them. `seconds`: what the choice took.
    """

    text: str
    covered: tuple[str, ...]
    weight: float
    bound: float
    status: str
    beside: float
    seconds: float

    @property
    def gap(self) -> float:
        """How far it may be below the best, as a share."""
        return max(self.bound - self.weight, 0.0) / self.bound if self.bound > 0 else 0.0


def build(
    weights: Mapping[str, float],
    *,
    today: str = "",
    keep: Collection[str] = (),
    held: Collection[str] = (),
    last: str = "",
    new: int | None = None,
    spelling: Mapping[str, str] | None = None,
    neighbours: Collection[tuple[str, str]] = (),
    limit: int = 128,
    effort: float = EFFORT,
    order_effort: float = ORDER_EFFORT,
) -> Title:
    """The title of at most `limit` characters with the most weight of fully covered keywords.

    `weights`: keyword → weight ≥ 0. `today`: the title as it is: its spellings are kept, and what room is left is filled with its
    words; at most `new` words are not of it. `keep`: words that must stand in the title, as today's has them; `held`: keywords that must stay covered;
    `last`: the word to end with, if it is in it. `spelling`: how words are written, by their folded form; `neighbours`: folded
    words that read well side by side. `effort`, `order_effort`: see `EFFORT`; where no order is found in time, the words stand as they
    were chosen. Raises `DoesNotFit`, and `TooHard` where no title is found in time.
    """
    words = sorted(weights)
    ordered = dict(zip(words, parts_of(words), strict=True))
    worth: dict[Parts, float] = defaultdict(float)
    for word, parts in ordered.items():
        if parts and weights[word] > 0:
            worth[frozenset(parts)] += weights[word]
    must = {p for parts in parts_of([*keep, *held]) for p in parts}
    pieces = pieces_of(today, words, weights, keep, must, spelling or {})
    chosen, bound, status, took = _choose(worth, pieces, must, limit, new, effort)
    chosen = _filled(chosen, pieces, limit)
    standing = frozenset[str]().union(*(p.parts for p in chosen))
    covered = [word for word, parts in ordered.items() if parts and standing.issuperset(parts)]
    pairs = _pairs({ordered[w]: weights[w] for w in covered}, parts_of([today])[0], neighbours)
    line = _order(chosen, pairs, next(iter(parts_of([last])[0]), ""), order_effort)
    text = " ".join(p.text for p in line)
    weight = sum(weights[w] for w in covered)
    side = " ".join(p for piece in line for p in piece.ordered)
    beside = sum(weights[w] for w in covered if f" {' '.join(ordered[w])} " in f" {side} ")
    return Title(
        text,
        tuple(sorted(covered, key=lambda w: (-weights[w], w))),
        weight,
        max(bound, weight),
        status,
        beside / weight if weight else 0.0,
        took,
    )


def _choose(
    worth: Mapping[Parts, float], pieces: list[Piece], must: Collection[str], limit: int, new: int | None, effort: float
) -> tuple[list[Piece], float, str, float]:
    """The pieces of the best title, the bound on its weight, whether it was reached, and the seconds that it took."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    using = [model.new_bool_var(p.text) for p in pieces]
    holding: dict[str, list[int]] = defaultdict(list)
    for i, piece in enumerate(pieces):
        for part in piece.parts:
            holding[part].append(i)
    there = {part: using[at[0]] if len(at) == 1 else sum(using[i] for i in at) for part, at in holding.items()}
    for piece, x in zip(pieces, using, strict=True):
        if piece.kept:
            model.add(x == 1)
    for part, at in holding.items():
        free = [using[i] for i in at if not pieces[i].kept]
        if part in must and len(free) == len(at):
            model.add_exactly_one(free)
        elif len(free) > 1:
            model.add_at_most_one(free)
    model.add(sum((len(p.text) + 1) * x for p, x in zip(pieces, using, strict=True)) <= limit + 1)
    if new is not None:
        model.add(sum(x for p, x in zip(pieces, using, strict=True) if not p.old and not p.parts & set(must)) <= new)
    whole = sum(worth.values()) or 1.0
    terms = []
    for parts, weight in worth.items():
        value = round(weight / whole * SCALE)
        if value and all(part in there for part in parts):
            covers = model.new_bool_var("")
            for part in parts:
                model.add(covers <= there[part])
            terms.append((value, covers, parts))
    model.maximize(sum(value * covers for value, covers, _ in terms))
    _hint(model, pieces, using, terms, must, limit)
    solver = _solver(effort)
    solver.parameters.linearization_level = 2
    state = solver.solve(model)
    if state == cp_model.INFEASIBLE:
        raise DoesNotFit(" ".join(sorted(must)))
    if state not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise TooHard(" ".join(sorted(must)))
    serving = set(must).union(*(parts for _, covers, parts in terms if solver.value(covers)))
    chosen = [p for p, x in zip(pieces, using, strict=True) if solver.value(x) and p.parts & serving]
    reached = "optimal" if state == cp_model.OPTIMAL else "feasible"
    return chosen, solver.best_objective_bound / SCALE * whole, reached, solver.wall_time


def _solver(effort: float) -> Any:
    """One that gives the same answer each time: one thread, one seed, its steps counted and not the clock."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.max_deterministic_time = effort
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    return solver


def _hint(
    model: Any, pieces: list[Piece], using: list[Any], terms: list[tuple[int, Any, Parts]], must: Collection[str], limit: int
) -> None:
    """A first answer for the solver: the better of two ways to take keyword after keyword, as long as they fit."""
    length = {part: min(len(p.text) + 1 for p in pieces if part in p.parts) for _, _, parts in terms for part in parts}
    single = {next(iter(p.parts)): i for i, p in enumerate(pieces) if len(p.parts) == 1}
    kept = frozenset[str]().union(*(p.parts for p in pieces if p.kept))
    first = {part for part in must if part in single} | kept
    room = limit + 1 - sum(len(pieces[single[part]].text) + 1 for part in first - kept)
    room -= sum(len(p.text) + 1 for p in pieces if p.kept)
    known = [(value, parts) for value, _, parts in terms if all(part in single or part in kept for part in parts)]
    ways = [_taken(known, length, first, room, dense) for dense in (True, False)]
    taken = max(ways, key=lambda way: sum(value for value, parts in known if parts <= way))
    for i, x in enumerate(using):
        model.add_hint(x, pieces[i].kept or (len(pieces[i].parts) == 1 and next(iter(pieces[i].parts)) in taken))
    for _, covers, parts in terms:
        model.add_hint(covers, parts <= taken)


def _taken(
    known: list[tuple[int, Parts]], length: Mapping[str, int], first: Collection[str], room: int, dense: bool
) -> set[str]:
    """The words of the keywords that fit: the most weight for a character first (`dense`), or the heaviest first."""
    taken, left = set(first), list(known)
    while True:
        priced = [(value, sum(length[p] for p in parts - taken), sorted(parts)) for value, parts in left]
        fitting = [(value / max(cost, 1) if dense else value, cost, parts) for value, cost, parts in priced if cost <= room]
        if not fitting:
            return taken
        _, cost, parts = max(fitting)
        taken |= set(parts)
        room -= cost
        left = [(value, other) for value, other in left if not other <= taken]


def _filled(chosen: list[Piece], pieces: list[Piece], limit: int) -> list[Piece]:
    """With the words of today's title, in their order, that still fit: 5 beside 0.5 says more."""
    line, standing = list(chosen), set[str]().union(*(p.parts for p in chosen))
    for piece in pieces:
        more = piece.old and piece not in line and (numbered(piece.text) or not piece.parts & standing)
        if more and sum(len(p.text) + 1 for p in [*line, piece]) <= limit + 1:
            line.append(piece)
            standing |= piece.parts
    return line


def _pairs(
    covered: Mapping[tuple[str, ...], float], today: Sequence[str], neighbours: Collection[tuple[str, str]]
) -> dict[tuple[str, str], float]:
    """Two words → how much speaks for the second right after the first: buyers' searches, titles, and most the title as it is."""
    pairs: dict[tuple[str, str], float] = defaultdict(float)
    for parts, weight in covered.items():
        for pair in pairwise(parts):
            pairs[pair] += weight
    usual = max(pairs.values(), default=1.0)
    for pair in neighbours:
        pairs[pair] += 0.2 * usual
    for pair in pairwise(today):
        pairs[pair] += 0.3 * usual
    return pairs


def _order(pieces: list[Piece], pairs: Mapping[tuple[str, str], float], last: str, effort: float) -> list[Piece]:
    """The row in which the most is side by side, as a tour through a place before the first word; as given, but for the last word,
    where none is found in time."""
    if len(pieces) < 2:
        return pieces
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    ends = [p.ordered for p in pieces]
    whole = sum(pairs.values()) or 1.0
    arcs, gains = [], []
    final_one = min((i for i, p in enumerate(pieces) if last in p.parts), key=lambda i: len(pieces[i].parts), default=None)
    for i in range(len(pieces)):
        for j in range(len(pieces)):
            if i != j:
                arc = model.new_bool_var("")
                arcs.append((i + 1, j + 1, arc))
                gain = round(pairs.get((ends[i][-1], ends[j][0]), 0.0) / whole * SCALE)
                if gain:
                    gains.append(gain * arc)
        first, final = model.new_bool_var(""), model.new_bool_var("")
        arcs += [(0, i + 1, first), (i + 1, 0, final)]
        if i == final_one:
            model.add(final == 1)
    model.add_circuit(arcs)
    model.maximize(sum(gains))
    solver = _solver(effort)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return sorted(pieces, key=lambda piece: last in piece.parts)
    following = {i: j for i, j, arc in arcs if solver.value(arc)}
    line, at = [], following[0]
    while at:
        line.append(pieces[at - 1])
        at = following[at]
    return line

"""Which numbers and lists of the rulebook a check reads, told from its code and from the measures that it calls."""

from __future__ import annotations

from functools import cache
from inspect import unwrap
from types import CodeType, FunctionType, ModuleType

from zhanggui.checks.check import load
from zhanggui.rulebook import LISTS, RULEBOOK


@cache
def readers() -> dict[str, tuple[str, ...]]:
    """Name of a number or list → codes of the checks that read it."""
    found: dict[str, list[str]] = {name: [] for name in (*RULEBOOK.numbers, *LISTS)}
    for code, check in load().items():
        for name in _reads(check.function, set()):
            found[name].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def _reads(called: object, seen: set[object]) -> set[str]:
    function = unwrap(called) if callable(called) else called
    if not isinstance(function, FunctionType) or function in seen:
        return set()
    seen.add(function)
    texts, names = _inside(function.__code__)
    found = {t for t in texts if ("rules" in names and t in RULEBOOK.numbers) or ("LISTS" in names and t in LISTS)}
    here = [function.__globals__.get(n) for n in names]
    modules = [m for m in here if isinstance(m, ModuleType) and m.__name__.startswith("zhanggui.")]
    for other in [*here, *(getattr(m, n, None) for m in modules for n in names)]:
        if getattr(other, "__module__", "").startswith(("zhanggui.checks.", "zhanggui.measures.")):
            found |= _reads(other, seen)
    return found


def _inside(code: CodeType) -> tuple[set[str], set[str]]:
    """The texts and the names of a function, with those of the functions inside it."""
    texts = {c for c in code.co_consts if isinstance(c, str)}
    names = {*code.co_names, *code.co_varnames, *code.co_freevars}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            more = _inside(inner)
            texts, names = texts | more[0], names | more[1]
    return texts, names

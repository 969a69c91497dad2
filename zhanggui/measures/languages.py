"""In which language a word is searched: its script first, then a model of letters over the languages in which this trade is done."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache
from typing import Any

from zhanggui.rulebook import LISTS

#: Code → what a person calls it.
NAMES = {
    "en": ("英语", "English"), "es": ("西班牙语", "Spanish"), "fr": ("法语", "French"), "pt": ("葡萄牙语", "Portuguese"),
    "id": ("印尼语", "Indonesian"), "tr": ("土耳其语", "Turkish"), "de": ("德语", "German"), "it": ("意大利语", "Italian"),
    "vi": ("越南语", "Vietnamese"), "ja": ("日语", "Japanese"), "ko": ("韩语", "Korean"), "zh": ("中文", "Chinese"),
    "ru": ("俄语", "Russian"), "ar": ("阿拉伯语", "Arabic"), "he": ("希伯来语", "Hebrew"), "th": ("泰语", "Thai"),
    "hi": ("印地语", "Hindi"),
}  # fmt: skip
#: Scripts that tell the language; kana before Han, since Japanese mixes the two.
SCRIPTS = {
    "ja": "\u3040-\u30ff", "ko": "\u1100-\u11ff\uac00-\ud7af", "zh": "\u3400-\u4dbf\u4e00-\u9fff", "ru": "\u0400-\u04ff",
    "ar": "\u0600-\u06ff", "he": "\u0590-\u05ff", "th": "\u0e00-\u0e7f", "hi": "\u0900-\u097f",
}  # fmt: skip
#: How often buyers of this trade write in a language of Latin letters: of two that fit a short word alike, the commoner is meant.
LATIN = {"en": 0.25, "es": 0.2, "fr": 0.15, "pt": 0.15, "id": 0.1, "tr": 0.1, "de": 0.04, "it": 0.04, "vi": 0.08}

KEPT = 200_000  # words whose language is remembered: about 20 MB
_known: dict[str, str | None] = {}


def languages(words: Iterable[str], english: Collection[str] = ()) -> dict[str, str | None]:
    """Word → code of its language; None where it names no more than brands, sizes and models.

    `english`: single words of the shop's own titles: what is made of them alone is English. Exports lose accents, and one short
    word fits several languages, so a single answer may be wrong; over a list the shares are right. 20,000 new words: about 2 s.
    """
    told: dict[str, str | None] = {}
    asked: dict[str, str] = {}
    for word in dict.fromkeys(words):
        script = next((code for code, letters in SCRIPTS.items() if re.search(f"[{letters}]", word)), None)
        parts = _telling(word)
        if script or not parts:
            told[word] = script
        elif english and all(p in english or p.removesuffix("s") in english for p in parts):
            told[word] = "en"
        else:
            asked[word] = " ".join(parts)
    texts = set(asked.values())
    new = sorted(texts - _known.keys())
    if len(_known) + len(new) > KEPT:
        _known.clear()
        new = sorted(texts)
    if new:
        for text, values in zip(new, _model().compute_language_confidence_values_in_parallel(new), strict=True):
            _known[text] = _likeliest(values)
    return told | {word: _known[text] for word, text in asked.items()}


def _telling(word: str) -> list[str]:
    """The parts of a word that tell a language: letters alone, no brand, more than one of them."""
    plain = _brands().sub(" ", word.lower())
    return [p for p in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.sub(r"\w*\d\w*", " ", plain)) if len(p) > 1]


@cache
def _brands() -> re.Pattern[str]:
    names = "|".join(re.escape(n) for n in sorted(LISTS["brands"].names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)")


@cache
def _model() -> Any:
    from lingua import IsoCode639_1, Language, LanguageDetectorBuilder

    wanted = [Language.from_iso_code_639_1(getattr(IsoCode639_1, code.upper())) for code in LATIN]
    return LanguageDetectorBuilder.from_languages(*wanted).build()


def _likeliest(values: Any) -> str | None:
    """The language whose fit, weighed by how often it is written, is the highest."""
    weighed = {v.language.iso_code_639_1.name.lower(): v.value for v in values}
    weighed = {code: fit * LATIN[code] for code, fit in weighed.items()}
    best = max(weighed, key=lambda code: (weighed[code], code))
    return best if weighed[best] > 0 else None

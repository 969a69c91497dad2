"""The language of words as buyers type them, on words that no export of anybody's was needed for."""

from __future__ import annotations

import time

import pytest

from zhanggui.measures.languages import NAMES, languages

TOLD = {
    "portable power station": "en", "waterproof camping lantern": "en", "solar panel for home": "en", "rechargeable flashlight": "en",
    "kitchen storage box": "en", "generador solar portátil": "es", "lámpara para jardín": "es", "batería recargable": "es",
    "luces de camping": "es", "bolsos de mujer": "es", "lampe solaire extérieur": "fr", "chargeur pour voiture": "fr",
    "panneau solaire pliable": "fr", "sacs à main femme": "fr", "lâmpada solar para jardim": "pt", "bateria recarregável": "pt",
    "bolsas femininas": "pt", "güneş enerjisi paneli": "tr", "bahçe lambası": "tr", "kadın çanta": "tr", "lampu tenaga surya": "id",
    "tas wanita murah": "id", "tragbare stromversorgung": "de", "gartenleuchte": "de", "lampada da giardino": "it",
    "đèn năng lượng mặt trời": "vi", "солнечная панель": "ru", "لوح شمسي": "ar", "태양광 조명": "ko", "太阳能灯": "zh",
    "ソーラーライト": "ja", "โคมไฟ": "th", "led 灯 outdoor": "zh",
}  # fmt: skip


def test_nearly_every_word_is_told_right():
    told = languages(TOLD)
    wrong = {w: (told[w], TOLD[w]) for w in TOLD if told[w] != TOLD[w]}
    assert len(wrong) <= 2, wrong


@pytest.mark.parametrize("word", ["nike", "adidas 42", "1000w", "38", "", "!", "a 5"])
def test_brands_sizes_and_models_have_no_language(word):
    assert languages([word]) == {word: None}


def test_what_is_made_of_the_shop_s_own_title_words_is_english():
    assert languages(["tenis"], english={"tenis"}) == {"tenis": "en"}
    assert languages(["tenis"]) != {"tenis": "en"}


def test_every_language_has_a_name():
    assert set(languages(TOLD).values()) <= set(NAMES)


def test_a_word_is_worked_out_once_and_twenty_thousand_in_bounded_time():
    words = [f"{a} {b} {c}" for a in TOLD for b in TOLD for c in list(TOLD)[:19]][:20_000]
    begun = time.monotonic()
    first = languages(words)
    took = time.monotonic() - begun
    begun = time.monotonic()
    assert languages(words) == first
    assert took < 60
    assert time.monotonic() - begun < max(took / 2, 2)

"""The language of the made-up shop: product titles, buyers' words, people and places. All invented."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.random import Generator


def labels(row: str) -> tuple[str, ...]:
    """The entries of a row written with bars between them."""
    return tuple(row.split("|"))


SHOP = "演示灯电出口店 (Demo Lumen & Power Store)"
OWNERS = ("Demo Lin", "Demo Qiu", "Demo Wen")
SELLER = "Lumen & Power Demo Co., Ltd."
COUNTRIES = ("United States", "Germany", "Spain", "Mexico", "France", "Canada", "Chile", "Australia", "Kenya", "Poland")
FIRST = ("Ada", "Bruno", "Carla", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Karla", "Luis")
LAST = ("Alder", "Bask", "Corvo", "Dunmore", "Ester", "Falk", "Grove", "Holm", "Ivers", "Juno", "Kestrel", "Lund")
COLOURS = ("Black-B01", "Orange-R02", "Grey-G03", "Green-N04", "Sand-S05")

#: Brands of others. No title and no natural word holds one.
BRANDS = ("anker", "ecoflow", "jackery", "bosch", "makita", "philips")

#: Uses that no title names: the words of `uncovered_word` are made from them.
UNTITLED = (
    "greenhouse solar light",
    "kayak fishing light",
    "caravan power station",
    "drone charging station",
    "scaffold work light",
    "beekeeping headlamp rechargeable",
    "sauna light waterproof",
    "marina dock light",
)

#: What buyers add to a word and no title has; only words with a low index carry one.
COLLOQUIAL = ("cheap", "near me", "diy", "kit price", "spare parts", "rental", "review", "second hand", "repair", "bulk buy")


@dataclass(frozen=True)
class Category:
    """A leaf category, with the nouns and features from which its titles are made."""

    name: str
    group: str
    price: float
    nouns: tuple[str, ...]
    features: tuple[str, ...]
    uses: tuple[str, ...]


CATEGORIES = (
    Category(
        "Portable Power Stations",
        "Power",
        180.0,
        ("Portable Power Station", "Solar Generator", "Battery Backup", "Power Bank Station"),
        (
            "300W",
            "600W",
            "1000W",
            "1200W",
            "2000W",
            "LiFePO4",
            "Pure Sine Wave",
            "Fast Charging",
            "Lightweight",
            "110V",
            "220V",
        ),
        ("Outdoor Camping", "Home Emergency", "Road Trip", "Mobile Office"),
    ),
    Category(
        "Portable Solar Panels",
        "Power",
        70.0,
        ("Foldable Solar Panel", "Portable Solar Charger", "Solar Blanket", "Flexible Solar Panel"),
        ("60W", "100W", "200W", "400W", "Monocrystalline", "IP67", "ETFE", "USB Output", "High Efficiency", "Adjustable Stand"),
        ("Hiking", "Boat Deck", "Off Grid Cabin", "Outdoor Camping"),
    ),
    Category(
        "LED Work Lights",
        "Lighting",
        15.0,
        ("LED Work Light", "Rechargeable Flood Light", "Magnetic Inspection Lamp", "Tripod Work Light"),
        ("20W", "50W", "100W", "Cordless", "Super Bright", "COB", "Dimmable", "IP65", "Rotating Base", "5000 Lumen"),
        ("Construction Site", "Car Repair", "Garage", "Warehouse"),
    ),
    Category(
        "Camping Lanterns",
        "Lighting",
        9.0,
        ("Camping Lantern", "Rechargeable Tent Light", "Collapsible Lantern", "LED Headlamp"),
        (
            "USB C",
            "Waterproof",
            "Warm White",
            "Solar Charging",
            "Retro Style",
            "1000 Lumen",
            "Foldable",
            "Long Runtime",
            "Hanging Hook",
        ),
        ("Hiking", "Fishing Night", "Power Outage", "Outdoor Camping"),
    ),
    Category(
        "Solar Garden Lights",
        "Lighting",
        12.0,
        ("Solar Garden Light", "Solar Wall Lamp", "Solar Street Light", "Solar Pathway Light"),
        (
            "Motion Sensor",
            "IP65",
            "Warm White",
            "Color Changing",
            "30W",
            "100W",
            "Dusk to Dawn",
            "Stainless Steel",
            "Wide Angle",
        ),
        ("Yard", "Fence", "Patio", "Driveway"),
    ),
)

LEADS = ("Wholesale", "Factory Direct", "Custom", "New Design", "OEM ODM", "High Quality", "Hot Sale")
TAILS = ("with Gift Box", "Bulk Order", "CE RoHS Certified", "One Year Warranty", "Fast Delivery", "Private Label")

SPANISH = labels(
    "generador solar|estación de energía portátil|lámpara solar|batería portátil|farola solar|linterna recargable"
    "|panel solar plegable|foco led recargable|luz solar exterior"
)
SPANISH_EXTRA = labels("para jardín|para camping|barato|con sensor|500w|1000w|de trabajo|al por mayor|resistente")
FRENCH = labels("lampe solaire|station électrique portable|panneau solaire pliable|lanterne de camping|projecteur led")
FRENCH_EXTRA = labels("jardin|pas cher|étanche|avec détecteur|1000w|rechargeable|extérieur|puissant")


def as_platform(word: str) -> str:
    """The word as the platform's file shows it: accented letters are lost, not replaced."""
    return word.encode("ascii", "ignore").decode()


def pick(rng: Generator, of: tuple[str, ...], k: int) -> list[str]:
    return [of[i] for i in rng.permutation(len(of))[:k]]


def model_number(rng: Generator) -> str:
    return f"{''.join(rng.choice(list('DGLPSX'), 2))}{rng.integers(100, 999)}"


def title(rng: Generator, category: Category, model: str) -> str:
    """A product title of 60 to 128 characters; nouns and features stay whole phrases."""
    noun = category.nouns[rng.integers(len(category.nouns))]
    features = pick(rng, category.features, 4)
    use = " ".join(pick(rng, category.uses, 2))
    parts = [str(rng.choice(LEADS)), *features[:2], noun, model, *features[2:], "for", use, str(rng.choice(TAILS))]
    while len(" ".join(parts)) > 128:
        parts.pop()
    return " ".join(parts)


def tokens(text: str) -> frozenset[str]:
    return frozenset(text.lower().split())


def covered(word: str, titles: list[frozenset[str]]) -> bool:
    """Whether one title holds every token of the word."""
    wanted = tokens(word)
    return any(wanted <= held for held in titles)


def english_word(rng: Generator, category: Category, product_title: str) -> str:
    """A buyer's word all of whose tokens stand in the title: a noun of the title, with nothing to three of its features."""
    noun = next(n for n in category.nouns if n in product_title).lower()
    inside = [f.lower() for f in (*category.features, *category.uses, *LEADS) if f in product_title]
    extra = [inside[i] for i in rng.permutation(len(inside))[: int(rng.choice(4, p=(0.15, 0.35, 0.35, 0.15)))]]
    head = extra[: int(rng.integers(0, len(extra) + 1))]
    return " ".join([*head, noun, *extra[len(head) :]])


def foreign_words(rng: Generator) -> list[tuple[str, bool]]:
    """Spanish and French words as the platform shows them, in random order, each with whether an accented letter was lost."""
    found: dict[str, bool] = {}
    for nouns, extra in ((SPANISH, SPANISH_EXTRA), (FRENCH, FRENCH_EXTRA)):
        tails = ["", *extra, *(f"{first} {second}" for first, second in permutations(extra, 2))]
        for word in (f"{noun} {tail}".strip() for noun in nouns for tail in tails):
            found.setdefault(as_platform(word), not word.isascii())
    listed = list(found.items())
    return [listed[i] for i in rng.permutation(len(listed))]


def product_ids(rng: Generator, count: int) -> list[str]:
    """Numeric ids of the two lengths that the platform uses."""
    tails = rng.choice(900_000_000, count, replace=False) + 100_000_000
    return [f"{'1609' if i % 3 else '10009'}{tail}" for i, tail in enumerate(np.asarray(tails))]

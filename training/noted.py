"""Writes what stands in notes beside prose: sums, dates, units, addresses, code, initials.

`facts.py` has the lines that confidence is fitted with; `noted.txt` has more kinds, with any
words, so that a recogniser sees signs and digits in many surroundings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

Dice = np.random.Generator

_FORMS = Path(__file__).with_suffix(".txt")
_PLACE = re.compile(r"\{([A-Za-z]+)(\d?)\}")
_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SMALL = _CAPITALS.lower()
_CHOICES = {
    "l": _SMALL,
    "L": _CAPITALS,
    "any": _SMALL + _CAPITALS + "0123456789",
    "sign": "+-x×*/÷:",
    "coin": "$€£",
    "op": [
        "=",
        "==",
        "!=",
        "<=",
        ">=",
        "<",
        ">",
        "+=",
        "-=",
        "+",
        "-",
        "*",
        "/",
        "%",
        "->",
        "&&",
        "||",
        "|",
        "&",
    ],
    "noon": ["am", "pm", "AM", "PM", "a.m.", "p.m."],
    "moon": [
        "January",
        "Feb",
        "mars",
        "April",
        "Mai",
        "June",
        "Jul",
        "août",
        "Sept",
        "Okt",
        "Nov",
        "Dec.",
    ],
    "road": [
        "Street",
        "St",
        "Rd",
        "Ave.",
        "Lane",
        "Drive",
        "Str.",
        "straße",
        "weg",
        "Way",
        "Court",
    ],
    "top": [
        "com",
        "org",
        "net",
        "de",
        "fr",
        "co.uk",
        "io",
        "edu",
        "it",
        "ch",
        "es",
        "nl",
        "info",
        "eu",
    ],
    "unit": [
        "g",
        "kg",
        "mg",
        "ml",
        "l",
        "cl",
        "cm",
        "mm",
        "km",
        "m",
        "kW",
        "kWh",
        "W",
        "V",
        "A",
        "Hz",
        "MHz",
        "GB",
        "MB",
        "°C",
        "°F",
        "%",
        "m²",
        "m³",
        "km/h",
        "h",
        "min",
        "s",
        "lb",
        "oz",
        "ft",
        "in",
        "px",
        "pt",
        "x",
        "°",
    ],
    "short": [
        "Mr.",
        "Mrs.",
        "Ms.",
        "Dr.",
        "Prof.",
        "St.",
        "No.",
        "Nr.",
        "p.",
        "vol.",
        "fig.",
        "cf.",
        "e.g.",
        "i.e.",
        "etc.",
        "approx.",
        "a.m.",
        "p.m.",
        "Inc.",
        "Ltd",
        "GmbH",
        "ext.",
        "tel.",
        "Tel:",
        "Fax:",
        "re:",
        "vs.",
        "w/",
        "w/o",
        "c/o",
        "Apt.",
        "Ave.",
        "Blvd.",
        "Rd.",
        "Jr.",
        "z.B.",
        "u.a.",
        "M.",
        "Mme",
        "Sr.",
        "qty",
        "max.",
        "min.",
    ],
    "accents": [
        "José",
        "Zoë",
        "Müller",
        "Çelik",
        "Łukasz",
        "Søren",
        "Åse",
        "Nuñez",
        "Béla",
        "Dvořák",
        "Škoda",
        "Ödön",
        "Işık",
        "João",
        "François",
        "Große",
        "Äpfel",
        "Übung",
        "naïve",
        "crème",
        "São",
        "Ţară",
        "œuvre",
        "Čapek",
        "Ángel",
        "Éric",
        "Wałęsa",
        "Håkon",
        "Æthel",
        "Þór",
        "Jõgi",
        "žába",
        "piñata",
        "Žižek",
        "Mañana",
        "fjörd",
        "Ängström",
        "ÉTÉ",
        "ÖL",
        "ÇA",
    ],
}


def noted(dice: Dice, word: Callable[[], str]) -> str:
    """A line, or a part of one, that is no prose; now and then with words about it.

    Args:
        dice: the chance.
        word: gives a word of the line's language.
    """
    parts = [_filled(dice, word) for _ in range(1 + (dice.random() < 0.35))]
    for _ in range(int(dice.choice((0, 0, 1, 2)))):
        parts.insert(int(dice.integers(len(parts) + 1)), word())
    return str(dice.choice((" ", " ", " ", ", ", ": ", " - "))).join(parts)


@cache
def _forms() -> Sequence[Sequence[str]]:
    """The forms of each kind."""
    _, *kinds = _FORMS.read_text("utf-8").strip().split("\n\n")
    return [kind.split("\n") for kind in kinds]


def _filled(dice: Dice, word: Callable[[], str]) -> str:
    kinds = _forms()
    kind = kinds[int(dice.integers(len(kinds)))]

    def fill(place: re.Match[str]) -> str:
        name, count = place.groups()
        if name == "d":
            return "".join(map(str, dice.integers(0, 10, int(count))))
        if name in _CHOICES:
            return _pick(dice, _CHOICES[name])
        return _made(name, dice, word)

    return _PLACE.sub(fill, _pick(dice, kind))


def _made(name: str, dice: Dice, word: Callable[[], str]) -> str:
    """What a name in braces stands for, if it is no choice."""
    match name:
        case "w":
            return word()
        case "W":
            return word().capitalize()
        case "U":
            return word().upper()
        case "n":
            return str(_number(dice, 3000))
        case "m":
            return str(_number(dice, 40))
        case "day":
            return _padded(dice, 1, 31)
        case "month":
            return _padded(dice, 1, 12)
        case "hour":
            return _padded(dice, 0, 23)
        case "year":
            return str(int(dice.integers(1890, 2035)))
        case "host":
            return f"{word().lower()}.{_pick(dice, _CHOICES['top'])}"
        case "id":
            return _name_in_code(dice, word)
    raise ValueError(f"{_FORMS.name} has a name that nothing is known of: {name}")


def _number(dice: Dice, most: int) -> int:
    """Small numbers as often as large ones."""
    return int(most ** dice.random())


def _padded(dice: Dice, least: int, most: int) -> str:
    number = int(dice.integers(least, most + 1))
    return f"{number:02d}" if dice.random() < 0.5 else str(number)


def _name_in_code(dice: Dice, word: Callable[[], str]) -> str:
    name = word().lower()
    forms = (
        name,
        f"{name}{_number(dice, 99)}",
        f"{name}_{word().lower()}",
        f"{name}.{word().lower()}",
        f"{name}-{word().lower()}",
        name + word().capitalize(),
        _pick(dice, _SMALL),
        _pick(dice, _SMALL) + _pick(dice, _SMALL),
    )
    return _pick(dice, forms)


def _pick(dice: Dice, choice: Sequence[str]) -> str:
    return choice[int(dice.integers(len(choice)))]

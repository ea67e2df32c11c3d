"""Single tokens: what stands between two blanks and is no prose, and some prose beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from measuring.drawn.fonts import NEW_HANDS, PRINTS, Face
from measuring.drawn.noted_facts import Dice, digits, number, pick
from measuring.transcribed import TranscribedImage

_X_HEIGHT = 24
_OF_A_KIND = 40
_PAPER, _INK, _GRAIN = 250, 40, 6

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UNITS = ("g", "ml", "kg", "km", "cm", "mg", "mm", "kWh", "lb", "W", "GB")
_HOSTS = ("example.com", "mail.org", "gmx.de", "web.net", "uni-bonn.de", "bbc.co.uk", "yahoo.fr")
_USERS = ("anna.berg", "j.smith", "info", "lee22", "r_jones", "tomas", "kim.li", "office")
_CAPITALS = "ABCDEFGHJKLMNPQRSTUVWXYZ"

_LISTS = {
    "abbreviations": "e.g. i.e. etc. Mr. Mrs. Dr. Prof. St. Ave. Ltd. Inc. vs. approx. min. max."
    " incl. tel. ext. c/o p.m. a.m. U.S.A. U.K. Ph.D. NASA BBC EU VAT ASAP FYI RSVP PDF USB CEO Q3"
    " P.S. N.B. vol. qty. J.R. T.S. w/o",
    "accents": "José Zürich Café Müller Renée naïve résumé façade Núñez Peña Jürgen Noël François"
    " Göteborg Málaga Köln Besançon Brontë Händel Gödel Nestlé Zoë Chloë Curaçao piñata crème"
    " brûlée soufflé cliché fiancée déjà Hélène André Miró Kraków Bogotá Düsseldorf Agnès Léon",
    "capitals": "PERFORMANCE EVALUATION SYSTEM TOTAL IMPORTANT NOTE MEETING AGENDA BILL DATE NAME"
    " ADDRESS MILK BREAD URGENT READ TODO DONE PAID SHIP",
    "names": "Okafor Lindqvist Szymanski Nguyen Patel Kowalczyk Haruki Oyelaran Tchaikovsky Wojcik"
    " Adebayo Mbeki Castellanos Gwyneth Siobhan Niamh Aoife Xiomara Yevgeny Quentin Lovelace Tue"
    " Thu Ulm Oslo Ghent Leeds",
    "words": "window garden because people morning table water under nothing friend letter paper"
    " street always coffee house money winter doctor school the and which would never again between"
    " little around before",
}


def _date(dice: Dice) -> str:
    day, month, year = number(dice, 1, 28), number(dice, 1, 12), number(dice, 1990, 2029)
    forms = (
        f"{day}/{month}/{year}",
        f"{day:02d}.{month:02d}.{year % 100:02d}",
        f"{year}-{month:02d}-{day:02d}",
        f"{pick(dice, _DAYS)} {day}/{month}",
        f"{pick(dice, _MONTHS)} {day}th",
        f"{day} {pick(dice, _MONTHS)} {year}",
    )
    return pick(dice, forms)


def _time(dice: Dice) -> str:
    hour, minute = number(dice, 1, 12), number(dice, 0, 59)
    return pick(dice, (f"{hour}:{minute:02d}", f"{hour}.{minute:02d} pm", f"{hour}am"))


def _sum(dice: Dice) -> str:
    one, other = number(dice, 10, 99), number(dice, 10, 99)
    cents = f"{number(dice, 1, 999)}.{digits(dice, 2)}"
    forms = (f"${cents}", f"£{one}", cents, f"-{cents}", f"{one}%", f"{one}+{other}={one + other}")
    return pick(dice, forms)


def _unit(dice: Dice) -> str:
    count, unit = number(dice, 1, 950), pick(dice, _UNITS)
    few = number(dice, 1, 9)
    forms = (
        f"{count}{unit}",
        f"{count} {unit}",
        f"{count % 40}°C",
        f"{few}/{number(dice, 2, 8)} cup",
    )
    return pick(dice, forms)


def _mail(dice: Dice) -> str:
    return f"{pick(dice, _USERS)}@{pick(dice, _HOSTS)}"


def _url(dice: Dice) -> str:
    host = pick(dice, _HOSTS)
    return pick(dice, (f"www.{host}", f"{host}/login", f"https://{host}/doc?id={digits(dice, 2)}"))


def _telephone(dice: Dice) -> str:
    forms = (
        f"+{number(dice, 20, 98)} {digits(dice, 3)} {digits(dice, 7)}",
        f"0{digits(dice, 2)}-{digits(dice, 4)}-{digits(dice, 3)}",
        f"({number(dice, 201, 989)}) {digits(dice, 3)}-{digits(dice, 4)}",
        f"555-{digits(dice, 4)}",
    )
    return pick(dice, forms)


def _code(dice: Dice) -> str:
    def letter() -> str:
        return pick(dice, _CAPITALS)

    forms = (
        f"{letter()}{letter()}{digits(dice, 2)} {letter()}{letter()}{letter()}",
        f"{letter()}{digits(dice, 4)}-{letter()}{digits(dice, 1)}",
        f"#{digits(dice, 4)}",
        f"INV-{digits(dice, 5)}",
        f"DE{digits(dice, 2)} {digits(dice, 4)} {digits(dice, 4)}",
    )
    return pick(dice, forms)


_MADE: dict[str, Callable[[Dice], str]] = {
    "dates": _date,
    "times": _time,
    "sums": _sum,
    "units": _unit,
    "mail": _mail,
    "web": _url,
    "telephone": _telephone,
    "codes": _code,
}

KINDS = (*_MADE, *_LISTS)
"""The kinds of tokens; the name of a picture begins with its own."""


def hand_tokens(_: Path, made: Path) -> list[TranscribedImage]:
    """Tokens of every kind, by hands that training did not see."""
    return _drawn(made, NEW_HANDS)


def print_tokens(_: Path, made: Path) -> list[TranscribedImage]:
    """Tokens of every kind, in print."""
    return _drawn(made, PRINTS)


def _drawn(made: Path, faces: tuple[Face, ...]) -> list[TranscribedImage]:
    dice = np.random.default_rng(7)
    images = []
    for kind in KINDS:
        for index in range(_OF_A_KIND):
            listed = _LISTS.get(kind, "").split()
            text = listed[index % len(listed)] if listed else _MADE[kind](dice)
            face = faces[index % len(faces)]
            if face.can_write(text):
                path = made / f"{kind}-{index:02d}-{Path(face.file).stem}.png"
                _picture(text, face, dice).save(path)
                images.append(TranscribedImage(path, text))
    return images


def _picture(text: str, face: Face, dice: Dice) -> Image.Image:
    """A token by itself, with some of its paper around."""
    font = face.at(_X_HEIGHT)
    left, top, right, bottom = font.getbbox(text)
    size = (round(right - left) + 2 * _X_HEIGHT, round(bottom - top) + _X_HEIGHT)
    image = Image.new("L", size, _PAPER)
    ImageDraw.Draw(image).text((_X_HEIGHT - left, _X_HEIGHT / 2 - top), text, font=font, fill=_INK)
    noisy = np.asarray(image, np.float64) + dice.normal(0, _GRAIN, size[::-1])
    return Image.fromarray(noisy.clip(0, 255).astype(np.uint8))

"""What people note down besides prose: dates, sums, units, addresses, numbers to call, codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

Dice = np.random.Generator

THINGS = ("milk", "rice", "flour", "nails", "paint", "eggs", "coffee", "soap", "tape", "cable")
THINGS_TO_DO = ("dentist", "rent due", "pick up parcel", "call Ruth", "team lunch", "vet")
_STREETS = ("Mill Lane", "Station Road", "High Street", "Oak Avenue", "Park Row", "Bridge St.")
_TOWNS = ("Leeds", "Dover", "Austin", "Denver", "Cork", "Perth")
NAMES = ("A. Novak", "J. Ortiz", "Mei Lin", "R. Haddad", "Tom Byrne", "S. Okafor")
_MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NO_TWINS = "ABCDEFGHJKLMNPQRTUVWXY346789"  # no I and 1, no O and 0, which codes avoid too


def pick(dice: Dice, choice: Sequence[str]) -> str:
    return choice[int(dice.integers(len(choice)))]


def number(dice: Dice, least: int, most: int) -> int:
    return int(dice.integers(least, most + 1))


def digits(dice: Dice, count: int) -> str:
    return "".join(str(digit) for digit in dice.integers(0, 10, count))


def date(dice: Dice) -> str:
    """A day, with what happens then."""
    day, month, year = number(dice, 1, 28), number(dice, 1, 12), number(dice, 1998, 2027)
    hour, minute = number(dice, 7, 21), 5 * number(dice, 0, 11)
    what = pick(dice, THINGS_TO_DO)
    forms = (
        f"{day:02d}/{month:02d}/{year} {what}",
        f"{year}-{month:02d}-{day:02d}, {hour}:{minute:02d}",
        f"{pick(dice, _DAYS)} {day} {pick(dice, _MONTHS)} at {hour}:{minute:02d}",
        f"{day}.{month}.{year % 100:02d} {what}",
        f"{pick(dice, _MONTHS)} {day}, {year}: {what}",
    )
    return pick(dice, forms)


def amount(dice: Dice, money: str) -> str:
    """A sum of money, or a small reckoning."""
    first, second = number(dice, 2, 99), number(dice, 2, 99)
    price = f"{number(dice, 1, 480)}.{number(dice, 0, 99):02d}"
    forms = (
        f"{pick(dice, THINGS)} {money}{price}",
        f"{number(dice, 2, 12)} at {price}",
        f"{first} + {second} = {first + second}",
        f"{pick(dice, THINGS)} -{number(dice, 5, 50)}% = {money}{price}",
        f"total {money}{number(dice, 1, 9)},{digits(dice, 3)}.{digits(dice, 2)}",
    )
    return pick(dice, forms)


def quantity(dice: Dice) -> str:
    """How much of a thing."""
    forms = (
        f"{25 * number(dice, 2, 38)} g {pick(dice, THINGS)}",
        f"{number(dice, 1, 9)}.{number(dice, 1, 9)} kg {pick(dice, THINGS)}",
        f"{50 * number(dice, 1, 18)} ml water",
        f"{number(dice, 10, 300)} by {number(dice, 10, 300)} cm",
        f"{number(dice, 1, 6)}/{number(dice, 7, 9)} of {number(dice, 12, 90)} m",
        f"{number(dice, 30, 130)} km/h, {number(dice, 2, 40)} mm",
    )
    return pick(dice, forms)


def address(dice: Dice) -> str:
    """Where somebody lives."""
    street = f"{number(dice, 1, 240)} {pick(dice, _STREETS)}"
    post = f"{pick(dice, 'ABDELNRS')}{pick(dice, 'ABDELNR')}{number(dice, 2, 29)}"
    forms = (
        f"{street}, {pick(dice, _TOWNS)}",
        f"{pick(dice, NAMES)}, {street}",
        f"{pick(dice, _TOWNS)} {post} {number(dice, 1, 9)}{pick(dice, 'ABDEFH')}T",
        f"Flat {number(dice, 2, 30)}B, {pick(dice, _TOWNS)} {digits(dice, 5)}",
    )
    return pick(dice, forms)


def telephone(dice: Dice) -> str:
    """How to call somebody."""
    name = pick(dice, NAMES)
    forms = (
        f"{name} +{number(dice, 20, 98)} {number(dice, 10, 99)} {digits(dice, 7)}",
        f"({number(dice, 201, 989)}) {number(dice, 200, 999)}-{digits(dice, 4)}",
        f"{name} 0{digits(dice, 3)} {digits(dice, 6)}",
        f"Tel. 0{digits(dice, 2)}-{digits(dice, 3)}-{digits(dice, 4)} ext. {digits(dice, 2)}",
    )
    return pick(dice, forms)


def code(dice: Dice) -> str:
    """What is copied sign by sign."""

    def signs(count: int) -> str:
        return "".join(pick(dice, _NO_TWINS) for _ in range(count))

    forms = (
        f"Booking {signs(6)}",
        f"Ref. {signs(2)}-{digits(dice, 4)}/{digits(dice, 2)}",
        f"#{digits(dice, 5)} {signs(3)}",
        f"IBAN DE{digits(dice, 2)} {digits(dice, 4)} {digits(dice, 4)} {digits(dice, 4)}",
        f"{pick(dice, THINGS)}@{pick(dice, ('post', 'mail'))}.org",
        f"www.{pick(dice, THINGS)}.net/{pick(dice, THINGS)}",
        f"Seat {number(dice, 2, 40)}{pick(dice, 'ACDF')}, flight {signs(2)}{digits(dice, 4)}",
    )
    return pick(dice, forms)


def fact_list(dice: Dice, kind: str, count: int, money: str) -> list[str]:
    """So many facts of one of the `KINDS`."""
    if kind == "sums":
        return [amount(dice, money) for _ in range(count)]
    return [KINDS[kind](dice) for _ in range(count)]


def bill(dice: Dice, money: str, count: int) -> list[tuple[str, str]]:
    """What was bought and what each thing costs, and the sum of it."""
    things = [THINGS[number] for number in dice.permutation(len(THINGS))[:count]]
    cents = [int(price) for price in dice.integers(45, 6400, count)]
    rows = [
        (f"{number(dice, 1, 9)} {thing.title()}", f"{price / 100:.2f}")
        for thing, price in zip(things, cents, strict=True)
    ]
    return [*rows, ("Total", f"{money}{sum(cents) / 100:.2f}")]


KINDS: dict[str, Callable[[Dice], str]] = {
    "dates": date,
    "sums": lambda dice: amount(dice, "$"),
    "units": quantity,
    "addresses": address,
    "telephones": telephone,
    "codes": code,
}
"""What is drawn on pages of facts, by name."""

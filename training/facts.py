"""Writes what people note down besides prose: sums, dates, telephone numbers, addresses, code."""

from __future__ import annotations

import random

_THINGS = ("milk", "bread", "rent", "total", "tip", "invoice", "room", "train", "eggs", "coffee")


def fact(chance: random.Random) -> str:
    """A line of its kind."""

    def number(least: int, most: int) -> int:
        return chance.randint(least, most)

    thing, other = chance.choice(_THINGS), chance.choice(_THINGS)
    letter = chance.choice("abxyp")
    return chance.choice(
        (
            f"{thing} {chance.choice('$€£')}{number(0, 999)}.{number(0, 99):02d}",
            f"{number(1, 31):02d}/{number(1, 12):02d}/{number(1990, 2029)} {number(0, 23)}:30",
            f"{thing} +{number(1, 99)} {number(10, 999)} {number(1000, 9999)} {number(100, 999)}",
            f"{thing}.{other}@example.{chance.choice(('org', 'com', 'net', 'fr'))}",
            f"{number(1, 12)} x {thing} {number(50, 950)}{chance.choice(('g', 'ml', 'kg', ' km'))}",
            f"{thing} {number(1, 100)}% of {number(2, 999)}",
            f"www.{thing}.com/{other}?id={number(1, 99)}",
            f"{thing.title()} #{number(1, 99)}, {other} {number(1, 9)}{chance.choice('ABCDEF')}",
            f"if {letter} {chance.choice(('>', '<', '==', '>='))} {number(0, 99)}: {letter} += 1",
            f"{number(10, 99)} {thing.title()} Street, {number(10000, 99999)}",
            f"{number(1, 9)}. {thing} and {other}",
            f"{number(0, 99)}.{number(0, 99):02d}",
        )
    )


_GOODS = (
    "Milk", "Bread", "Butter", "Apples", "Coffee", "Tea bags", "Rice", "Eggs 12pk", "Soap", "Water",
    "Cheddar", "Bananas", "Chicken", "Batteries AA", "Orange juice", "Toothpaste", "Flour", "Salad",
)  # fmt: skip
_SUMS = ("SUBTOTAL", "TOTAL", "CASH", "CHANGE", "VAT 20%", "Card", "Balance due", "Tax", "Discount")


def receipt_line(chance: random.Random) -> str:
    """A line of a receipt: goods and their price, a sum, or what stands at its head and foot."""
    price = f"{chance.randint(0, 99)}.{chance.randint(0, 99):02d}"
    goods = chance.choice(_GOODS)
    goods = goods.upper() if chance.random() < 0.5 else goods
    coin = chance.choice(("", "", "$", "£", "€"))
    day = f"{chance.randint(1, 31):02d}/{chance.randint(1, 12):02d}/20{chance.randint(10, 29)}"
    moment = f"{day} {chance.randint(0, 23):02d}:{chance.randint(0, 59):02d}"
    return chance.choice(
        (
            f"{goods} {coin}{price}",
            f"{chance.randint(1, 9)} x {goods} {coin}{price}",
            f"{goods} {chance.randint(1, 9)} @ {price} {chance.choice('ABC')}",
            f"{chance.choice(_SUMS)} {coin}{price}",
            f"{chance.choice(_SUMS)}: {coin}{price}",
            f"{moment} #{chance.randint(1, 9999):04d}",
            f"Auth code: {chance.randint(0, 999999):06d}",
            f"**** **** **** {chance.randint(0, 9999):04d}",
            f"Thank you for your visit! Till {chance.randint(1, 19)}",
            f"{goods[:8]} {chance.randint(100, 999)}g {chance.randint(1000000, 9999999)} {price}",
        )
    )

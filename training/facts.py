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

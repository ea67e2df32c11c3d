"""What a line begins with that makes it an item of a list, told by its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from unicodedata import numeric

from notetext.model import Box


class Style(Enum):
    """What kind of marker it is; the items of one list have the same."""

    BULLET = auto()
    TASK = auto()
    NUMBER = auto()
    LETTER = auto()
    ROMAN = auto()
    OUTLINE = auto()
    """A number below a number, such as 2.1."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What an item begins with.

    Attributes:
        style: of the marker.
        text: as it is written, or, of a mark that is drawn, the sign that looks like it.
        number: what a marker that counts says; of 2.1, the 1.
        prefix: the numbers above it, such as ``2.``.
        done: whether a task is done.
        drawn: where a mark stands that is drawn, and no word.
        left: where it begins, in pixels of the level page; ``None``: where its line does.
    """

    style: Style
    text: str
    number: int | None = None
    prefix: str = ""
    done: bool | None = None
    drawn: Box | None = None
    left: float | None = None


_TASK = re.compile(r"(?P<open>☐|□|▢|\[\s?\])|(?P<done>☑|☒|✅|✓|✔|🗹|🗷|\[\s?[xX×✓✔vV]\s?\])")
_BULLET = re.compile(r"[-–—*+•·‣▪◦●○■◆◇➤►▶→⇒»★☆✦✱](?=\s+\S)|[•‣▪◦●■➤►→★☆](?=\S)")
# A number needs no blank after it, if a letter follows: "1.Milk", but not "1.5" nor "3.p.m.".
_NUMBER = re.compile(
    r"(?:(?P<number>[0-9]{1,3})[.)]|\((?P<inner>[0-9]{1,3})\))(?=\s+\S|[^\W\d_]{2})"
)
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CIRCLED = re.compile(r"[①-⑳❶-❿➀-➓](?=\s*\S)")
_OUTLINE = re.compile(r"(?P<prefix>(?:[0-9]{1,2}\.)+)(?P<last>[0-9]{1,2})\.?(?=\s+\S)")
_ROMAN = re.compile(r"\(?(?P<number>[ivx]{1,5}|[IVX]{1,5})[.)](?=\s+\S)")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMANS = [tens + ones for tens in ("", "x") for ones in _ONES]
_LETTER = re.compile(r"(?:(?P<letter>[a-zA-Z])[.)]|\((?P<inner>[a-z])\))(?=\s+\S)")


# What is a marker only beside others: a bullet that touches its word, or that was read as a point,
# a circle or a letter that looks like a star.
_WEAK_BULLET = re.compile(r"[-–*+·](?=[^\W\d_])|\.(?=\s+\S)|[oO0°xXkK](?=\s+[^\W\d_]{2})")
_LONE_BULLET = re.compile(r"[-–—*+•·‣▪◦●○■→★☆]")
_ONE = re.compile(r"[Il|][.)](?=\s+\S)")


def weak_bullet_of(text: str) -> Marker | None:
    """The bullet that a line may begin with, if lines beside it do.

    >>> from notetext.result.structure.markers import weak_bullet_of
    >>> weak_bullet_of("*bread").text, weak_bullet_of("-5"), weak_bullet_of("bread")
    ('*', None, None)
    """
    found = _WEAK_BULLET.match(text.lstrip())
    return Marker(Style.BULLET, found[0]) if found else None


def lone_bullet(text: str) -> Marker | None:
    """The bullet that a line is that holds nothing else.

    >>> from notetext.result.structure.markers import lone_bullet
    >>> lone_bullet("*").text, lone_bullet("* bread")
    ('*', None)
    """
    return Marker(Style.BULLET, text) if _LONE_BULLET.fullmatch(text) else None


def roman_of(text: str) -> Marker | None:
    """The Roman number that a line may begin with, if lines beside it count like that.

    >>> from notetext.result.structure.markers import roman_of
    >>> roman_of("iv. the end").number, roman_of("ivi. the end")
    (4, None)
    """
    found = _ROMAN.match(text.lstrip())
    if found is None or found["number"].lower() not in _ROMANS:
        return None
    return Marker(Style.ROMAN, found[0], _ROMANS.index(found["number"].lower()))


def box_of(text: str) -> Marker | None:
    """The check box that a word is.

    >>> from notetext.result.structure.markers import box_of
    >>> box_of("☑").done, box_of("[ ]").done, box_of("box")
    (True, False, None)
    """
    found = _TASK.fullmatch(text)
    return Marker(Style.TASK, text, done=found["done"] is not None) if found else None


def box_as(text: str, *, done: bool) -> str:
    """A check box that is written as another one is, but ticked or empty.

    >>> from notetext.result.structure.markers import box_as
    >>> box_as("[ ]", done=True), box_as("☒", done=False)
    ('[x]', '☐')
    """
    if text.startswith("["):
        return "[x]" if done else "[ ]"
    return sign_of(done)


def sign_of(done: bool | None) -> str:
    """The sign that looks like a check box."""
    return "☑" if done else "☐"


def circled(number: int) -> str:
    """The sign of a circled number.

    >>> from notetext.result.structure.markers import circled
    >>> circled(3), circled(30)
    ('③', '(30)')
    """
    return _CIRCLES[number - 1] if 1 <= number <= len(_CIRCLES) else f"({number})"


def misread_one(text: str) -> Marker | None:
    """The number 1 that was read as a letter, for a line above one with the number 2.

    >>> from notetext.result.structure.markers import misread_one
    >>> misread_one("I. wash").number, misread_one("If it rains")
    (1, None)
    """
    found = _ONE.match(text.lstrip())
    return Marker(Style.NUMBER, found[0], 1) if found else None


def marker_of(text: str) -> Marker | None:
    """The marker that a line's text begins with, if anything follows it.

    >>> from notetext.result.structure.markers import marker_of
    >>> marker_of("2) wash").number, marker_of("[x] iron").done, marker_of("3rd try")
    (2, True, None)
    >>> marker_of("③ dry").number
    3
    """
    bare = text.lstrip()
    if (task := _TASK.match(bare)) and bare[task.end() :].strip():
        return Marker(Style.TASK, task[0], done=task["done"] is not None)
    if bullet := _BULLET.match(bare):
        return Marker(Style.BULLET, bullet[0])
    if outline := _OUTLINE.match(bare):
        last = int(outline["last"])
        return Marker(Style.OUTLINE, outline[0], last, prefix=outline["prefix"])
    if number := _NUMBER.match(bare):
        return Marker(Style.NUMBER, number[0], int(number["number"] or number["inner"]))
    if circled := _CIRCLED.match(bare):
        return Marker(Style.NUMBER, circled[0], int(numeric(circled[0])))
    if letter := _LETTER.match(bare):
        name = (letter["letter"] or letter["inner"]).lower()
        return Marker(Style.LETTER, letter[0], ord(name) - ord("a") + 1)
    return None

"""Words written above a line come where their caret is."""

from __future__ import annotations

import pytest

from notetext.engines import Reading
from notetext.model import Box, Kind, Line, Word
from notetext.reading.layout import arrange

CHARACTER, HEIGHT, PITCH = 10.0, 30.0, 60.0
LINES = ["we leave the harbour early", "and meet the others Monday", "at the old stone bridge"]


def line(text: str, left: float, top: float, kind: Kind | None = Kind.HANDWRITTEN) -> Line:
    words = []
    for part in text.split():
        right = left + len(part) * CHARACTER
        box = Box.rectangle(left, top, right, top + HEIGHT)
        words.append(Word(text=part, box=box, kind=kind))
        left = right + CHARACTER
    return Line(words=tuple(words), box=Box.along([word.box for word in words if word.box]))


def page(*more: Line, kind: Kind | None = Kind.HANDWRITTEN) -> str:
    lines = [line(text, 0, number * PITCH, kind) for number, text in enumerate(LINES)]
    return "".join(part.text for part in arrange(Reading(fragments=[*lines, *more])))


def before(word: str, of: str) -> float:
    """Where the gap before a word is."""
    return (of.index(word) - 0.5) * CHARACTER


@pytest.mark.parametrize("inserted", ["on", "next week on"])
@pytest.mark.parametrize("word", ["meet", "others", "Monday"])
def test_what_stands_above_a_gap_comes_there(inserted: str, word: str) -> None:
    left = before(word, LINES[1]) - len(inserted) * CHARACTER / 2
    text = page(line(inserted, left, PITCH - 0.45 * PITCH))
    assert text == "\n".join((*LINES, "")).replace(word, f"{inserted} {word}")


def test_above_the_first_line_it_comes_there_too() -> None:
    above = line("must", before("leave", LINES[0]) - 2 * CHARACTER, -0.4 * PITCH)
    assert page(above).startswith("we must leave the harbour early\nand meet")


@pytest.mark.parametrize(
    ("left", "top"), [(before("Monday", LINES[1]), 0.15), (600, 0.55), (100, 0.1)], ids=str
)
def test_what_stands_anywhere_else_stays_a_line_or_goes_on_one(left: float, top: float) -> None:
    assert "others on Monday" not in page(line("on", left, top * PITCH))


def test_a_long_line_between_two_others_is_a_line() -> None:
    written = "and who was to bring"
    assert f"\n{written}\n" in page(line(written, 20, PITCH - 0.45 * PITCH))


def test_nothing_is_inserted_in_print() -> None:
    above = line("on", before("Monday", LINES[1]) - CHARACTER, PITCH - 0.45 * PITCH, Kind.PRINTED)
    assert "others Monday" in page(above, kind=Kind.PRINTED)


@pytest.mark.parametrize(
    ("middle", "gap"),
    [(("two", "and the third of them"), 1), (("two", "two"), 1), (("and the third of them",), 2)],
    ids=["some long below each other", "none", "only across a wider gap"],
)
def test_short_lines_of_a_list_are_lines(middle: tuple[str, ...], gap: int) -> None:
    before = ["we need bread and butter", "three loaves", "some milk and a cheese"]
    after = [*middle, "one bag", "flour and sugar for cakes"]
    rows = [*range(len(before)), *range(len(before) + gap - 1, len(before) + gap - 1 + len(after))]
    items = [line(item, 0, row * PITCH) for item, row in zip(before + after, rows, strict=True)]
    text = "".join(part.text for part in arrange(Reading(fragments=items)))
    assert text.split() == " ".join(before + after).split()

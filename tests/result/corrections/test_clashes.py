"""Corrections that contradict each other."""

from __future__ import annotations

import pytest

from notetext import Correction
from notetext.model import CorrectionKind, Line, PageData, Paragraph, Word
from notetext.result.corrections.clashes import clashing

ROWS = ("the quick fox", "jumps over")
PAGE = PageData(
    number=1,
    width=400,
    height=400,
    engine="local",
    paragraphs=(
        Paragraph(
            lines=tuple(Line(words=tuple(Word(text=text) for text in row.split())) for row in ROWS)
        ),
    ),
)


def correction(
    line: int, word: int, old: str = "", new: str = "", kind: str = "words"
) -> Correction:
    return Correction(
        kind=CorrectionKind(kind),
        page=1,
        line=line,
        word=word,
        old=tuple(old.split()),
        new=tuple(new.split()),
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (correction(0, 1, "quick", "slow"), correction(0, 1, "quick", "fast")),
        (correction(0, 0, "the quick", "a"), correction(0, 1, "quick fox", "cat")),
        (correction(0, 2, "fox jumps", "foxjumps"), correction(1, 0, "jumps", "leaps")),
        (correction(0, 0, "the quick", "a"), correction(0, 1, "", "very")),
        (correction(1, 0, "jumps over", "", "line_removed"), correction(1, 1, "over", "under")),
        (correction(1, 0, "jumps over", "", "line_removed"), correction(1, 2, "", "it")),
    ],
)
def test_the_second_of_two_that_contradict_each_other_is_named(
    first: Correction, second: Correction
) -> None:
    assert list(clashing(PAGE, [first, second])) == [second]
    assert list(clashing(PAGE, [first])) == []


def test_what_is_put_before_or_behind_joined_words_is_no_contradiction() -> None:
    joined = correction(0, 1, "quick fox", "quickfox")
    before, behind = correction(0, 1, "", "very"), correction(0, 3, "", "today")
    assert list(clashing(PAGE, [joined, before, behind])) == []


def test_a_line_in_the_place_of_one_that_was_removed_is_no_contradiction() -> None:
    removed = correction(1, 0, "jumps over", "", "line_removed")
    added = correction(1, 0, "", "sits still", "line_added")
    assert list(clashing(PAGE, [removed, added])) == []

"""Whether words stand in a fixed pitch."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PIL import ImageFont

from notetext.model import Box, Line, Word
from notetext.reading.pitch import find_pitch
from notetext.result.structure.level import Fragment, Span, level

TEXT = (
    "The old road ran along the river for a mile",
    "and turned up the hill towards the church.",
    "Nobody had walked on it since the winter,",
    "and grass had grown over all of the stones.",
    "Illness will fill it; 17 women mow meadows.",
)
PITCH = 12.5


def lines_of(
    text: tuple[str, ...], left_of: Callable[[str], float], shaken: float = 0, excess: float = 0
) -> list[Fragment]:
    """Lines whose words stand where what is before them ends."""
    chance = random.Random(3)
    lines = []
    for row, written in enumerate(text):
        words, at = [], 0
        for word in written.split():
            at = written.index(word, at)
            left, right = left_of(written[:at]), left_of(written[: at + len(word)])
            off = [chance.gauss(0, shaken) for _ in range(2)]
            box = Box.rectangle(
                100 + left + off[0] - excess / 2,
                30 * row,
                100 + right + off[1] + excess / 2,
                20 + 30 * row,
            )
            words.append(Word(text=word, box=box))
            at += len(word)
        lines.append(Line(words=tuple(words), box=Box.around(w.box for w in words if w.box)))
    return level(lines)


def in_fixed_pitch(written: str) -> float:
    return PITCH * len(written)


def in_proportional_type(written: str) -> float:
    return ImageFont.load_default(25).getlength(written)


@pytest.mark.parametrize(("shaken", "excess"), [(0, 0), (0.15, 0.4), (0.1, 0.6)])
def test_a_fixed_pitch_is_found_and_measured(shaken: float, excess: float) -> None:
    lines = lines_of(TEXT, in_fixed_pitch, shaken * PITCH, excess * PITCH)
    pitch = find_pitch(lines)
    assert pitch is not None
    assert pitch.width == pytest.approx(PITCH, rel=0.01)
    assert pitch.excess == pytest.approx(excess, abs=0.15)
    for place in (pitch.place(span) for line in lines for span in line.spans):
        assert abs(place - round(place)) < 0.5


def test_proportional_type_has_no_pitch() -> None:
    assert find_pitch(lines_of(TEXT, in_proportional_type)) is None
    assert find_pitch(lines_of(TEXT, in_proportional_type, shaken=2, excess=4)) is None


def test_a_line_or_two_are_too_few_to_tell() -> None:
    assert find_pitch(lines_of(TEXT[:2], in_fixed_pitch)) is None
    assert find_pitch([]) is None


def test_words_below_each_other_are_no_pitch_by_that_alone() -> None:
    columns = tuple(f"{name:10}{number:>6}" for name, number in [("ten", 10), ("six", 6)] * 5)
    spread = {0: 0.0, 10: 131.0, 14: 201.0, 15: 214.0}
    assert find_pitch(lines_of(columns, lambda w: spread.get(len(w), 13.9 * len(w)))) is None


def test_a_word_that_lacks_characters_is_told() -> None:
    pitch = find_pitch(lines_of(TEXT, in_fixed_pitch))
    assert pitch is not None
    start = pitch.origin + 7 * pitch.width
    assert not pitch.misreads(Span("word", start, start + 4 * PITCH))
    lacking = Span("wrd", start, start + 4 * PITCH)
    assert pitch.misreads(lacking)
    assert pitch.place(lacking) == pytest.approx(7, abs=0.1)

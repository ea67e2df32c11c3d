"""Columns are read one after the other, rows across, by the white space of the whole page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines import Reading
from notetext.model import Box, Line, Word
from notetext.reading.columns import find_gutters
from notetext.reading.layout import arrange
from notetext.result.structure.level import level

CHARACTER, HEIGHT, PITCH = 8.0, 24.0, 30.0

HARBOUR = [
    "The harbour lay quiet",
    "under a thin mist when",
    "the first boats went",
    "out, long before the",
    "sun rose. Only the nets",
    "told of the night.",
]
ORCHARD = [
    "Apples ripen there from",
    "August to October, and",
    "pears a little later.",
    "The old wall keeps the",
    "wind away, where the",
    "morning sun comes.",
]


def line(text: str, left: float, top: float, blank: float = 1.0) -> Line:
    """Words as wide as they are long, with blanks of so many characters between."""
    words = []
    x = left
    for part in text.split():
        end = x + len(part) * CHARACTER
        # Half of a blank belongs to the word on either side of it, as the local engine has it.
        half = CHARACTER / 2
        box = Box.rectangle(x - half, top, end + half, top + HEIGHT)
        words.append(Word(text=part, box=box))
        x = end + blank * CHARACTER
    return Line(words=tuple(words), box=Box.around(word.box for word in words if word.box))


def column(texts: Sequence[str], left: float, top: float = 0.0) -> list[Line]:
    return [line(text, left, top + row * PITCH) for row, text in enumerate(texts)]


def rows(*cells: Sequence[str], lefts: Sequence[float]) -> list[Line]:
    return [
        line(text, left, number * PITCH)
        for number, row in enumerate(cells)
        for text, left in zip(row, lefts, strict=True)
    ]


def across(left: Sequence[str], right: Sequence[str], gap: float) -> list[Line]:
    """Rows that were found as one fragment each, across two columns of justified text."""
    width = max(map(len, left))
    return [
        Line(words=(*one.words, *other.words), box=Box.around([box_of(one), box_of(other)]))
        for number, (a, b) in enumerate(zip(left, right, strict=True))
        for one in [line(a, 0, number * PITCH)]
        for other in [line(b, (width + gap) * CHARACTER, number * PITCH)]
    ]


def box_of(line: Line) -> Box:
    assert line.box is not None
    return line.box


def read(fragments: Sequence[Line]) -> str:
    text = "".join(paragraph.text for paragraph in arrange(Reading(fragments=fragments)))
    return " ".join(text.split())


def together(*texts: Sequence[str]) -> str:
    return " ".join(part for text in texts for part in text)


@pytest.mark.parametrize("gap", [3, 6, 20])
def test_columns_of_a_text_are_read_one_after_the_other(gap: float) -> None:
    width = max(map(len, HARBOUR))
    fragments = column(HARBOUR, 0) + column(ORCHARD, (width + gap) * CHARACTER)
    assert read(fragments) == together(HARBOUR, ORCHARD)


def test_rows_that_were_found_across_columns_are_parted() -> None:
    fragments = across(HARBOUR * 2, ORCHARD * 2, gap=2.5)
    assert read(fragments) == together(HARBOUR * 2, ORCHARD * 2)


def test_a_long_line_that_reaches_towards_the_gutter_does_not_break_it() -> None:
    left = [*HARBOUR[:3], "out, before the sun rose,", *HARBOUR[4:]]
    fragments = column(left, 0) + column(ORCHARD, 30 * CHARACTER)
    assert read(fragments) == together(left, ORCHARD)


def test_columns_at_different_heights_are_columns_whatever_they_hold() -> None:
    left = ["Anna Berg", "Ben Carter", "Clara Moore", "David Hall"]
    right = ["Harbour Street", "Mill Lane", "Church Road", "Old Market"]
    fragments = column(left, 0) + column(right, 30 * CHARACTER, top=PITCH / 2)
    assert read(fragments) == together(left, right)


def test_a_heading_above_columns_comes_first_and_what_is_below_them_last() -> None:
    heading, ending = "The town by the river, seen by its children", "Printed in the old mill by us"
    fragments = [
        line(heading, 0, 0),
        *column(HARBOUR, 0, top=2 * PITCH),
        *column(ORCHARD, 30 * CHARACTER, top=2 * PITCH),
        line(ending, 10 * CHARACTER, 9 * PITCH),
    ]
    assert read(fragments) == together([heading], HARBOUR, ORCHARD, [ending])


@pytest.mark.parametrize("heading", ["On rivers", "A longer word on harbours and on orchards"])
def test_a_heading_in_the_middle_of_the_page_comes_first_if_it_crosses_no_gutter(
    heading: str,
) -> None:
    columns = [
        *column(HARBOUR, 0, top=2 * PITCH),
        *column(ORCHARD, 28 * CHARACTER, top=2 * PITCH),
        *column(HARBOUR, 56 * CHARACTER, top=2 * PITCH),
    ]
    middle = (56 + max(map(len, HARBOUR))) / 2
    fragments = [*columns, line(heading, (middle - len(heading) / 2) * CHARACTER, 0)]
    assert read(fragments) == together([heading], HARBOUR, ORCHARD, HARBOUR)


def test_words_that_reach_far_into_a_narrow_gutter_do_not_break_it() -> None:
    """Widths of a word are guessed from what was read; some blanks between columns look narrow."""
    fragments = across(HARBOUR * 3, ORCHARD * 3, gap=1.9)
    for row in (4, 11):
        words = list(fragments[row].words)
        last = len((HARBOUR * 3)[row].split()) - 1
        box = words[last].box
        assert box is not None
        wider = Box.rectangle(box.left, box.top, box.right + 0.8 * CHARACTER, box.bottom)
        words[last] = words[last].model_copy(update={"box": wider})
        fragments[row] = Line(words=tuple(words), box=fragments[row].box)
    assert read(fragments) == together(HARBOUR * 3, ORCHARD * 3)


def test_three_columns_are_three() -> None:
    fragments = [
        *column(HARBOUR, 0),
        *column(ORCHARD, 28 * CHARACTER),
        *column(HARBOUR, 56 * CHARACTER),
    ]
    assert read(fragments) == together(HARBOUR, ORCHARD, HARBOUR)


def test_two_lists_are_read_one_after_the_other() -> None:
    left = ["- Tent and pegs", "- Sleeping bags", "- Gas cooker", "- Matches"]
    right = ["- Passport", "- Sun cream", "- First aid kit", "- Maps"]
    assert read(column(left, 0) + column(right, 30 * CHARACTER)) == together(left, right)


def test_verses_side_by_side_are_read_one_after_the_other() -> None:
    left = ["The sea is calm to-night", "The tide is full, the moon", "Upon the straits lies fair"]
    right = ["Sophocles long ago heard it", "Into his mind it brought", "Of human misery the flow"]
    assert read(column(left, 0) + column(right, 34 * CHARACTER)) == together(left, right)


def test_prices_stay_with_what_they_are_the_prices_of_however_far_apart() -> None:
    bill = [("bread", "2.40"), ("oat milk", "1.95"), ("eggs", "3.60"), ("soap", "0.99")]
    for distance in (12, 40, 160):
        fragments = rows(*bill, lefts=(0, distance * CHARACTER))
        assert read(fragments) == " ".join(f"{name} {price}" for name, price in bill)


def test_a_table_is_read_row_by_row() -> None:
    table = [
        ("Name", "Mon", "Tue", "Wed"),
        ("Anna", "3", "4", "0"),
        ("Ben", "5", "2", "7"),
        ("Carla", "1", "8", "6"),
    ]
    fragments = rows(*table, lefts=(0, 160, 260, 360))
    assert read(fragments) == " ".join(" ".join(row) for row in table)


def test_questions_stay_with_their_answers() -> None:
    form = [
        ("Name of the applicant", "Martha Jones"),
        ("Date of birth", "12 May 1961"),
        ("Street and number", "Mill Lane 14"),
        ("Occupation", "Teacher"),
    ]
    fragments = rows(*form, lefts=(0, 40 * CHARACTER))
    assert read(fragments) == " ".join(f"{question} {answer}" for question, answer in form)


def test_numbers_of_a_list_stay_with_their_items() -> None:
    items = [("1.", HARBOUR[0]), ("2.", ORCHARD[0]), ("3.", HARBOUR[4]), ("4.", ORCHARD[3])]
    fragments = rows(*items, lefts=(0, 6 * CHARACTER))
    assert read(fragments) == " ".join(f"{number} {item}" for number, item in items)


def test_a_note_in_the_margin_of_a_text_is_kept_apart() -> None:
    note = ["ask Ann", "about it", "before May"]
    text = [f"{a} {b.lower()}" for a, b in zip(HARBOUR, ORCHARD, strict=True)]
    text = [text[0], *(part[0].lower() + part[1:] for part in text[1:])]
    assert read(column(note, 0) + column(text, 16 * CHARACTER)) == together(note, text)


def test_one_column_has_no_gutter() -> None:
    assert find_gutters(level(column(HARBOUR + ORCHARD, 0))) == []
    assert find_gutters([]) == []


@given(
    st.lists(
        st.tuples(st.sampled_from(HARBOUR + ORCHARD + ["7", "2.50"]), st.integers(0, 90)),
        min_size=1,
        max_size=24,
    )
)
def test_no_word_is_lost_or_doubled(placed: list[tuple[str, int]]) -> None:
    fragments = [
        line(text, left * CHARACTER, number // 3 * PITCH)
        for number, (text, left) in enumerate(placed)
    ]
    expected = sorted(word.text for fragment in fragments for word in fragment.words)
    assert sorted(read(fragments).split()) == expected

"""From fragments to lines, paragraphs and the order in which people read."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines import Reading
from notetext.model import Box, Line, Word
from notetext.reading import chains
from notetext.reading.layout import arrange
from notetext.result.structure.level import Fragment


def piece(text: str, left: float, top: float, width: float = 100, slope: float = 0) -> Line:
    """A fragment 20 high that goes down by ``slope`` a pixel."""
    drop = width * slope
    right, bottom = left + width, top + 20
    box = Box((left, top, right, top + drop, right, bottom + drop, left, bottom))
    return Line(words=tuple(Word(text=word, box=box) for word in text.split()), box=box)


def paragraphs(fragments: Sequence[Line]) -> list[str]:
    return [paragraph.text for paragraph in arrange(Reading(fragments=fragments))]


def text(fragments: Sequence[Line]) -> str:
    return "\n".join(paragraphs(fragments))


def column(words: str, left: float, top: float = 0, width: float = 200) -> list[Line]:
    return [
        piece(word, left, top + row * 40, width=width) for row, word in enumerate(words.split())
    ]


def test_nothing_found_is_nothing() -> None:
    assert arrange(Reading()) == ()


def test_pieces_of_a_line_are_joined_from_left_to_right() -> None:
    assert text([piece("c", 260, 3), piece("a", 0, 0), piece("b", 130, -4)]) == "a b c\n"


def test_lines_stay_lines() -> None:
    assert text([piece("a b", 0, 0, 300), piece("c d", 0, 30, 300)]) == "a b\nc d\n"


@pytest.mark.parametrize("slope", [-0.15, -0.05, 0.05, 0.15])
def test_a_line_that_climbs_or_dips_is_one_line(slope: float) -> None:
    fragments = [
        piece(f"{row}{part}", part * 120, row * 40 + part * 120 * slope, slope=slope)
        for row in range(3)
        for part in range(4)
    ]
    assert text(fragments) == "00 01 02 03\n10 11 12 13\n20 21 22 23\n"


def test_a_curved_line_is_one_line() -> None:
    def curve(row: int, x: float) -> float:
        return row * 45 + 12 * math.sin(x / 150)

    fragments = [
        piece(
            f"{row}{part}",
            part * 120,
            curve(row, part * 120),
            slope=(curve(0, part * 120 + 100) - curve(0, part * 120)) / 100,
        )
        for row in range(3)
        for part in range(4)
    ]
    assert text(fragments) == "00 01 02 03\n10 11 12 13\n20 21 22 23\n"


def test_a_joined_line_has_a_box_around_its_pieces() -> None:
    (paragraph,) = arrange(Reading(fragments=[piece("a", 0, 0), piece("b", 120, 4)]))
    box = paragraph.lines[0].box
    assert box is not None
    assert (box.left, box.right) == pytest.approx((0, 220), abs=2)
    assert (box.top, box.bottom) == pytest.approx((0, 24), abs=3)


def test_columns_are_read_one_after_the_other() -> None:
    fragments = column("a b c d", 0) + column("e f g h", 260, top=5)
    assert text(fragments) == "a\nb\nc\nd\n\ne\nf\ng\nh\n"


def test_a_heading_over_two_columns_comes_first_and_a_footer_last() -> None:
    columns = column("a b c", 0, top=60) + column("d e f", 260, top=60)
    fragments = [*columns, piece("head", 50, 0, 350), piece("foot", 50, 200, 350)]
    assert text(fragments).replace("\n\n", "\n").split() == [
        "head",
        "a",
        "b",
        "c",
        "d",
        "e",
        "f",
        "foot",
    ]


def test_numbers_of_a_list_stay_with_their_lines() -> None:
    numbers = column("1. 2. 3. 4.", 0, width=20)
    items = column("a b c d", 60, width=300)
    assert text(numbers + items) == "1. a\n2. b\n3. c\n4. d\n"


def test_a_note_in_the_margin_is_kept_apart() -> None:
    margin = column("m n o", 0, width=90)
    body = column("a b c d e", 130, width=500)
    assert text(margin + body).replace("\n\n", "\n").split() == [
        "m",
        "n",
        "o",
        "a",
        "b",
        "c",
        "d",
        "e",
    ]


def test_a_wide_gap_begins_a_paragraph() -> None:
    fragments = column("a b c", 0) + column("d e f", 0, top=170)
    assert paragraphs(fragments) == ["a\nb\nc\n", "d\ne\nf\n"]


def test_an_indented_line_begins_a_paragraph() -> None:
    lines = column("a b c d", 0, width=400)
    lines[2] = piece("c", 50, 80, width=350)
    assert paragraphs(lines) == ["a\nb\n", "c\nd\n"]


def test_a_drifting_margin_is_one_paragraph() -> None:
    lines = [piece(word, row * 18, row * 40, width=400) for row, word in enumerate("abcdef")]
    assert len(paragraphs(lines)) == 1


def test_a_script_without_blanks_is_joined_without_blanks() -> None:
    assert text([piece("天気", 0, 0), piece("予報", 105, 0)]) == "天気予報\n"


def test_lines_in_order_are_kept_and_grouped() -> None:
    lines = [Line(words=(Word(text=word),)) for word in "cab"]
    reading = Reading(lines=[Line(), lines[0], lines[1], Line(), Line(), lines[2]])
    assert [paragraph.text for paragraph in arrange(reading)] == ["c\na\n", "b\n"]
    assert [paragraph.box for paragraph in arrange(reading)] == [None, None]


@st.composite
def pages(draw: st.DrawFn) -> list[Line]:
    """Fragments anywhere, of any slope, with a word of their own each."""
    places = draw(
        st.lists(
            st.tuples(
                st.integers(0, 1000), st.integers(0, 1000), st.integers(1, 500), st.integers(-9, 9)
            ),
            max_size=25,
        )
    )
    return [
        piece(f"w{index}", left, top, width, slope / 64)
        for index, (left, top, width, slope) in enumerate(places)
    ]


@given(pages())
def test_no_word_is_lost_or_doubled(fragments: list[Line]) -> None:
    assert sorted(text(fragments).split()) == sorted(
        word.text for line in fragments for word in line.words
    )


def in_order(number: int, words: int) -> Line:
    """A line of an engine that knows the order but no places; it may have no words."""
    return Line(words=tuple(Word(text=f"l{number}.{word}") for word in range(words)))


ordered = st.lists(st.integers(0, 3), max_size=8).map(
    lambda counts: [in_order(number, count) for number, count in enumerate(counts)]
)


@given(pages(), ordered)
def test_no_word_of_any_reading_is_lost_or_doubled(
    fragments: list[Line], lines: list[Line]
) -> None:
    arranged = arrange(Reading(fragments=fragments, lines=lines))
    words = [word for paragraph in arranged for line in paragraph.lines for word in line.words]
    before = [word for line in (*lines, *fragments) for word in line.words]
    assert sorted(words, key=lambda word: word.text) == sorted(before, key=lambda word: word.text)
    assert words[: len(words) - len(fragments)] == [word for line in lines for word in line.words]
    assert all(line.words for paragraph in arranged for line in paragraph.lines)


def test_where_there_are_lines_and_fragments_the_lines_come_first() -> None:
    reading = Reading(fragments=[piece("beside", 0, 0)], lines=[in_order(1, 2), Line()])
    assert [paragraph.text for paragraph in arrange(reading)] == ["l1.0 l1.1\n", "beside\n"]


@given(pages(), st.randoms())
def test_the_order_of_the_fragments_does_not_matter(
    fragments: list[Line], chance: random.Random
) -> None:
    shuffled = fragments.copy()
    chance.shuffle(shuffled)
    assert arrange(Reading(fragments=shuffled)) == arrange(Reading(fragments=fragments))


def moved(fragments: Sequence[Line], scale: float, dx: float, dy: float) -> list[Line]:
    def there(box: Box | None) -> Box | None:
        return box and Box.of_corners((x * scale + dx, y * scale + dy) for x, y in box.corners)

    return [
        Line(
            words=tuple(Word(text=word.text, box=there(word.box)) for word in line.words),
            box=there(line.box),
        )
        for line in fragments
    ]


@given(pages(), st.sampled_from([0.25, 0.5, 2, 4]))
def test_the_size_of_the_page_does_not_matter(fragments: list[Line], scale: float) -> None:
    assert text(moved(fragments, scale, 0, 0)) == text(fragments)


@given(st.integers(1, 6), st.integers(1, 4), st.integers(-500, 500), st.integers(-500, 500))
def test_the_place_on_the_page_does_not_matter(rows: int, parts: int, dx: int, dy: int) -> None:
    fragments = [
        piece(f"{row}{part}", part * 120, row * 40 + part * 9, slope=5 / 64)
        for row in range(rows)
        for part in range(parts)
    ]
    assert text(moved(fragments, 1, dx, dy)) == text(fragments)


def test_a_note_across_the_page_comes_after_it_in_its_own_order() -> None:
    lines = [piece(f"line{row}", 100, row * 40, 300) for row in range(5)]
    first = Line(words=(Word(text="see"),), box=Box((20, 150, 20, 20, 40, 20, 40, 150)))
    second = Line(words=(Word(text="below"),), box=Box((50, 150, 50, 20, 70, 20, 70, 150)))
    written = "".join(f"line{row}\n" for row in range(5))
    assert text([second, *lines, first]) == f"{written}\nsee\nbelow\n"


def test_a_page_that_lies_on_its_side_as_a_whole_has_no_notes() -> None:
    lines = [
        Line(words=(Word(text=f"{row}"),), box=Box((x, 300, x, 20, x + 20, 20, x + 20, 300)))
        for row, x in enumerate((20, 60, 100))
    ]
    assert text(lines) == "0\n1\n2\n"


def table_of(rows: int, columns: int) -> list[Line]:
    return [
        piece(str((row * 7919 + at * 104729) % 9973), 30 + at * 150, row * 40)
        for row in range(rows)
        for at in range(columns)
    ]


def test_layout_can_be_given_up() -> None:
    class GivenUpError(Exception):
        pass

    def give_up() -> None:
        raise GivenUpError

    with pytest.raises(GivenUpError):
        arrange(Reading(fragments=table_of(40, 12)), give_up)


def test_a_large_table_is_looked_at_pair_by_pair_only_where_pieces_are_near(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pairs = []
    misfit = chains._misfit

    def counted(left: Fragment, right: Fragment) -> float | None:
        pairs.append((left, right))
        return misfit(left, right)

    monkeypatch.setattr(chains, "_misfit", counted)
    (paragraph,) = arrange(Reading(fragments=table_of(80, 25)))
    assert [len(line.words) for line in paragraph.lines] == [25] * 80
    assert len(pairs) <= 3 * 80 * 25


def test_a_word_that_reaches_over_a_gutter_stays_whole() -> None:
    left = [piece("so many words of a text", 0, row * 40, width=240) for row in range(12)]
    right = [piece("and as many beside them", 300, row * 40, width=240) for row in range(12)]
    wide = piece("whatever", 0, 12 * 40, width=540)
    found = text([*left, *right, wide])
    assert found.split().count("whatever") == 1

"""Where words go that are struck out."""

from __future__ import annotations

from notetext import Box, Line, Paragraph, Word
from notetext.engines import Reading
from notetext.reading.layout import arrange
from notetext.reading.struck import with_struck

HEIGHT, DISTANCE, CHARACTER = 20, 40, 10


def words_of(text: str, row: float, left: float = 100, *, struck: bool = False) -> tuple[Word, ...]:
    words = []
    for each in text.split():
        right = left + len(each) * CHARACTER
        top = DISTANCE * row
        box = Box.rectangle(left, top, right, top + HEIGHT)
        words.append(Word(text=each, box=box, struck=struck))
        left = right + CHARACTER
    return tuple(words)


def line_of(text: str, row: float, left: float = 100, *, struck: bool = False) -> Line:
    words = words_of(text, row, left, struck=struck)
    return Line(words=words, box=Box.along([word.box for word in words if word.box]))


def said(paragraphs: tuple[Paragraph, ...]) -> list[list[str]]:
    """The lines of each paragraph, with ``~`` before words that are struck out."""
    return [
        [" ".join("~" * word.struck + word.text for word in line.words) for line in each.lines]
        for each in paragraphs
    ]


def test_words_come_between_those_that_they_stand_between() -> None:
    line = Line(words=(*words_of("see you", 0), *words_of("at noon", 0, 230)))
    found = with_struck([Paragraph(lines=(line,))], [line_of("later", 0, 175, struck=True)])
    assert said(found) == [["see you ~later at noon"]]
    assert found[0].text == "see you at noon\n"


def test_they_may_stand_at_either_end_of_a_line() -> None:
    page = [Paragraph(lines=(line_of("see you", 0), line_of("at noon", 1)))]
    struck = [line_of("now", 0, 50, struck=True), line_of("sharp", 1.1, 180, struck=True)]
    assert said(with_struck(page, struck)) == [["~now see you", "at noon ~sharp"]]


def test_a_line_of_them_comes_below_the_one_above_it() -> None:
    page = [
        Paragraph(lines=(line_of("milk", 0), line_of("tea", 2))),
        Paragraph(lines=(line_of("far", 5),)),
    ]
    struck = [line_of("and more", 6, struck=True), line_of("bread", 1, struck=True)]
    assert said(with_struck(page, struck)) == [["milk", "~bread", "tea"], ["far", "~and ~more"]]


def test_pieces_of_one_line_become_one_line() -> None:
    page = [Paragraph(lines=(line_of("milk", 0),))]
    pieces = [line_of("white", 1, 100, struck=True), line_of("bread", 1, 165, struck=True)]
    for struck in (pieces, pieces[::-1]):
        assert said(with_struck(page, struck)) == [["milk", "~white ~bread"]]


def test_a_line_above_all_others_is_the_first() -> None:
    page = [Paragraph(lines=(line_of("tea", 1),))]
    assert said(with_struck(page, [line_of("milk", 0, struck=True)])) == [["~milk", "tea"]]


def test_each_column_keeps_its_own() -> None:
    page = [
        Paragraph(lines=(line_of("left", 0), line_of("left", 2))),
        Paragraph(lines=(line_of("right", 1, 600), line_of("right", 2, 600))),
    ]
    struck = [line_of("no", 1, struck=True), line_of("never", 0, 600, struck=True)]
    # A paragraph of the text begins with what stands: what is above it closes the one before.
    assert said(with_struck(page, struck)) == [
        ["left", "~no", "left", "~never"],
        ["right", "right"],
    ]


def test_where_nothing_stands_they_are_a_paragraph_without_text() -> None:
    found = with_struck([], [line_of("all of it", 0, struck=True)])
    assert said(found) == [["~all ~of ~it"]]
    assert found[0].text == ""
    assert found[0].is_struck


def test_the_layout_is_the_same_with_them() -> None:
    fragments = [line_of("the meeting was moved", row) for row in range(4)]
    struck = [line_of("again", 1.5, struck=True), line_of("twice", 2, 320, struck=True)]
    plain = arrange(Reading(fragments=fragments))
    found = arrange(Reading(fragments=fragments, struck=struck))
    assert "".join(each.text for each in found) == "".join(each.text for each in plain)
    assert [each.box for each in found] == [each.box for each in plain]
    assert sum(word.struck for each in found for word in each.words) == 2

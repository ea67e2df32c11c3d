"""Lines of scripts that are written from right to left, and mixed ones."""

from __future__ import annotations

import pytest

from notetext.engines import Reading
from notetext.model import Box, Line, Word
from notetext.reading.layout import arrange
from notetext.reading.text_layer import as_fragments

# Letters of Hebrew, in the order in which they are read: capitals stand for them in the tests.
_HEBREW = {chr(ord("A") + index): chr(0x05D0 + index) for index in range(22)}


def hebrew(text: str) -> str:
    """A text whose capitals are letters of Hebrew."""
    return "".join(_HEBREW.get(character, character) for character in text)


def lines(*rows: str, gap: float = 8) -> list[Word]:
    """Words where they stand on the page, row by row from left to right, five pixels a letter."""
    words = []
    for number, row in enumerate(rows):
        left = 0.0
        for text in row.split(" "):
            if text:
                right = left + 8 * len(text)
                box = Box.rectangle(left, 24 * number, right, 24 * number + 16)
                words.append(Word(text=hebrew(text), box=box))
                left = right
            left += gap
    return words


def read(words: list[Word], *, joined: bool = False) -> str:
    """The text of a page that holds words, as a document joins them or one by one."""
    single = [Line(words=(word,), box=word.box) for word in words]
    fragments = as_fragments(words) if joined else single
    return "".join(paragraph.text for paragraph in arrange(Reading(fragments=fragments)))


@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("CCC BBB AAA", "AAA BBB CCC"),
        ("2024 BBB 17 ,AAA", ",AAA 17 BBB 2024"),
        ("DDD two words AAA", "AAA two words DDD"),
        ("DDD Windows 11 AAA", "AAA Windows 11 DDD"),
        ("CCC - one AAA", "AAA one - CCC"),
        ("see BBB AAA there now", "see AAA BBB there now"),
        ("see BBB AAA, there are more words here", "see AAA, BBB there are more words here"),
        ("only words from the left", "only words from the left"),
    ],
)
def test_the_words_of_a_line_come_as_they_are_read(seen: str, meant: str, joined: bool) -> None:
    assert read(lines(seen), joined=joined) == f"{hebrew(meant)}\n"


def test_columns_from_the_right_are_read_from_the_right() -> None:
    left = [f"C{'CDE'[n % 3] * 4} DDDD EE FFF GGGG" for n in range(8)]
    right = [f"KKK AAAAA HH BBBB A{'ABC'[n % 3] * 4}" for n in range(8)]
    words = lines(*(f"{one}      {other}" for one, other in zip(left, right, strict=True)))
    text = read(words).split()
    assert len(text) == 80
    assert set(text[:40]) == {hebrew(word) for row in right for word in row.split()}


def test_a_line_of_latin_letters_between_others_keeps_its_order() -> None:
    text = read(lines("CCC BBB AAA", "one two three", "FFF EEE DDD"))
    assert text.split("\n")[:3] == [hebrew("AAA BBB CCC"), "one two three", hebrew("DDD EEE FFF")]


def test_brackets_are_told_as_they_are_meant() -> None:
    assert read(lines("CCC )4()B(15 AAA")).strip() == hebrew("AAA (4)(B)15 CCC")
    assert read(lines("CCC (BBB) AAA")).strip() == hebrew("AAA (BBB) CCC")


def test_boxes_stay_upright() -> None:
    (paragraph,) = arrange(Reading(fragments=as_fragments(lines("CCC BBB AAA", "FFF EEE DDD"))))
    for row in paragraph.lines:
        assert row.box is not None
        assert row.box.is_upright
        assert (row.box.left, row.box.right) == (0, 88)

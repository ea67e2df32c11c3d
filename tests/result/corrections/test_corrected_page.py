"""From a page as it was read to the page as it is right."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notetext import Box, Correction, Line, Page, Paragraph, RecognitionResult, Word
from notetext.model import CorrectionKind
from notetext.result.corrections.corrected_page import corrected_page

MakeResult = Callable[..., RecognitionResult]

K = CorrectionKind


@pytest.fixture(scope="module")
def read(result_of: MakeResult) -> Page:
    """A page of four lines in two paragraphs."""
    page: Page = result_of("the quick fox\njumps over\n\nthe lazy\ndog\n").pages[0]
    return page


def correction(
    line: int, word: int, old: str, new: str, kind: CorrectionKind = K.WORDS
) -> Correction:
    return Correction(
        kind=kind, page=1, line=line, word=word, old=tuple(old.split()), new=tuple(new.split())
    )


def test_what_a_person_typed_is_sure_and_stands_where_the_old_words_stood(read: Page) -> None:
    corrections = [correction(0, 1, "quick fox", "quickfox"), correction(1, 1, "over", "ov er")]
    page = corrected_page(read, corrections)
    the, quickfox = page.lines[0].words
    assert the == read.lines[0].words[0]
    assert quickfox == Word(text="quickfox", box=Box.rectangle(50, 20, 140, 40), confidence=1)
    _, ov, er = page.lines[1].words
    assert (ov.box, er.box) == (Box.rectangle(70, 60, 86, 80), Box.rectangle(94, 60, 110, 80))


def test_what_was_not_corrected_is_the_same_object(read: Page) -> None:
    page = corrected_page(read, [correction(0, 1, "quick", "slow")])
    assert page.paragraphs[1] is read.paragraphs[1]
    assert page.lines[1] is read.lines[1]
    assert page.lines[0].box == read.lines[0].box


def test_new_words_and_lines_stand_between_their_neighbours(read: Page) -> None:
    corrections = [
        correction(0, 1, "", "very"),
        correction(0, 3, "", "today"),
        correction(1, 0, "", "in between", K.LINE_ADDED),
        correction(4, 0, "", "the end", K.LINE_ADDED),
    ]
    page = corrected_page(read, corrections)
    the, very, quick, fox, today = [word.box for word in page.lines[0].words]
    assert the
    assert very
    assert quick
    assert fox
    assert today
    assert the.right <= very.left + 1
    assert very.right <= quick.left + 1
    assert today.left >= fox.right
    between, end = page.lines[1].box, page.lines[5].box
    assert between
    assert end
    assert 20 < between.top < 60
    assert end.top > 140


def test_lines_added_at_one_place_stand_below_each_other_in_their_order(read: Page) -> None:
    corrections = [correction(1, 0, "", text, K.LINE_ADDED) for text in ("first new", "second new")]
    page = corrected_page(read, corrections)
    texts = [line.text for line in page.lines]
    assert texts == ["the quick fox", "first new", "second new", "jumps over", "the lazy", "dog"]
    tops = [line.box.top for line in page.lines if line.box]
    assert tops == sorted(tops)


def test_a_paragraph_that_lost_its_only_line_is_gone(read: Page) -> None:
    corrections = [
        correction(2, 0, "the lazy", "", K.LINE_REMOVED),
        correction(3, 0, "dog", "", K.LINE_REMOVED),
    ]
    page = corrected_page(read, corrections)
    assert page.text == "the quick fox\njumps over\n"
    assert len(page.paragraphs) == 1


def test_the_page_is_of_the_same_kind_and_keeps_what_is_known_of_it(read: Page) -> None:
    page = corrected_page(read, [correction(3, 0, "dog", "cat")])
    assert type(page) is Page
    assert (page.number, page.width, page.engine) == (read.number, read.width, read.engine)


@pytest.fixture(scope="module")
def code() -> Page:
    """Two lines of code, of which the second is indented, with a wide gap before a remark."""
    lines = [[("def", 0), ("f(x):", 1)], [("return", 4), ("x", 1), ("#same", 3)]]
    return Page(
        number=1,
        width=100,
        height=100,
        engine="local",
        paragraphs=(
            Paragraph(
                lines=tuple(
                    Line(words=tuple(Word(text=text, blanks=blanks) for text, blanks in line))
                    for line in lines
                )
            ),
        ),
    )


@pytest.mark.parametrize(
    ("corrections", "text"),
    [
        ([correction(1, 0, "return", "yield")], "def f(x):\n    yield x   #same\n"),
        ([correction(1, 2, "#same", "# same")], "def f(x):\n    return x   # same\n"),
        ([correction(1, 0, "return", "")], "def f(x):\n    x   #same\n"),
        ([correction(1, 0, "", "await")], "def f(x):\n    await return x   #same\n"),
        ([correction(1, 0, "", "", K.LINES_JOINED)], "def f(x): return x   #same\n"),
        ([correction(1, 2, "", "", K.LINE_SPLIT)], "def f(x):\n    return x\n#same\n"),
        ([correction(1, 0, "", "pass", K.LINE_ADDED)], "def f(x):\npass\n    return x   #same\n"),
        ([correction(0, 0, "def f(x):", "", K.LINE_REMOVED)], "    return x   #same\n"),
    ],
)
def test_indentation_and_gaps_stay_where_they_are(
    code: Page, corrections: list[Correction], text: str
) -> None:
    assert corrected_page(code, corrections).text == text

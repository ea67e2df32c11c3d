"""Where a correction belongs when the page was read anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notetext import Box, Correction, RecognitionResult
from notetext.model import CorrectionKind, Line, PageData, Paragraph, Word
from notetext.result.corrections.finding import find

MakeResult = Callable[..., RecognitionResult]

LAZY = Box.rectangle(50, 100, 90, 120)
"""Where ``result_of`` puts "lazy" in the third line."""


def page_of(*lines: Line) -> PageData:
    paragraph = Paragraph(lines=lines)
    return PageData(number=1, width=400, height=400, engine="local", paragraphs=(paragraph,))


def line_of(*words: tuple[str, Box | None]) -> Line:
    return Line(words=tuple(Word(text=text, box=box) for text, box in words))


def place(correction: Correction, page: PageData) -> tuple[int, int] | None:
    found = find(correction, page)
    return None if found is None else (found.line, found.word)


def moved(box: Box, x: float, y: float) -> Box:
    return Box.of_corners((left + x, top + y) for left, top in box.corners)


def test_the_place_that_a_correction_names_is_right_if_the_old_words_stand_there() -> None:
    page = page_of(line_of(("the", None), ("lazy", None)), line_of(("lazy", None)))
    named = Correction(page=1, line=1, word=0, old=("lazy",), new=("sleepy",), box=LAZY)
    assert find(named, page) is named


def test_old_words_are_found_where_they_stood_on_the_paper() -> None:
    wanted = Correction(page=1, line=0, word=1, old=("lazy",), new=("sleepy",), box=LAZY)
    elsewhere = moved(LAZY, 0, 80)
    page = page_of(line_of(("other", elsewhere), ("lazy", elsewhere)), line_of(("lazy", LAZY)))
    # The named place holds the word as well; it is as good as any.
    assert place(wanted, page) == (0, 1)
    page = page_of(line_of(("heading", elsewhere)), line_of(("x", None), ("lazy", LAZY)))
    assert place(wanted, page) == (1, 1)


@pytest.mark.parametrize(("heights", "is_found"), [(0.7, True), (0.8, False)])
def test_a_word_may_have_moved_by_three_quarters_of_its_height(
    heights: float, is_found: bool
) -> None:
    page = page_of(line_of(("lazy", moved(LAZY, 0, 20 * heights))))
    wanted = Correction(page=1, line=7, word=0, old=("lazy",), new=("sleepy",), box=LAZY)
    assert (find(wanted, page) is not None) == is_found


def test_of_equal_words_nearby_the_nearest_is_meant() -> None:
    page = page_of(line_of(("no", moved(LAZY, 12, 0)), ("no", moved(LAZY, 2, 0))))
    wanted = Correction(page=1, line=9, word=0, old=("no",), new=("yes",), box=LAZY)
    assert place(wanted, page) == (0, 1)


def test_a_correction_without_a_place_on_the_paper_is_not_looked_for() -> None:
    page = page_of(line_of(("the", LAZY), ("lazy", LAZY)))
    wanted = Correction(page=1, line=0, word=0, old=("lazy",), new=("sleepy",))
    assert find(wanted, page) is None


def test_what_was_added_at_the_end_of_a_line_is_found_behind_its_last_word() -> None:
    page = page_of(line_of(("heading", moved(LAZY, 0, -80))), line_of(("lazy", LAZY)))
    added = Correction(page=1, line=0, word=1, new=("dog",), box=LAZY.part(1, 1))
    assert place(added, page) == (1, 1)


def test_a_line_that_was_removed_is_found_only_if_it_reads_the_same() -> None:
    removed = Correction(
        kind=CorrectionKind.LINE_REMOVED, page=1, line=0, old=("lazy", "dog"), box=LAZY
    )
    heading = line_of(("heading", moved(LAZY, 0, -80)))
    dog = moved(LAZY, 60, 0)
    same = page_of(heading, line_of(("lazy", LAZY), ("dog", dog)))
    longer = page_of(heading, line_of(("lazy", LAZY), ("dog", dog), ("barks", None)))
    assert place(removed, same) == (1, 0)
    assert find(removed, longer) is None


def test_corrections_find_their_words_when_a_heading_was_overlooked(result_of: MakeResult) -> None:
    read = result_of("the quick fox\njumps over\n\nthe lazy\ndog\n")
    box = read.lines[2].words[1].box
    corrections = [Correction(page=1, line=2, word=1, old=("lazy",), new=("sleepy",), box=box)]
    heading = result_of("A heading\n", places=False).pages[0].paragraphs[0]
    (page,) = read.pages
    anew = read.model_copy(
        update={
            "pages": (page.model_copy(update={"paragraphs": (heading, *page.paragraphs)}),),
        }
    )
    result = anew.corrected(corrections)
    assert result.text == "A heading\n\nthe quick fox\njumps over\n\nthe sleepy\ndog\n"
    assert [(c.line, c.word) for c in result.corrections] == [(3, 1)]

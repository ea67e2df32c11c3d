"""Corrections of pages on which words are struck out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from notetext import Correction, RecognitionResult
from notetext.errors import CorrectionError
from notetext.model import CorrectionKind

MakeResult = Callable[..., RecognitionResult]

K = CorrectionKind


@pytest.fixture(params=[True, False], ids=["with places", "without places"])
def read(result_of: MakeResult, request: pytest.FixtureRequest) -> RecognitionResult:
    """A note in which the words with a ``~`` are struck out."""
    text = "~now the quick ~red fox\n~and ~then\njumps over ~it\n\nthe lazy dog\n"
    result: RecognitionResult = result_of(text, places=request.param)
    data = result.model_dump(mode="json")
    for paragraph in data["pages"][0]["paragraphs"]:
        for line in paragraph["lines"]:
            for word in line["words"]:
                word["struck"] = word["text"].startswith("~")
                word["text"] = word["text"].removeprefix("~")
    data["pages"][0]["blocks"] = []
    return RecognitionResult.model_validate(data)


def correction(
    line: int, word: int, old: str, new: str, kind: CorrectionKind = K.WORDS
) -> Correction:
    return Correction(
        kind=kind, page=1, line=line, word=word, old=tuple(old.split()), new=tuple(new.split())
    )


def said(result: RecognitionResult) -> list[str]:
    return [" ".join("~" * word.struck + word.text for word in line.words) for line in result.lines]


def test_places_count_what_is_struck_out(read: RecognitionResult) -> None:
    fixed = read.corrected([correction(0, 4, "fox", "dog"), correction(2, 1, "over", "under")])
    assert fixed.text == "the quick dog\njumps under\n\nthe lazy dog\n"
    assert said(fixed)[:3] == ["~now the quick ~red dog", "~and ~then", "jumps under ~it"]
    assert [(each.line, each.word) for each in fixed.corrections] == [(0, 4), (2, 1)]


def test_words_are_joined_over_what_is_struck_out(read: RecognitionResult) -> None:
    fixed = read.corrected([correction(0, 2, "quick fox", "quickfox")])
    assert fixed.text.startswith("the quickfox\n")
    assert said(fixed)[0] in {"~now the quickfox ~red", "~now the ~red quickfox"}


def test_lines_are_joined_over_one_that_is_struck_out(read: RecognitionResult) -> None:
    fixed = read.corrected([correction(2, 0, "", "", K.LINES_JOINED)])
    assert fixed.text == "the quick fox jumps over\n\nthe lazy dog\n"
    assert said(fixed)[:2] == ["~now the quick ~red fox jumps over ~it", "~and ~then"]


def test_what_a_removed_line_held_goes_with_it(read: RecognitionResult) -> None:
    fixed = read.corrected([correction(0, 0, "the quick fox", "", K.LINE_REMOVED)])
    assert said(fixed) == ["~and ~then", "jumps over ~it", "the lazy dog"]
    assert fixed.text == "jumps over\n\nthe lazy dog\n"


def test_a_page_from_which_all_is_removed_keeps_its_struck_lines(read: RecognitionResult) -> None:
    lines = [(0, "the quick fox"), (2, "jumps over"), (3, "the lazy dog")]
    fixed = read.corrected([correction(n, 0, text, "", K.LINE_REMOVED) for n, text in lines])
    assert fixed.text == ""
    assert said(fixed) == ["~and ~then"]


def test_words_that_are_struck_out_are_none_to_correct(read: RecognitionResult) -> None:
    with pytest.raises(CorrectionError):
        read.corrected([correction(0, 3, "red", "blue")])
    with pytest.raises(CorrectionError):
        read.corrected([correction(9, 0, "", "new")])


def test_without_corrections_all_is_as_it_was(read: RecognitionResult) -> None:
    fixed = read.corrected([correction(3, 1, "lazy", "idle")])
    assert fixed.as_read() == read
    again = fixed.corrected(fixed.corrections)
    assert again == fixed
    kinds = [[block.kind for block in each.pages[0].blocks] for each in (fixed, read)]
    assert kinds[0] == kinds[1]

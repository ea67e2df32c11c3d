"""Searchable PDF, as PDFium, Poppler and qpdf see it: every word is found where it stands."""

from __future__ import annotations

import io
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray

from notetext import RecognitionResult
from notetext.errors import MissingDependencyError, MissingSourceError

Rectangle = tuple[float, float, float, float]
Render = Callable[..., NDArray[np.uint8]]
FindWords = Callable[[bytes], list[tuple[str, Rectangle]]]
ToText = Callable[..., str]


def pdf_of(result: RecognitionResult) -> bytes:
    data = result.to("pdf")
    assert isinstance(data, bytes)
    return data


def by_text(words: Sequence[tuple[str, Rectangle]]) -> dict[str, list[Rectangle]]:
    places: dict[str, list[Rectangle]] = defaultdict(list)
    for text, box in sorted(words):
        places[text].append(box)
    return places


@pytest.fixture(scope="module")
def letter_pdf(letter: RecognitionResult) -> bytes:
    return pdf_of(letter)


@pytest.mark.parametrize("finder", ["poppler_words", "pdfium_words"])
def test_every_word_is_found_at_its_place(
    letter: RecognitionResult,
    letter_pdf: bytes,
    finder: str,
    request: pytest.FixtureRequest,
) -> None:
    scale = 72 / 150
    height = letter.pages[0].height * scale
    expected = []
    for word in letter.words:
        assert word.box
        left, right = word.box.left * scale, word.box.right * scale
        top, bottom = word.box.top * scale, word.box.bottom * scale
        if finder == "pdfium_words":
            top, bottom = height - bottom, height - top
        expected.append((word.text, (left, top, right, bottom)))
    find: FindWords = request.getfixturevalue(finder)
    found = by_text(find(letter_pdf))
    assert found.keys() == by_text(expected).keys()
    for text, boxes in by_text(expected).items():
        for box, place in zip(boxes, found[text], strict=True):
            # Where words touch, one ends a fifth of its height earlier, so that a blank is seen.
            slack = 0.25 * (box[3] - box[1])
            assert place[0] == pytest.approx(box[0], abs=2)
            assert place[1] == pytest.approx(box[1], abs=2)
            assert place[3] == pytest.approx(box[3], abs=2)
            assert box[2] - slack - 1 <= place[2] <= box[2] + 2


def test_the_running_text_is_the_results(
    letter: RecognitionResult, letter_pdf: bytes, pdftotext: ToText
) -> None:
    # The layout's blanks before a line only show how far it is indented.
    printed = pdftotext(letter_pdf, "-layout").replace("\f", "").split("\n")
    lines = [line.strip() for line in printed if line]
    assert lines == [line for line in letter.text.splitlines() if line]


def test_nothing_is_drawn_over_the_page(
    rendered: Render, letter: RecognitionResult, letter_pdf: bytes
) -> None:
    blank = tuple(page.model_copy(update={"paragraphs": ()}) for page in letter.pages)
    bare = pdf_of(letter.model_copy(update={"pages": blank}))
    assert (rendered(letter_pdf) == rendered(bare)).all()


def test_the_file_is_sound_and_says_its_language(letter_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(letter_pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert str(pdf.Root.Lang) == "en"
        assert pdf.docinfo["/Title"] == "letter.jpg"


def test_the_same_result_gives_the_same_bytes(letter: RecognitionResult, letter_pdf: bytes) -> None:
    assert pdf_of(letter) == letter_pdf


def test_without_the_document_the_way_to_it_is_named(letter: RecognitionResult) -> None:
    bare = RecognitionResult.from_json(letter.to_json())
    with pytest.raises(MissingSourceError, match=r"result\.attach"):
        bare.to("pdf")


def test_without_pikepdf_the_extra_is_named(
    letter: RecognitionResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(MissingDependencyError, match=r"notetext\[searchable-pdf\]") as caught:
        letter.to("pdf")
    assert caught.value.extra == "searchable-pdf"

"""Words as OCRmyPDF's own drawing puts them, whatever way the line runs."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from ocrmypdf.font import MultiFontManager
from ocrmypdf.fpdf_renderer import Fpdf2PdfRenderer
from pdf_words import words_of

from notetext.model import Box, Line, Paragraph, Word
from notetext.ocrmypdf.tree import page_tree
from notetext.result import Page

TEXTS = ("Dear", "Martha,", "thank", "you")


def turned_line(angle: float) -> Line:
    """Four words in the middle of a page of 1000 by 1000 pixels, turned counter-clockwise."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))

    def corner(along: float, across: float) -> tuple[float, float]:
        return 500 + along * cos + across * sin, 500 - along * sin + across * cos

    words = []
    for number, text in enumerate(TEXTS):
        start, end = 200 * number - 400, 200 * number - 260
        corners = [corner(start, -20), corner(end, -20), corner(end, 20), corner(start, 20)]
        words.append(Word(text=text, box=Box.of_corners(corners), confidence=0.9))
    return Line(words=tuple(words))


def page_of(line: Line) -> Page:
    paragraph = Paragraph(lines=(line,))
    return Page(number=1, width=1000, height=1000, engine="local", paragraphs=(paragraph,))


@pytest.mark.parametrize("angle", [0, 0.1, 3, -7, 44, 46, 60, 90, 120, 180, 200, -90, -135])
def test_words_are_drawn_where_they_were_read(angle: float, tmp_path: Path) -> None:
    line = turned_line(angle)
    tree = page_tree(page_of(line), dpi=72, number=0, language="eng")
    fonts = MultiFontManager()
    Fpdf2PdfRenderer(tree, 72, fonts).render(tmp_path / "text.pdf")
    drawn = words_of(tmp_path / "text.pdf")
    # What stands on its head, PDFium reads from its end.
    assert sorted(text for text, _ in drawn) == sorted(TEXTS)
    for word in line.words:
        (box,) = (box for text, box in drawn if text == word.text)
        assert word.box
        seen = (word.box.left, word.box.top, word.box.right, word.box.bottom)
        assert box == pytest.approx(seen, abs=1.0)


def test_a_line_as_narrow_as_no_text_is_drawn_all_the_same(tmp_path: Path) -> None:
    brace = Word(text="}", box=Box.rectangle(500, 100, 504, 800))
    tree = page_tree(page_of(Line(words=(brace,))), dpi=72, number=0, language=None)
    Fpdf2PdfRenderer(tree, 72, MultiFontManager()).render(tmp_path / "text.pdf")
    assert [text for text, _ in words_of(tmp_path / "text.pdf")] == ["}"]


def test_what_an_engine_gave_no_places_for_is_drawn_in_order(tmp_path: Path) -> None:
    lines = (Line(words=(Word(text="Dear"), Word(text="Ann"))), Line(words=(Word(text="Hello"),)))
    page = page_of(Line()).model_copy(update={"paragraphs": (Paragraph(lines=lines),)})
    tree = page_tree(page, dpi=72, number=0, language=None)
    Fpdf2PdfRenderer(tree, 72, MultiFontManager()).render(tmp_path / "text.pdf")
    assert [text for text, _ in words_of(tmp_path / "text.pdf")] == ["Dear", "Ann", "Hello"]


def test_the_tree_keeps_paragraphs_confidences_and_the_page_s_size() -> None:
    paragraphs = (Paragraph(lines=(turned_line(0),)), Paragraph(lines=(turned_line(5), Line())))
    page = page_of(Line()).model_copy(update={"paragraphs": paragraphs})
    tree = page_tree(page, dpi=300, number=4, language="eng")
    assert tree.ocr_class == "ocr_page"
    assert tree.bbox
    assert (tree.bbox.right, tree.bbox.bottom, tree.dpi, tree.page_number) == (1000, 1000, 300, 4)
    assert [len(paragraph.lines) for paragraph in tree.paragraphs] == [1, 1]
    assert [line.language for line in tree.lines] == ["eng", "eng"]
    assert [word.text for word in tree.words] == [*TEXTS, *TEXTS]
    assert {word.confidence for word in tree.words} == {0.9}

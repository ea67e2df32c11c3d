"""The pictures of pages and drawings in Word documents, read back by python-docx."""

from __future__ import annotations

import io
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import docx
import numpy as np
import pytest
from docx.document import Document
from docx.shape import InlineShape
from PIL import Image, ImageDraw

from notetext import Box, Line, Mode, Page, Paragraph, RecognitionResult, Word
from notetext.errors import MissingSourceError
from notetext.exporters.docx import DocxExporter
from notetext.model import Figure, LinePart, ParagraphBlock, SourceInfo

Sheet = Callable[..., RecognitionResult]

FIGURE = Box.rectangle(100, 300, 300, 400)
BLUE = (20, 40, 200)


def opened(result: RecognitionResult, *, pictures: bool = True) -> Document:
    rendered = result.to(DocxExporter(pictures=pictures))
    assert isinstance(rendered, bytes)
    return docx.Document(io.BytesIO(rendered))


def said(shape: InlineShape) -> str:
    return str(shape._inline.docPr.get("descr"))


def seen(document: Document, shape: InlineShape) -> Image.Image:
    """The pixels of a picture."""
    part = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
    return Image.open(io.BytesIO(part.blob))


def order(document: Document) -> list[str]:
    """What the paragraphs hold, a picture as its alternative text."""
    texts: list[str] = []
    for paragraph in document.paragraphs:
        described = paragraph._p.xpath(".//wp:docPr/@descr")
        texts += described or ([paragraph.text.strip()] if paragraph.text.strip() else [])
    return texts


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    """Makes results of pages of a size on which a line and a blue drawing stand."""

    def make(
        size: tuple[int, int] = (600, 800),
        pages: int = 1,
        dpi: tuple[float, float] | None = None,
        name: str = "a note.png",
    ) -> RecognitionResult:
        image = Image.new("RGB", size, "white")
        pen = ImageDraw.Draw(image)
        pen.rectangle(FIGURE.corners[0] + FIGURE.corners[2], fill=BLUE)
        image.save(tmp_path / name, save_all=pages > 1, append_images=[image] * (pages - 1))
        words = (Word(text="drawn", box=Box.rectangle(100, 100, 200, 130)),)
        blocks = (
            ParagraphBlock(lines=(LinePart(line=0, end=1, words=words),)),
            Figure(place=FIGURE),
        )
        paragraphs = (Paragraph(lines=(Line(words=words),)),)
        found = [
            Page(
                number=number,
                width=size[0],
                height=size[1],
                dpi=dpi[0] if dpi else None,
                dpi_y=dpi[1] if dpi else None,
                engine="local",
                paragraphs=paragraphs,
                blocks=blocks,
            )
            for number in range(1, pages + 1)
        ]
        result = RecognitionResult(
            engine="local",
            mode=Mode.PRINTED,
            languages=(),
            source=SourceInfo(name=name, sha256=sha256((tmp_path / name).read_bytes()).hexdigest()),
            pages=tuple(found),
        )
        return result.attach(tmp_path / name)

    return make


def test_a_page_stands_above_its_text_and_a_drawing_where_it_belongs(sheet: Sheet) -> None:
    document = opened(sheet())
    assert order(document) == ["Page 1 of a note.png", "drawn", "Figure on page 1 of a note.png"]


def test_it_is_as_wide_as_the_text_and_the_drawing_in_proportion(sheet: Sheet) -> None:
    document = opened(sheet())
    page, figure = document.inline_shapes
    section = document.sections[0]
    assert section.page_width
    assert section.left_margin
    assert section.right_margin
    width = section.page_width - section.left_margin - section.right_margin
    assert page.width == pytest.approx(width, abs=2)
    assert page.height == pytest.approx(width * 800 / 600, abs=2)
    assert figure.width == pytest.approx(width * 200 / 600, abs=2)
    assert figure.height == pytest.approx(figure.width / 2, abs=2)


def test_the_drawing_is_cut_out_of_the_page(sheet: Sheet) -> None:
    document = opened(sheet())
    whole, figure = (seen(document, shape) for shape in document.inline_shapes)
    assert whole.size == (600, 800)
    assert figure.size == (200, 100)
    assert np.abs(np.asarray(figure).astype(int) - BLUE).max() < 30


def test_a_high_page_keeps_its_form_and_fits_on_the_paper(sheet: Sheet) -> None:
    document = opened(sheet((600, 2400)))
    page = document.inline_shapes[0]
    section = document.sections[0]
    assert section.page_height
    assert section.top_margin
    assert section.bottom_margin
    assert page.height < section.page_height - section.top_margin - section.bottom_margin
    assert page.height == pytest.approx(4 * page.width, rel=0.001)


def test_a_page_of_pixels_that_are_not_square_looks_as_on_paper(sheet: Sheet) -> None:
    page, figure = opened(sheet((600, 450), dpi=(200, 100))).inline_shapes
    assert page.height == pytest.approx(page.width * 1.5, rel=0.001)
    assert figure.height == pytest.approx(figure.width, rel=0.001)


def test_large_pages_become_no_larger_than_paper_shows(sheet: Sheet) -> None:
    document = opened(sheet((2400, 1800)))
    assert seen(document, document.inline_shapes[0]).size == (1800, 1350)


def test_each_page_has_its_own(sheet: Sheet) -> None:
    document = opened(sheet(pages=2, name="two.tiff"))
    assert order(document) == [
        f"{what} {number} of two.tiff" if what else "drawn"
        for number in (1, 2)
        for what in ("Page", "", "Figure on page")
    ]
    assert document.element.body.xpath("count(.//w:br[@w:type='page'])") == 1


def test_a_drawing_beyond_the_page_is_cut_at_its_edge(sheet: Sheet) -> None:
    result = sheet((250, 350))
    document = opened(result)
    page, figure = document.inline_shapes
    assert seen(document, figure).size == (150, 50)
    assert figure.width == pytest.approx(page.width * 150 / 250, abs=2)
    outside = result.pages[0].model_copy(update={"blocks": (Figure(place=Box((300,) * 8)),)})
    assert len(opened(_with_pages(result, outside)).inline_shapes) == 1


def test_a_page_that_could_not_be_opened_has_none(sheet: Sheet) -> None:
    result = sheet()
    blank = result.pages[0].model_copy(update={"width": 0, "height": 0})
    assert order(opened(_with_pages(result, blank))) == ["drawn"]


def test_without_the_document_it_says_what_to_do(sheet: Sheet) -> None:
    alone = RecognitionResult.from_json(sheet().to_json())
    with pytest.raises(MissingSourceError, match=r"result\.attach"):
        alone.to(DocxExporter(pictures=True))
    assert order(opened(alone, pictures=False)) == ["drawn"]


def test_nobody_gets_pictures_unasked(sheet: Sheet) -> None:
    assert len(opened(sheet(), pictures=False).inline_shapes) == 0


def test_several_documents_have_theirs_in_one(sheet: Sheet) -> None:
    merger = DocxExporter(pictures=True).merger()
    for name in ("one.png", "two.png"):
        assert merger.add(sheet(name=name), b"") == b""
    merged = merger.end()
    assert isinstance(merged, bytes)
    document = docx.Document(io.BytesIO(merged))
    assert [said(shape) for shape in document.inline_shapes] == [
        "Page 1 of one.png",
        "Figure on page 1 of one.png",
        "Page 1 of two.png",
        "Figure on page 1 of two.png",
    ]
    assert document.core_properties.title == "one.png, two.png"


def _with_pages(result: RecognitionResult, *pages: Page) -> RecognitionResult:
    return result.model_copy(update={"pages": pages})

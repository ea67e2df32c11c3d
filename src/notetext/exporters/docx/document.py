"""From results to one Word document."""

from __future__ import annotations

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Inches, Length, Pt
from docx.text.paragraph import Paragraph

from notetext.exporters import PageImages
from notetext.exporters.cell_runs import cell_runs
from notetext.exporters.docx.pictures import Picture, Pictures
from notetext.exporters.joined_pages import joined_pages
from notetext.exporters.ragged_lines import FlowingLine, flowing_lines, paragraph_lines
from notetext.exporters.runs import Run, flowing_runs, runs_of
from notetext.exporters.xml_characters import legal_xml
from notetext.model import (
    Block,
    Figure,
    FormField,
    Heading,
    ListBlock,
    ListItem,
    ParagraphBlock,
    Preformatted,
    Table,
    Task,
)
from notetext.result import RecognitionResult

_LONGEST_TITLE = 255  # characters that python-docx takes
_DEEPEST = 3  # of the styles for lists that Word has by itself
_LINES_BESIDE = Pt(36)  # on the page of a picture: what a page break leaves, and a blank
_BOXES = {True: "☒ ", False: "☐ ", None: "☐ "}


class WordDocument:
    """A document that results are added to, each on pages of its own.

    Args:
        struck: as `DocxExporter` has it.
    """

    def __init__(self, *, struck: bool) -> None:
        self._document = docx.Document()
        self._struck = struck
        self._names: list[str] = []
        self._is_empty = True

    def add(self, result: RecognitionResult, images: PageImages | None) -> None:
        """Adds a result; with its pages' pixels, their pictures too."""
        self._names.append(result.source.name or "")
        pictures = self._pictures(result, images) if images is not None else None
        for page in joined_pages(result.pages, struck=self._struck):
            if not self._is_empty:
                self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            self._is_empty = False
            if pictures is not None:
                for number in page.numbers:
                    self._add_picture(pictures.page(number))
            for number, block in zip(page.begins, page.blocks, strict=True):
                if not isinstance(block, Figure):
                    _add_block(self._document, block)
                elif pictures is not None:
                    self._add_picture(pictures.figure(number, block.place))

    def content(self) -> bytes:
        """The file."""
        title = legal_xml(", ".join(self._names))
        self._document.core_properties.title = title[:_LONGEST_TITLE]
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _pictures(self, result: RecognitionResult, images: PageImages) -> Pictures:
        section = self._document.sections[-1]
        sizes = (section.page_width, section.left_margin, section.right_margin)
        width, left, right = (length or Inches(0) for length in sizes)
        heights = (section.page_height, section.top_margin, section.bottom_margin)
        height, top, bottom = (length or Inches(0) for length in heights)
        room = Length(height - top - bottom - _LINES_BESIDE)
        return Pictures(result, images, Length(width - left - right).inches, room.inches)

    def _add_picture(self, picture: Picture | None) -> None:
        if picture is None:
            return
        shown = self._document.add_picture(
            io.BytesIO(picture.jpeg), Inches(picture.width), Inches(picture.height)
        )
        # python-docx has no name of its own for this, and no types.
        shown._inline.docPr.set("descr", legal_xml(picture.said))


def _add_block(document: Document, block: Block) -> None:
    if isinstance(block, Heading):
        _add_runs(document.add_heading("", block.level), flowing_runs(block.lines, apart=True))
    elif isinstance(block, ParagraphBlock):
        _write(document.add_paragraph(), paragraph_lines(block.lines))
    elif isinstance(block, ListBlock):
        _add_items(document, block.items, 1)
    elif isinstance(block, Table):
        _add_table(document, block)
    elif isinstance(block, FormField):
        paragraph = document.add_paragraph()
        _add_runs(paragraph, runs_of(block.label.words), bold=True)
        paragraph.add_run(" ")
        _add_runs(paragraph, flowing_runs(block.values))
    elif isinstance(block, Preformatted):
        paragraph = document.add_paragraph(style="No Spacing")
        run = paragraph.add_run(legal_xml(block.text.rstrip("\n")))
        run.font.name = "Courier New"


def _add_items(document: Document, items: Sequence[ListItem], depth: int) -> None:
    deep = "" if depth == 1 else f" {min(depth, _DEEPEST)}"
    last: int | None = None
    numbering = 0
    for item in items:
        number = None if isinstance(item, Task) else item.number
        if number is not None:
            paragraph = document.add_paragraph(style=f"List Number{deep}")
            if last is None or number != last + 1:
                numbering = _numbering_from(document, f"List Number{deep}", number)
            _count_by(paragraph, numbering)
        elif isinstance(item, Task) or item.label:
            paragraph = document.add_paragraph(style=f"List{deep}")
            says = _BOXES[item.done] if isinstance(item, Task) else f"{legal_xml(item.label)} "
            paragraph.add_run(says)
        else:
            paragraph = document.add_paragraph(style=f"List Bullet{deep}")
        last = number
        _write(paragraph, flowing_lines(item.lines, item.marker))
        _add_items(document, item.items, depth + 1)


def _numbering_from(document: Document, style: str, start: int) -> int:
    """A numbering that begins with a number; the style's own goes on from list to list."""
    definitions = document.part.numbering_part.element
    own = document.styles[style].element.pPr.numPr.numId.val
    numbering = definitions.add_num(definitions.num_having_numId(own).abstractNumId.val)
    numbering.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(numbering.numId)


def _count_by(paragraph: Paragraph, numbering: int) -> None:
    # python-docx has no name of its own for this, and no types.
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # type: ignore[attr-defined]
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbering


def _add_table(document: Document, table: Table) -> None:
    rows, columns = table.size
    grid = document.add_table(rows, columns, style="Table Grid")
    for row, column, cell in table.placed():
        place = grid.cell(row, column)
        if cell.row_span > 1 or cell.column_span > 1:
            last = grid.cell(row + cell.row_span - 1, column + cell.column_span - 1)
            place = place.merge(last)
        is_bold = row < table.header_rows
        _add_runs(place.paragraphs[0], cell_runs(cell), bold=is_bold)
    document.add_paragraph()


def _write(paragraph: Paragraph, written: Sequence[FlowingLine]) -> None:
    """Lines that flow together, but for those that were ended on purpose."""
    for number, line in enumerate(written):
        _add_runs(paragraph, line.runs)
        if line.stays:
            paragraph.add_run().add_break()
        elif number + 1 < len(written):
            paragraph.add_run(" ")


def _add_runs(paragraph: Paragraph, runs: Sequence[Run], *, bold: bool = False) -> None:
    for written in runs:
        run = paragraph.add_run(legal_xml(written.text))
        if bold:
            run.bold = True
        if written.struck:
            run.font.strike = True

"""Word documents: headings, lists, check boxes and tables as such."""

from __future__ import annotations

import importlib.util
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from notetext.errors import MissingDependencyError
from notetext.exporters import Exporter, PageImages
from notetext.exporters.joined_pages import joined_pages
from notetext.exporters.merging import Gathered, Merger
from notetext.exporters.ragged_lines import FlowingLine, flowing_lines, paragraph_lines
from notetext.exporters.xml_characters import legal_xml
from notetext.model import (
    Block,
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

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_LONGEST_TITLE = 255  # characters that python-docx takes
_DEEPEST = 3  # of the styles for lists that Word has by itself
_BOXES = {True: "☒ ", False: "☐ ", None: "☐ "}


class DocxExporter(Exporter):
    """A document for Word, LibreOffice and the like.

    Headings, lists and tables have the styles that word processors know, so that they can be
    restyled at once. Each page of the note begins a page, unless something goes on over it. Tasks
    begin with the sign of their box.
    """

    name = "docx"
    suffixes = (".docx",)
    is_text = False

    def check(self) -> None:
        """Looks whether python-docx is there.

        Raises:
            MissingDependencyError: it is not; the message is the command that installs it.
        """
        if importlib.util.find_spec("docx") is None:
            raise _missing()

    def render(self, result: RecognitionResult, images: PageImages | None) -> bytes:
        """Returns a file of Office Open XML.

        Raises:
            MissingDependencyError: python-docx is not installed (``notetext[docx]``).
        """
        return _document([result])

    def merger(self) -> Merger:
        """Sets all documents into one, each on pages of its own."""
        return Gathered(_document)


def _document(results: Sequence[RecognitionResult]) -> bytes:
    document = _empty_document()
    from docx.enum.text import WD_BREAK

    names = ", ".join(result.source.name or "" for result in results)
    document.core_properties.title = legal_xml(names)[:_LONGEST_TITLE]
    pages = [page for result in results for page in joined_pages(result.pages)]
    for index, page in enumerate(pages):
        if index:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in page.blocks:
            _add_block(document, block)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _missing() -> MissingDependencyError:
    return MissingDependencyError(
        'a Word document needs python-docx; install it with pip install "notetext[docx]"',
        extra="docx",
    )


def _empty_document() -> Document:
    try:
        import docx
    except ImportError as error:
        raise _missing() from error
    return docx.Document()


def _add_block(document: Document, block: Block) -> None:
    if isinstance(block, Heading):
        text = " ".join(part.text for part in block.lines)
        document.add_heading(legal_xml(text), block.level)
    elif isinstance(block, ParagraphBlock):
        _write(document.add_paragraph(), paragraph_lines(block.lines))
    elif isinstance(block, ListBlock):
        _add_items(document, block.items, 1)
    elif isinstance(block, Table):
        _add_table(document, block)
    elif isinstance(block, FormField):
        paragraph = document.add_paragraph()
        paragraph.add_run(legal_xml(block.label.text.strip())).bold = True
        paragraph.add_run(f" {legal_xml(block.value)}")
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
        place.text = legal_xml(cell.text)
        if row < table.header_rows:
            for run in place.paragraphs[0].runs:
                run.bold = True
    document.add_paragraph()


def _write(paragraph: Paragraph, written: Sequence[FlowingLine]) -> None:
    """Lines that flow together, but for those that were ended on purpose."""
    for number, line in enumerate(written):
        run = paragraph.add_run(legal_xml(line.text))
        if line.stays:
            run.add_break()
        elif number + 1 < len(written):
            run.add_text(" ")

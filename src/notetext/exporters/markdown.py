"""Markdown: what a page is made of, as GitHub's Markdown has it, and page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from notetext.exporters import Exporter, PageImages
from notetext.exporters.cell_runs import cell_runs
from notetext.exporters.joined_pages import joined_pages
from notetext.exporters.merging import Separated
from notetext.exporters.ragged_lines import FlowingLine, flowing_lines, paragraph_lines
from notetext.exporters.runs import Run, flowing_runs, runs_of
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

_PAGE_BREAK = "\n---\n\n"

# What means something anywhere in a line: emphasis, code, links, HTML, tables, formulas, entities.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]")
# What means something where a line begins: headings, lists, rules and underlines.
_SPECIAL_AT_START = re.compile(r"^(?P<number>[0-9]{0,9})(?P<sign>[-+=#]|(?<=[0-9])[.)](?=\s|$))")
# What ends a heading, and is no part of it.
_SPECIAL_AT_END = re.compile(r"(#+)$")

_DONE = {True: "[x] ", False: "[ ] ", None: ""}


@dataclass(frozen=True)
class MarkdownExporter(Exporter):
    r"""Markdown that looks, when rendered, like the note.

    Headings, lists with their numbers and check boxes (``- [x]``), tables and code are those of
    `Page.blocks`. A line that ends although the next word would still have fitted was ended on
    purpose, and stays a line of its own (``\`` at its end), and so do lines that are all short;
    other lines flow together. A rule
    (``---``) stands between pages, unless a paragraph, list or table goes on over it. Characters
    that mean something in Markdown or HTML are escaped.

    >>> from notetext.exporters.markdown import MarkdownExporter
    >>> MarkdownExporter(body_only=True).name
    'markdown'

    Attributes:
        body_only: whether running heads and page numbers are left out.
        struck: whether words that the writer struck out stand there as ``~~words~~``; in code they
            never do.
    """

    body_only: bool = False
    struck: bool = False

    name = "markdown"
    suffixes = (".md", ".markdown")

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns GitHub's Markdown, without HTML."""
        pages = joined_pages(result.pages, body_only=self.body_only, struck=self.struck)
        return _PAGE_BREAK.join("\n".join(_blocks(page.blocks)) for page in pages)

    def merger(self) -> Separated:
        """Sets documents apart by a rule, as their pages are."""
        return Separated(_PAGE_BREAK)


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    """Blocks, each ended by a newline."""
    lists = 0
    for kind, run in groupby(blocks, type):
        of_kind = [*run]
        if kind is FormField:
            yield _fields([block for block in of_kind if isinstance(block, FormField)])
        if kind is Preformatted:
            yield _fenced([block for block in of_kind if isinstance(block, Preformatted)])
        for block in of_kind:
            if isinstance(block, ListBlock):
                yield from _list(block.items, lists)
                # With the same signs, a list right after another would be one with it.
                lists += 1
            elif isinstance(block, Heading):
                yield f"{'#' * block.level} {_heading(block)}\n"
            elif isinstance(block, ParagraphBlock):
                if text := _flowing(paragraph_lines(block.lines)):
                    yield f"{text}\n"
            elif isinstance(block, Table):
                yield _table(block)


def _heading(block: Heading) -> str:
    return _SPECIAL_AT_END.sub(r"\\\1", _escaped(flowing_runs(block.lines, apart=True)))


def _list(items: Sequence[ListItem], lists: int) -> Iterator[str]:
    """A list, or as many as there are runs of items with numbers and without."""
    for count, (_, run) in enumerate(groupby(items, lambda item: item.number is not None), lists):
        yield "".join(_item(item, count) for item in run)


def _item(item: ListItem, lists: int) -> str:
    bullet, dot = ("-", ".") if lists % 2 == 0 else ("*", ")")
    if item.number is not None:
        marker, box = f"{item.number}{dot} ", ""
    else:
        marker, box = f"{bullet} ", _box(item)
    indent = " " * len(marker)
    text = box + _flowing(flowing_lines(item.lines, item.marker), indent)
    below = "".join(_list(item.items, 0))
    return f"{marker}{text.rstrip()}\n" + re.sub(r"(?m)^(?=.)", indent, below)


def _box(item: ListItem) -> str:
    """A check box; and as text a marker that Markdown has no list for, such as ``a)``."""
    if isinstance(item, Task) and item.done is not None:
        return _DONE[item.done]
    text = item.marker if isinstance(item, Task) else item.label
    return f"{_inline(text)} " if text else ""


def _table(table: Table) -> str:
    """Rows; Markdown has no table without a header, so that one without has an empty one.

    Check boxes are signs there: GitHub has its own only in lists.
    """
    height, width = table.size
    rows = [[""] * width for _ in range(height)]
    for row, column, cell in table.placed():
        rows[row][column] = _marked(cell_runs(cell))
    head = [rows.pop(0) if table.has_header else [""] * width, ["---"] * width]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in (*head, *rows))


def _fields(fields: Sequence[FormField]) -> str:
    """Labels and values, each in a line of its own."""
    lines = [
        f"**{_marked(runs_of(field.label.words))}** {_marked(flowing_runs(field.values))}"
        for field in fields
    ]
    return "\\\n".join(line.rstrip() for line in lines) + "\n"


def _fenced(blocks: Sequence[Preformatted]) -> str:
    """Blocks as one of code, in a fence that nothing in them ends."""
    text = "\n".join(block.text for block in blocks)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}\n{text}{fence}\n"


def _flowing(lines: Sequence[FlowingLine], indent: str = "") -> str:
    """Lines that flow together, but for those that stay; all but the first are indented."""
    text = _escaped(lines[0].runs) if lines else ""
    for before, line in pairwise(lines):
        text += ("\\\n" if before.stays else "\n") + indent + _escaped(line.runs)
    return text


def _escaped(runs: Sequence[Run]) -> str:
    """Runs as a line of their own."""
    return _SPECIAL_AT_START.sub(r"\g<number>\\\g<sign>", _marked(runs), count=1)


def _marked(runs: Sequence[Run]) -> str:
    """Runs behind something else in their line, those that are struck out as such."""
    texts = ((_inline(run.text), run.struck) for run in runs)
    return "".join(f"~~{text}~~" if struck else text for text, struck in texts)


def _inline(text: str) -> str:
    """A text behind something else in its line."""
    return _SPECIAL.sub(r"\\\g<0>", text)

"""HTML to read, print and copy from: what pages are made of, in elements that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from itertools import groupby

from notetext.exporters import Exporter, PageImages
from notetext.exporters.cell_runs import cell_runs
from notetext.exporters.joined_pages import JoinedPages, joined_pages
from notetext.exporters.merging import Gathered, Merger
from notetext.exporters.ragged_lines import FlowingLine, flowing_lines, paragraph_lines
from notetext.exporters.runs import Run, flowing_runs, runs_of
from notetext.exporters.xml_characters import legal_xml
from notetext.model import (
    Block,
    Cell,
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
from notetext.result.structure.markers import sign_of

_STYLE = (
    "body{max-width:44em;margin:2em auto;padding:0 1em;font-family:sans-serif;line-height:1.4}"
    "table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .6em;text-align:left}"
    "li.task{list-style:none}section+section{border-top:1px solid}dd{margin-left:2em}"
)


@dataclass(frozen=True)
class ArticleExporter(Exporter):
    """One HTML document with headings, lists, check boxes, tables, fields and code.

    It holds no scripts and asks nothing of any network; everything that was read is text in it.
    Each page is a ``section``, and pages over whose break something goes on are one. The review
    page (``html``) is another format.

    Attributes:
        struck: whether words that the writer struck out stand there, in ``s``; in code they never
            do.
    """

    struck: bool = False

    name = "article"
    suffixes = (".article.html",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns an HTML document."""
        return _document([result], struck=self.struck)

    def merger(self) -> Merger:
        """Sets all documents into one, an ``article`` each."""
        return Gathered(partial(_document, struck=self.struck))


def _document(results: Sequence[RecognitionResult], *, struck: bool) -> str:
    languages = {language for result in results for language in result.languages}
    lang = f' lang="{next(iter(languages)).value}"' if len(languages) == 1 else ""
    title = ", ".join(result.source.name or "note" for result in results)
    articles = "\n".join(_article(result, struck=struck) for result in results)
    return (
        f'<!DOCTYPE html>\n<html{lang}>\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{articles}\n</body>\n</html>\n"
    )


def _article(result: RecognitionResult, *, struck: bool) -> str:
    sections = map(_section, joined_pages(result.pages, struck=struck))
    return f"<article>\n{''.join(sections)}</article>"


def _section(pages: JoinedPages) -> str:
    blocks = "".join(_blocks(pages.blocks))
    numbers = ", ".join(map(str, pages.numbers))
    return f'<section aria-label="page {numbers}">\n{blocks}</section>\n'


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    for kind, run in groupby(blocks, type):
        if kind is FormField:
            yield f"<dl>\n{''.join(map(_field, run))}</dl>\n"
        else:
            yield from map(_block, run)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{_flowing(flowing_lines(block.lines))}</h{block.level}>\n"
    if isinstance(block, ParagraphBlock):
        return f"<p>{_flowing(paragraph_lines(block.lines))}</p>\n"
    if isinstance(block, ListBlock):
        return "".join(_lists(block.items))
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Preformatted):
        return f"<pre><code>{_text(block.text)}</code></pre>\n"
    return ""


def _lists(items: Sequence[ListItem]) -> Iterator[str]:
    """A list, or as many as there are runs of items with numbers and without."""
    for numbered, run in groupby(items, lambda item: item.number is not None):
        tag = "ol" if numbered else "ul"
        yield f"<{tag}>\n{''.join(map(_item, run))}</{tag}>\n"


def _item(item: ListItem) -> str:
    below = "".join(_lists(item.items))
    inner = _flowing(flowing_lines(item.lines, item.marker)) + (f"\n{below}" if below else "")
    if isinstance(item, Task):
        return f'<li class="task">{_check_box(is_done=bool(item.done))} {inner}</li>\n'
    if item.number is not None:
        return f'<li value="{item.number}">{inner}</li>\n'
    if item.label:
        return f'<li class="task">{_text(item.label)} {inner}</li>\n'
    return f"<li>{inner}</li>\n"


def _table(table: Table) -> str:
    heads = table.header_rows
    rows = [
        "<tr>" + "".join(_cell(cell, "th" if number < heads else "td") for cell in row) + "</tr>\n"
        for number, row in enumerate(table.rows)
    ]
    body = f"<tbody>\n{''.join(rows[heads:])}</tbody>\n" if rows[heads:] else ""
    head = f"<thead>\n{''.join(rows[:heads])}</thead>\n" if heads else ""
    return f"<table>\n{head}{body}</table>\n"


def _cell(cell: Cell, tag: str) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return f"<{tag}{spans}>{_marked(cell_runs(cell))}</{tag}>"


def _field(field: Block) -> str:
    if not isinstance(field, FormField):
        return ""
    label, value = runs_of(field.label.words), flowing_runs(field.values)
    return f"<dt>{_marked(label)}</dt>\n<dd>{_marked(value)}</dd>\n"


def _flowing(lines: Sequence[FlowingLine]) -> str:
    pieces = (_marked(line.runs) + ("<br>\n" if line.stays else "\n") for line in lines)
    return "".join(pieces).rstrip("\n")


def _marked(runs: Sequence[Run]) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.is_box:
        return _check_box(is_done=run.text == sign_of(done=True))
    return f"<s>{_text(run.text)}</s>" if run.struck else _text(run.text)


def _check_box(*, is_done: bool) -> str:
    return f'<input type="checkbox" disabled{" checked" if is_done else ""}>'


def _text(text: str) -> str:
    return escape(legal_xml(text))

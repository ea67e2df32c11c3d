"""A hook of MkDocs: tables say how many columns they have, and each cell what column it is in.

By that ``site.css`` makes them fit: narrow columns where there are many, and a row as a card on a
phone. Names such as ``crop_to_page`` may break behind what joins their words.
"""

import re
from html import escape, unescape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
ROW = re.compile(r"<tr>.*?</tr>", re.DOTALL)
HEAD = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
CELL = re.compile(r"<t[dh]\b")
TAG = re.compile(r"(<[^>]*>)")
JOINT = re.compile(r"(?<=\w[_/=(.,])(?=[^\W\d])")
"""Where a name may break."""


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Labels the tables of a page."""
    return TABLE.sub(lambda table: labelled(table[1]), html)


def labelled(inside: str) -> str:
    """A table that says what is in it."""
    first = ROW.search(inside)
    heads = [TAG.sub("", head).strip() for head in HEAD.findall(first[0] if first else "")]
    rows = ROW.sub(lambda row: labelled_row(row[0], heads), inside)
    return f'<table data-columns="{len(heads)}">{breakable(rows)}</table>'


def labelled_row(row: str, heads: list[str]) -> str:
    """A row whose cells say what column they are in; a head's do not."""
    if "<td" not in row:
        return row
    names = iter(heads)
    return CELL.sub(lambda cell: f'{cell[0]} data-label="{escape(unescape(next(names, "")))}"', row)


def breakable(html: str) -> str:
    """The table with places to break in its words."""
    return "".join(
        part if part.startswith("<") else JOINT.sub("<wbr>", part) for part in TAG.split(html)
    )

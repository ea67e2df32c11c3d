"""Markdown: paragraphs, lists and page breaks, as CommonMark has them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from notetext.exporters import Exporter, PageImages
from notetext.exporters.merging import Separated
from notetext.model import Line, Paragraph
from notetext.result import RecognitionResult

_PAGE_BREAK = "\n---\n\n"

# What means something anywhere in a line: emphasis, code, links, HTML, tables, formulas, entities.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]")
# What means something where a line begins: headings, lists, rules and underlines.
_SPECIAL_AT_START = re.compile(r"^(?P<number>[0-9]{0,9})(?P<sign>[-+=#]|(?<=[0-9])[.)])")

_BULLET = re.compile(r"^[-–*+•·‣▪◦●○□]\s+(?=\S)")
_NUMBER = re.compile(r"^(?P<number>[0-9]{1,3})[.)]\s+(?=\S)")

# A gap between words, and what a ragged right edge may lack, as shares of a line's height.
_GAP = 0.3
_SLACK = 0.5


class MarkdownExporter(Exporter):
    r"""Markdown that looks, when rendered, like the note.

    A line that ends although the next word would still have fitted was ended on purpose, and stays
    a line of its own (``\`` at its end); other lines flow together. Lines that begin with a bullet,
    or with numbers that count up, become a list, to the end of their paragraph. A rule (``---``)
    stands between pages. Characters that mean something in Markdown or HTML are escaped. Paragraphs
    whose blanks are kept, such as code and tables in a fixed pitch, become a block of code.
    """

    name = "markdown"
    suffixes = (".md", ".markdown")

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns CommonMark, without HTML."""
        pages = ("\n".join(_blocks(page.paragraphs)) for page in result.pages)
        return _PAGE_BREAK.join(pages)

    def merger(self) -> Separated:
        """Sets documents apart by a rule, as their pages are."""
        return Separated(_PAGE_BREAK)


@dataclass(frozen=True, slots=True)
class _Row:
    """A written line: its text, and whether it was ended on purpose."""

    text: str
    stays: bool


@dataclass(slots=True)
class _Item:
    """An item of a list; numbered or not, without its marker."""

    number: int | None
    rows: list[_Row]


def _blocks(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """Paragraphs and lists, each ended by a newline."""
    lists = 0
    for index, paragraph in enumerate(paragraphs):
        if _is_spaced(paragraph):
            lists = 0
            if not index or not _is_spaced(paragraphs[index - 1]):
                yield _fenced(takewhile(_is_spaced, paragraphs[index:]))
            continue
        plain, items = _split(_rows(paragraph))
        if plain:
            lists = 0
            yield _flowing(plain)
        if items:
            # With the same signs, a list right after another would be one with it.
            bullet, dot = ("-", ".") if lists % 2 == 0 else ("*", ")")
            lists += 1
            markers = (bullet if i.number is None else f"{i.number}{dot}" for i in items)
            yield "".join(
                f"{marker} {_flowing(item.rows, ' ' * (len(marker) + 1))}"
                for marker, item in zip(markers, items, strict=True)
            )


def _is_spaced(paragraph: Paragraph) -> bool:
    return any(line.is_spaced for line in paragraph.lines)


def _fenced(paragraphs: Iterable[Paragraph]) -> str:
    """Paragraphs as one block of code, in a fence that nothing in them ends."""
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}\n{text}{fence}\n"


def _rows(paragraph: Paragraph) -> list[_Row]:
    lines = [line for line in paragraph.lines if line.text.strip()]
    rooms = _rooms(lines)
    fitting = [_needed(line) <= room for line, room in zip(lines[1:], rooms, strict=False)]
    return [
        _Row(" ".join(line.text.split()), stays)
        for line, stays in zip(lines, [*fitting, False], strict=False)
    ]


def _rooms(lines: Sequence[Line]) -> list[float]:
    """The blank paper between each line's end and the farthest end of any, in pixels."""
    boxes = [line.box for line in lines if line.box is not None]
    if not lines or len(boxes) < len(lines):
        return [0.0] * len(lines)
    (x1, y1), (x2, y2) = boxes[0].corners[:2]
    angle = math.atan2(y2 - y1, x2 - x1)
    ends = [x * math.cos(angle) + y * math.sin(angle) for x, y in (box.corners[1] for box in boxes)]
    return [max(ends) - end for end in ends]


def _needed(line: Line) -> float:
    """The paper that a line's first word takes at the end of another, in pixels."""
    word = line.words[0].box
    if word is None:
        return math.inf
    left_top, right_top, _, left_bottom = word.corners
    return math.dist(left_top, right_top) + (_GAP + _SLACK) * math.dist(left_top, left_bottom)


def _split(rows: Sequence[_Row]) -> tuple[list[_Row], list[_Item]]:
    """Plain rows, and the items of the list that they may end in."""
    numbers = [int(m["number"]) if (m := _NUMBER.match(row.text)) else None for row in rows]
    items: list[_Item] = []
    plain: list[_Row] = []
    for index, row in enumerate(rows):
        number = numbers[index]
        last = items[-1].number if items else None
        follows = number is not None and (
            number - 1 == last if items else number + 1 in numbers[index + 1 :]
        )
        if follows:
            items.append(_Item(number, [replace(row, text=_NUMBER.sub("", row.text, count=1))]))
        elif last is None and _BULLET.match(row.text):
            items.append(_Item(None, [replace(row, text=_BULLET.sub("", row.text, count=1))]))
        elif items:
            items[-1].rows.append(row)
        else:
            plain.append(row)
    return plain, items


def _flowing(rows: Sequence[_Row], indent: str = "") -> str:
    """Rows that flow together, but for those that stay; all but the first are indented."""
    text = _escaped(rows[0].text)
    for before, row in pairwise(rows):
        text += ("\\\n" if before.stays else "\n") + indent + _escaped(row.text)
    return text + "\n"


def _escaped(text: str) -> str:
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _SPECIAL_AT_START.sub(r"\g<number>\\\g<sign>", text, count=1)

"""What a page is made of: headings, paragraphs, lists, tables, fields, code and figures.

Blocks hold parts of the page's lines. In JSON a part is the number of its line and of its words;
the words themselves stand in the paragraphs, once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from notetext.model.beside import place_among
from notetext.model.box import Box
from notetext.model.frozen import FrozenModel
from notetext.model.spacing import blank_between
from notetext.model.word import Word, standing, text_of
from notetext.model.written import Written


class Role(StrEnum):
    """What a block is on its page for."""

    BODY = "body"
    RUNNING_HEAD = "running_head"
    """What stands above or below the text of page after page."""
    PAGE_NUMBER = "page_number"


class LinePart(Written, FrozenModel):
    """A line of the page, or some of its words, such as those in a table's cell."""

    line: Annotated[int, Field(ge=0)]
    """The number of the line among the page's, from 0."""
    first: Annotated[int, Field(ge=0)] = 0
    """The number of the first word in its line, from 0."""
    end: Annotated[int, Field(ge=0)]
    """The number of the word after the last."""
    words: tuple[Word, ...] = Field(exclude=True)
    """The words; JSON has them where the line is."""

    @property
    def text(self) -> str:
        """The words that stand, set apart by blanks where their script sets blanks.

        Indentation and wider gaps stand in it where print in a fixed pitch shows them.
        """
        return text_of(self.words)

    @property
    def is_struck(self) -> bool:
        """Whether all of its words are struck out: then no text has it."""
        return bool(self.words) and not standing(self.words)

    @property
    def box(self) -> Box | None:
        """Where its words are, those that stand if there are any; ``None`` if nobody knows."""
        words = standing(self.words) or self.words
        boxes = [word.box for word in words if word.box is not None]
        return Box.along(boxes) if boxes else None


class _Block(Written, FrozenModel):
    """What all blocks have in common."""

    role: Role = Role.BODY

    @property
    def parts(self) -> tuple[LinePart, ...]:
        """All that is written in it, in reading order."""
        return tuple(_parts_in(self))

    @property
    def text(self) -> str:
        """All that is written in it, line by line, each ended by a newline."""
        return "".join(f"{part.text}\n" for part in self.parts if not part.is_struck)

    @property
    def box(self) -> Box | None:
        """The upright box around it; ``None`` if nobody knows where it stands."""
        return _around(self.parts)


class Heading(_Block):
    """What stands above a part of the text and says what it is about."""

    kind: Literal["heading"] = "heading"
    level: Annotated[int, Field(ge=1, le=6)]
    """1 is the highest."""
    lines: tuple[LinePart, ...]


class ParagraphBlock(_Block):
    """Running text."""

    kind: Literal["paragraph"] = "paragraph"
    lines: tuple[LinePart, ...]


class ListItem(Written, FrozenModel):
    """An item of a list, with those that are below it."""

    kind: Literal["item"] = "item"
    marker: str = ""
    """As it is written, such as ``-`` or ``2.``; of a mark that is drawn, the sign that looks like
    it, such as ``☐``."""
    number: int | None = None
    """What a number says: 2 of ``2.``; ``None`` of other markers, such as ``b)`` and ``2.1``."""
    mark: Box | None = None
    """Where a marker stands that is drawn and no word."""
    lines: tuple[LinePart, ...]
    """What is written in it, with its marker where that is a word."""
    items: tuple[AnyItem, ...] = ()

    @property
    def text(self) -> str:
        """What is written in it, in one line, without its marker and the items below it."""
        return flowing(self.lines).removeprefix(self.marker).lstrip()

    @property
    def label(self) -> str:
        """The marker, if it says something and is no number: ``a)``, ``iv.``, ``2.1``."""
        says = len(self.marker) > 1 and any(map(str.isalnum, self.marker))
        return self.marker if says and self.number is None and self.kind == "item" else ""

    @property
    def box(self) -> Box | None:
        """The upright box around it and its drawn marker, without the items below it."""
        written = _around(self.lines)
        boxes = [box for box in (written, self.mark) if box is not None]
        return Box.around(boxes) if boxes else None


class Task(ListItem):
    """An item with a check box."""

    kind: Literal["task"] = "task"  # type: ignore[assignment]
    done: bool | None = None
    """Whether it is ticked, crossed or filled; ``None`` if nobody can tell."""


AnyItem: TypeAlias = Annotated[ListItem | Task, Field(discriminator="kind")]


class ListBlock(_Block):
    """A list: with bullets, numbers or check boxes."""

    kind: Literal["list"] = "list"
    items: tuple[AnyItem, ...]


class CheckBox(FrozenModel):
    """A check box that is drawn."""

    done: bool | None = None
    """Whether it is ticked, crossed or filled; ``None`` if nobody can tell."""
    mark: Box
    """Where it stands."""

    @property
    def sign(self) -> str:
        """The sign that looks like it.

        >>> from notetext import Box
        >>> from notetext.model import CheckBox
        >>> CheckBox(done=True, mark=Box.rectangle(0, 0, 20, 20)).sign
        '☑'
        """
        return "☑" if self.done else "☐"


class Cell(Written, FrozenModel):
    """A cell of a table."""

    lines: tuple[LinePart, ...] = ()
    boxes: tuple[CheckBox, ...] = ()
    """Check boxes that are drawn in it; such as are signs of a text are words."""
    row_span: Annotated[int, Field(ge=1)] = 1
    column_span: Annotated[int, Field(ge=1)] = 1
    place: Box | None = None
    """Where a cell without words stands; ``None`` if it has some, or nobody knows."""

    @property
    def text(self) -> str:
        """What is written in it, in one line, with signs for the boxes that are drawn in it."""
        text = ""
        for piece in self.pieces():
            said = piece.sign if isinstance(piece, CheckBox) else flowing([piece])
            text += " " * blank_between(text, said) + said
        return text

    def pieces(self) -> Iterator[LinePart | CheckBox]:
        """What stands in it, in reading order: lines, parted where a box stands between words."""
        before: dict[tuple[int, int], list[CheckBox]] = {}
        words = [[word.box for word in part.words] for part in self.lines]
        for box in self.boxes:
            before.setdefault(place_among(words, box.mark), []).append(box)
        for boxes in before.values():
            boxes.sort(key=lambda box: box.mark.left)
        for number, part in enumerate(self.lines):
            first = 0
            for count in range(len(part.words) + 1):
                if boxes := before.get((number, count), []):
                    yield from _cut(part, first, count)
                    yield from boxes
                    first = count
            yield from _cut(part, first, len(part.words))
        if not self.lines:
            yield from before.get((0, 0), ())


class Table(_Block):
    """Rows of cells. A cell that spans rows stands in the first of them."""

    kind: Literal["table"] = "table"
    rows: tuple[tuple[Cell, ...], ...]
    has_header: bool = False
    """Whether the first row says what the columns hold."""

    @property
    def box(self) -> Box | None:
        """The upright box around it with the check boxes in it."""
        marks = [box.mark for row in self.rows for cell in row for box in cell.boxes]
        written = super().box
        boxes = marks if written is None else [written, *marks]
        return Box.around(boxes) if boxes else None

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """The cells with the numbers of the first row and the first column that each takes, from 0.

        No cell reaches below the last row: a longer span is that of a row that is not there.
        """
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                rows = min(cell.row_span, len(self.rows) - row)
                taken |= {
                    (row + below, column + beside)
                    for below in range(rows)
                    for beside in range(cell.column_span)
                }
                yield row, column, cell.model_copy(update={"row_span": rows})
                column += cell.column_span

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns it has."""
        ends = (column + cell.column_span for _, column, cell in self.placed())
        return len(self.rows), max(ends, default=0)

    @property
    def header_rows(self) -> int:
        """How many rows say what the columns hold: more than one where a cell of the first spans
        rows."""
        if not self.has_header:
            return 0
        return max((cell.row_span for row, _, cell in self.placed() if row == 0), default=0)

    def texts(self) -> list[list[str]]:
        """The texts of a grid that is as wide in each row; what a cell spans beyond its place is
        empty.

        >>> from notetext.model import Cell, Table
        >>> Table(rows=((Cell(column_span=2),), (Cell(), Cell()))).texts()
        [['', ''], ['', '']]
        """
        height, width = self.size
        grid = [[""] * width for _ in range(height)]
        for row, column, cell in self.placed():
            grid[row][column] = cell.text
        return grid


class FormField(_Block):
    """A label, and what is filled in beside or below it."""

    kind: Literal["field"] = "field"
    label: LinePart
    values: tuple[LinePart, ...] = ()

    @property
    def value(self) -> str:
        """What is filled in, in one line; empty if nothing is."""
        return flowing(self.values)


class Preformatted(_Block):
    """Code, verse and the like in a fixed pitch: blanks and breaks are those of the page."""

    kind: Literal["preformatted"] = "preformatted"
    lines: tuple[LinePart, ...]


class Figure(_Block):
    """A drawing or a picture."""

    kind: Literal["figure"] = "figure"
    place: Box
    """Where it stands."""

    @property
    def box(self) -> Box:
        """Where it stands."""
        return self.place


Block: TypeAlias = Annotated[
    Heading | ParagraphBlock | ListBlock | Table | FormField | Preformatted | Figure,
    Field(discriminator="kind"),
]
"""Any block; its ``kind`` says which it is."""

ListItem.model_rebuild()
Task.model_rebuild()
ListBlock.model_rebuild()


def with_words(blocks: object, lines: Sequence[Sequence[Word]]) -> object:
    """Gives the parts of blocks that came from JSON their words back.

    Args:
        blocks: as JSON has them, or blocks.
        lines: the words of each line of the page.

    Raises:
        ValueError: a part is of a line, or of words, that are not there.
    """
    if isinstance(blocks, Mapping):
        found = {key: with_words(value, lines) for key, value in blocks.items()}
        if "line" in found and "end" in found and "words" not in found:
            found["words"] = _words_of(found, lines)
        return found
    if isinstance(blocks, (list, tuple)):
        return [with_words(block, lines) for block in blocks]
    return blocks


def _words_of(part: Mapping[str, object], lines: Sequence[Sequence[Word]]) -> tuple[Word, ...]:
    line, first, end = (_number(part.get(name, 0)) for name in ("line", "first", "end"))
    if not (line < len(lines) and first <= end <= len(lines[line])):
        raise ValueError(f"the page has no words {first} to {end} in a line {line}")
    return tuple(lines[line][first:end])


def _number(value: object) -> int:
    if isinstance(value, int) and value >= 0:
        return value
    raise ValueError(f"{value!r} is the number of no line or word")


def _parts_in(value: object) -> Iterator[LinePart]:
    if isinstance(value, LinePart):
        yield value
    elif isinstance(value, FrozenModel):
        for name in type(value).model_fields:
            yield from _parts_in(getattr(value, name))
    elif isinstance(value, tuple) and not isinstance(value, Box):
        for each in value:
            yield from _parts_in(each)


def _around(parts: Sequence[LinePart]) -> Box | None:
    """The upright box around what stands; if nothing does, around what is struck out."""
    stand = [part for part in parts if not part.is_struck] or parts
    boxes = [box for part in stand if (box := part.box) is not None]
    return Box.around(boxes) if boxes else None


def _cut(part: LinePart, first: int, end: int) -> Iterator[LinePart]:
    """Some of the words of a part of a line, if there are any."""
    if (first, end) == (0, len(part.words)):
        yield part
    elif first < end:
        update = {"first": part.first + first, "end": part.first + end}
        yield part.model_copy(update={**update, "words": part.words[first:end]})


def flowing(parts: Iterable[LinePart]) -> str:
    """What parts of lines say, in one line."""
    text = ""
    for part in parts:
        words = " ".join(part.text.split())
        text += " " * blank_between(text, words) + words
    return text

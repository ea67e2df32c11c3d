"""Tables in HTML, whose cells may span columns and rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(slots=True)
class SpanningCell:
    """A cell of a table.

    Attributes:
        lines: its text, line by line.
        row_span: how many rows it takes.
        column_span: how many columns.
        row: the number of its first row.
        column: that of its first column.
    """

    lines: list[str]
    row_span: int = 1
    column_span: int = 1
    row: int = 0
    column: int = 0

    @property
    def text(self) -> str:
        """All of it in one line."""
        return " ".join(" ".join(self.lines).split())


@dataclass(slots=True)
class SpanningTable:
    """A table.

    Attributes:
        cells: row by row.
        rules: which rules are drawn, as the notes say it.
    """

    cells: list[SpanningCell] = field(default_factory=list)
    rules: str = "all"

    @property
    def height(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    def rows(self) -> list[list[SpanningCell]]:
        """The cells that begin in each row."""
        return [[cell for cell in self.cells if cell.row == row] for row in range(self.height)]

    def texts(self) -> list[list[str]]:
        """A grid, in which a cell's text stands in the first of the places that it takes."""
        grid = [[""] * self.width for _ in range(self.height)]
        for cell in self.cells:
            grid[cell.row][cell.column] = cell.text
        return grid


def tables_in(html: str) -> list[SpanningTable]:
    """The tables of a text in HTML, in their order."""
    parser = _Parser()
    parser.feed(html)
    return parser.tables


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[SpanningTable] = []
        self._row = -1
        self._taken: set[tuple[int, int]] = set()
        self._cell: SpanningCell | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "table":
            self.tables.append(SpanningTable(rules=said.get("data-rules", "all")))
            self._row = -1
            self._taken = set()
        elif tag == "tr":
            self._row += 1
        elif tag in {"td", "th"}:
            self._begin(int(said.get("rowspan", 1)), int(said.get("colspan", 1)))
        elif tag == "br" and self._cell is not None:
            self._cell.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.lines[-1] += data

    def _begin(self, row_span: int, column_span: int) -> None:
        column = 0
        while (self._row, column) in self._taken:
            column += 1
        cell = SpanningCell([""], row_span, column_span, self._row, column)
        self._taken |= {
            (self._row + down, column + right)
            for down in range(row_span)
            for right in range(column_span)
        }
        self.tables[-1].cells.append(cell)
        self._cell = cell

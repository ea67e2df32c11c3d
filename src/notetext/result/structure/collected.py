"""The tasks and the tables of a whole document, with the pages that they stand on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from notetext.errors import MissingDependencyError
from notetext.model import Block, Box, FrozenModel, ListBlock, PageData, Table, Task
from notetext.model.rebuilding import all_items
from notetext.model.written import Written
from notetext.result.structure.table_tasks import TableTask, tasks_in

if TYPE_CHECKING:
    import pandas as pd


class PageTask(Written, FrozenModel):
    """A task, and where it stands."""

    page: int
    """The page's number, from 1."""
    text: str
    """What is to be done, in one line; of a check box that stands alone in a cell of a table, what
    the other cells of its row say."""
    done: bool | None
    """Whether its box is ticked, crossed or filled; ``None`` if nobody can tell."""
    box: Box | None
    """Of the task with its check box, in pixels of the page as it came in."""


class PageTable(Written, FrozenModel):
    """A table, and where it stands."""

    page: int
    """The page's number, from 1."""
    rows: tuple[tuple[str, ...], ...]
    """The texts of its cells, as many in each row; what a cell spans beyond its place is empty."""
    has_header: bool
    """Whether the first row says what the columns hold."""
    box: Box | None
    """In pixels of the page as it came in."""

    @property
    def text(self) -> str:
        """The rows, with tabs between the cells, each ended by a newline."""
        return "".join("\t".join(row) + "\n" for row in self.rows)

    def to_csv(self) -> str:
        """The rows as RFC 4180 has them: commas, CRLF, quotes where they are needed.

        Text is written exactly as it was read. A spreadsheet may take a cell such as ``=A1`` for a
        formula: import the columns as text.
        """
        file = io.StringIO()
        csv.writer(file).writerows(self.rows)
        return file.getvalue()

    def to_dataframe(self) -> pd.DataFrame:
        """The rows as strings; the header, if there is one, names the columns.

        Raises:
            MissingDependencyError: pandas is not installed (``notetext[dataframe]``).
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingDependencyError(
                'a DataFrame needs pandas; install it with pip install "notetext[dataframe]"',
                extra="dataframe",
            ) from error
        rows = [list(row) for row in self.rows]
        if self.has_header:
            return pd.DataFrame(rows[1:], columns=rows[0], dtype="string")
        return pd.DataFrame(rows, dtype="string")


def tasks_on(pages: Iterable[PageData]) -> Iterator[PageTask]:
    """The tasks of pages, in reading order, those below others and in tables included."""
    for page in pages:
        for block in page.blocks:
            for task in _tasks_of(block):
                yield PageTask(page=page.number, text=task.text, done=task.done, box=task.box)


def _tasks_of(block: Block) -> Iterator[Task | TableTask]:
    if isinstance(block, Table):
        yield from tasks_in(block)
    elif isinstance(block, ListBlock):
        yield from (item for item in all_items(block.items) if isinstance(item, Task))


def tables_on(pages: Iterable[PageData]) -> Iterator[PageTable]:
    """The tables of pages, in reading order."""
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Table):
                yield PageTable(
                    page=page.number,
                    rows=tuple(map(tuple, block.texts())),
                    has_header=block.has_header,
                    box=block.box,
                )

"""What a person changed in what an engine read."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import Field

from notetext.model.box import Box
from notetext.model.frozen import FrozenModel

_Index: TypeAlias = Annotated[int, Field(ge=0)]
_Text: TypeAlias = Annotated[str, Field(min_length=1)]


class CorrectionKind(StrEnum):
    """What a correction does."""

    WORDS = "words"
    """The words ``old`` become ``new``: one is changed, split, added or removed, or several are
    joined."""
    CONFIRMED = "confirmed"
    """A doubtful word is right as it was read."""
    LINE_ADDED = "line_added"
    """A line ``new`` stands before this place."""
    PARAGRAPH_ADDED = "paragraph_added"
    """The same, and it begins a paragraph."""
    LINE_REMOVED = "line_removed"
    """The line, with its words ``old``, goes."""
    LINE_SPLIT = "line_split"
    """A line begins with this word."""
    LINES_JOINED = "lines_joined"
    """This line goes on with the one above it."""
    PARAGRAPH_SPLIT = "paragraph_split"
    """A paragraph begins with this word."""
    PARAGRAPHS_JOINED = "paragraphs_joined"
    """This line begins no paragraph any more."""
    TASK_DONE = "task_done"
    """The task that begins with this word is done, whatever its check box shows; with a ``row`` and
    a ``column``, the check box in that cell of the table that this word stands in is ticked."""
    TASK_OPEN = "task_open"
    """The same, and it is not done."""
    UNSTRUCK = "unstruck"
    """The words ``old`` stand, which were taken for struck out."""
    CELL_FILLED = "cell_filled"
    """The cell without words in this ``row`` and ``column`` of the table that this word stands in
    gets the words ``new``."""


class Correction(FrozenModel):
    """One thing that a person changed on a page.

    Places are those of the page as it was read, whatever else was corrected on it, so corrections
    do not depend on each other's order. Only those of the same place follow each other.

    >>> from notetext import Correction
    >>> correction = Correction(page=1, line=0, word=2, old=("tothe",), new=("to", "the"))
    >>> correction.kind
    <CorrectionKind.WORDS: 'words'>
    """

    kind: CorrectionKind = CorrectionKind.WORDS
    page: Annotated[int, Field(ge=1)]
    """The page's number, from 1."""
    line: _Index
    """Of ``page.lines`` as read, from 0; their number means the end of the page."""
    word: _Index = 0
    """Of the line's words as read, from 0; their number means the end of the line."""
    old: tuple[str, ...] = ()
    """The words that were read; they may go on in the next line."""
    new: tuple[_Text, ...] = ()
    """The words that are right."""
    row: _Index | None = None
    """Of a cell that is filled or whose check box is ticked, from 0; ``None`` of all else."""
    column: _Index | None = None
    """Likewise; one that is spanned counts, too."""
    box: Box | None = None
    """Where the word at that place stands, or the last one at the end of a line, or a task's check
    box, or a cell: by this a correction is found again when the page is read anew."""

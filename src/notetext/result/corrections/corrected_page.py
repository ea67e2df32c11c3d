"""From a page as it was read, and corrections, to the page as it is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import TypeVar

from notetext.model import Box, Correction, CorrectionKind, Line, PageData, Paragraph, Word
from notetext.result.corrections.boxes import boxes_between, boxes_for, boxes_in_line
from notetext.result.corrections.corrected_blocks import corrected_blocks
from notetext.result.corrections.filling import (
    CellPlace,
    EmptyCell,
    box_like,
    cell_at,
    empty_cells,
)
from notetext.result.corrections.ticking import IS_DONE, Position

_P = TypeVar("_P", bound=PageData)


class _Break(IntEnum):
    """What begins at a place."""

    NOTHING = 0
    LINE = 1
    PARAGRAPH = 2


_BREAKS = {
    CorrectionKind.LINE_SPLIT: _Break.LINE,
    CorrectionKind.LINES_JOINED: _Break.NOTHING,
    CorrectionKind.PARAGRAPH_SPLIT: _Break.PARAGRAPH,
    CorrectionKind.PARAGRAPHS_JOINED: _Break.LINE,
}
_ADDED = {
    CorrectionKind.LINE_ADDED: _Break.LINE,
    CorrectionKind.PARAGRAPH_ADDED: _Break.PARAGRAPH,
}


def corrected_page(page: _P, corrections: Iterable[Correction]) -> _P:
    """Applies the corrections of a page, all of which fit it.

    A changed word stands where the old one does; words that were split share its place by their
    characters, joined ones have all of it, and new ones stand between their neighbours.
    """
    draft = _Draft()
    walk = _Walk(page, corrections)
    walk.write(draft)
    paragraphs = tuple(draft.paragraphs(page))
    origins = [line.origins for line in draft.lines]
    blocks = corrected_blocks(page, paragraphs, origins, walk.done)
    return page.model_copy(update={"paragraphs": paragraphs, "blocks": blocks})


@dataclass(slots=True)
class _DraftLine:
    """A line that is being written, what begins with it, and the line that it comes from."""

    begins: _Break
    read: Line | None
    indentation: int | None = None
    words: list[Word] = field(default_factory=list)
    origins: list[Position | CellPlace | None] = field(default_factory=list)
    """Which word of the page as it was read each one stands for, or which cell it was written into;
    ``None``: it was added."""

    def line(self) -> Line:
        """The line as it is right; the same object if nothing has changed."""
        words = tuple(self.words)
        if words and words[0].blanks != self.indentation:
            words = (words[0].model_copy(update={"blanks": self.indentation}), *words[1:])
        if self.read is not None and [w.box for w in words] == [w.box for w in self.read.words]:
            return self.read if words == self.read.words else Line(words=words, box=self.read.box)
        boxes = [word.box for word in words if word.box is not None]
        if boxes:
            return Line(words=words, box=Box.along(boxes))
        return Line(words=words, box=self.read.box if self.read is not None else None)


@dataclass(slots=True)
class _Draft:
    """A page that is being written. A break, and indentation, take effect with the next word."""

    lines: list[_DraftLine] = field(default_factory=list)
    pending: _Break = _Break.PARAGRAPH
    indentation: int | None = None

    def break_here(self, wanted: _Break) -> None:
        self.pending = max(self.pending, wanted)

    def add(
        self,
        words: Iterable[Word],
        read: Line | None,
        origin: Position | CellPlace | None = None,
    ) -> None:
        for word in words:
            if self.pending:
                self.add_empty_line(read)
            self.lines[-1].words.append(word)
            self.lines[-1].origins.append(origin)

    def add_empty_line(self, read: Line | None) -> None:
        self.lines.append(_DraftLine(self.pending, read, self.indentation))
        self.pending, self.indentation = _Break.NOTHING, None

    def paragraphs(self, read: PageData) -> Iterator[Paragraph]:
        """The lines in their paragraphs; the same objects where nothing has changed."""
        known = {
            id(paragraph.lines[0]): paragraph for paragraph in read.paragraphs if paragraph.lines
        }
        starts = [n for n, line in enumerate(self.lines) if line.begins is _Break.PARAGRAPH]
        for start, end in pairwise([*starts, len(self.lines)]):
            lines = tuple(line.line() for line in self.lines[start:end])
            before = known.get(id(lines[0]))
            if before is not None and before.lines == lines:
                yield before
            else:
                boxes = [line.box for line in lines if line.box is not None]
                yield Paragraph(lines=lines, box=Box.around(boxes) if boxes else None)


class _Walk:
    """Goes from place to place over a page as it was read.

    Attributes:
        done: whether tasks are done that a person ticked or not, by where they begin.
    """

    def __init__(self, page: PageData, corrections: Iterable[Correction]) -> None:
        self._page = page
        self._breaks = dict(_breaks_of(page))
        self._runs: dict[Position, Correction] = {}
        self._inserted: dict[Position, list[str]] = defaultdict(list)
        self._added: dict[Position, list[Correction]] = defaultdict(list)
        self._filled: dict[Position, list[tuple[EmptyCell, Correction]]] = defaultdict(list)
        self._removed: set[int] = set()
        self.done: dict[Position, bool] = {}
        self._cells = empty_cells(page)
        for correction in corrections:
            place = correction.line, correction.word
            if correction.kind is CorrectionKind.CELL_FILLED:
                self._fill(correction)
            elif correction.kind in IS_DONE:
                self.done[place] = IS_DONE[correction.kind]
            elif correction.kind in _BREAKS:
                self._breaks[place] = _BREAKS[correction.kind]
            elif correction.kind in _ADDED:
                self._added[place].append(correction)
            elif correction.kind is CorrectionKind.LINE_REMOVED:
                self._removed.add(correction.line)
            elif correction.old:
                self._runs[place] = correction
            else:
                self._inserted[place] += correction.new

    def write(self, draft: _Draft) -> None:
        """Writes the page as it is right."""
        words = self._page.words
        flat = run_end = 0  # the page's next word, and the first behind a run
        for number, line in enumerate(self._page.lines):
            for position in range(len(line.words) + 1):
                word = line.words[position] if position < len(line.words) else None
                if flat < run_end:
                    flat += word is not None
                    continue
                place = number, position
                if position == 0:
                    draft.indentation = None
                if number not in self._removed:
                    self._add_cells(draft, place, line, is_behind=True)
                self._add_lines(draft, place)
                draft.break_here(self._breaks.get(place, _Break.NOTHING))
                if number in self._removed:
                    flat += word is not None
                    continue
                if word is not None and draft.pending and draft.indentation is None:
                    draft.indentation = word.blanks and (0 if position else word.blanks)
                self._add_cells(draft, place, line, is_behind=False)
                draft.add(self._new_words(place, line), line)
                if word is not None and position == 0 and not draft.pending:
                    # Its line was joined with another, or begins with a word that was inserted.
                    word = word.model_copy(update={"blanks": None})
                if word is None:
                    if not line.words:
                        draft.add_empty_line(line)
                        draft.lines[-1].origins.append(place)
                    continue
                run = self._runs.get(place)
                if run is None:
                    draft.add([word], line, place)
                else:
                    run_end = flat + len(run.old)
                    typed = _typed(run.new, boxes_for(run.new, words[flat:run_end]))
                    draft.add(_after_blanks(typed, word.blanks), line, place)
                flat += 1
        self._add_lines(draft, (len(self._page.lines), 0))

    def _fill(self, correction: Correction) -> None:
        cell = cell_at(correction, self._cells)
        if cell is not None:
            self._filled[cell.at].append((cell, correction))
            self._filled[cell.at].sort(key=lambda each: (each[0].place.row, each[0].place.column))

    def _add_cells(self, draft: _Draft, place: Position, line: Line, *, is_behind: bool) -> None:
        """Adds words to cells of a row in which others stand."""
        for cell, correction in self._filled.get(place, ()):
            if not cell.is_line and cell.is_behind is is_behind:
                draft.add(self._words_of(cell, correction), line, cell.place)

    def _words_of(self, cell: EmptyCell, correction: Correction) -> Iterator[Word]:
        box = box_like(cell, correction.new, self._page.lines)
        texts = correction.new
        return _typed(texts, box.shared_by(texts) if box is not None else [None] * len(texts))

    def _add_lines(self, draft: _Draft, place: Position) -> None:
        rows: set[int] = set()
        for cell, correction in self._filled.get(place, ()):
            if cell.is_line:
                if cell.place.row not in rows:
                    draft.break_here(_Break.LINE)
                    draft.indentation = None
                rows.add(cell.place.row)
                draft.add(self._words_of(cell, correction), None, cell.place)
        if rows:
            draft.break_here(_Break.LINE)
        added = self._added.get(place, ())
        for index, correction in enumerate(added, 1):
            above, below = self._neighbours(place)
            share = index / (len(added) + 1)
            places = boxes_in_line(correction.new, above, below, share, self._page)
            draft.break_here(_ADDED[correction.kind])
            draft.indentation = None
            draft.add(_typed(correction.new, places), None)
            draft.break_here(_Break.LINE)

    def _neighbours(self, place: Position) -> tuple[Line | None, Line | None]:
        lines, (number, position) = self._page.lines, place
        above = number if position else number - 1
        return (
            lines[above] if above >= 0 else None,
            lines[above + 1] if above + 1 < len(lines) else None,
        )

    def _new_words(self, place: Position, line: Line) -> Iterator[Word]:
        texts = self._inserted.get(place, ())
        boxes = [word.box for word in line.words]
        before = boxes[place[1] - 1] if place[1] else None
        after = boxes[place[1]] if place[1] < len(boxes) else None
        return _typed(texts, boxes_between(texts, before, after))


def _typed(texts: Sequence[str], places: Sequence[Box | None]) -> Iterator[Word]:
    for text, box in zip(texts, places, strict=True):
        yield Word(text=text, box=box, confidence=1.0)


def _after_blanks(words: Iterable[Word], blanks: int | None) -> Iterator[Word]:
    """Words, the first of them after the blanks that stood before what they are instead of."""
    for index, word in enumerate(words):
        yield word if index or blanks is None else word.model_copy(update={"blanks": blanks})


def _breaks_of(page: PageData) -> Iterator[tuple[Position, _Break]]:
    number = 0
    for paragraph in page.paragraphs:
        for index in range(len(paragraph.lines)):
            yield (number, 0), _Break.LINE if index else _Break.PARAGRAPH
            number += 1

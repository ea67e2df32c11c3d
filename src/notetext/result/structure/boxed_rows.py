"""Lines of a page with the check boxes that are drawn on them, as if these were signs of the text.

Tables without rules are found by what their rows leave free, and boxes leave it as words do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from notetext.model import Cell, CheckBox, Table, Word
from notetext.result.structure.cells import PlacedBox
from notetext.result.structure.level import Span
from notetext.result.structure.rows import Region, Row

_OFF = 0.6  # heights of its line, how far a box's middle may stand off that


class BoxedRegion:
    """A region in which boxes are words.

    Args:
        region: the lines.
        boxes: those that are drawn on them, by the numbers of the lines.

    Attributes:
        region: with a word for each box.
    """

    def __init__(self, region: Region, boxes: Mapping[int, Sequence[PlacedBox]]) -> None:
        self._rows = {row.number: row for row in region.rows}
        self._words: dict[int, list[int | CheckBox]] = {}
        rows = tuple(self._boxed(row, boxes.get(row.number, ())) for row in region.rows)
        self.region = replace(region, rows=rows) if self._words else region

    def _boxed(self, row: Row, boxes: Sequence[PlacedBox]) -> Row:
        place = row.place
        if not boxes or place is None or len(place.spans) != len(row.line.words):
            return row
        pieces: list[tuple[Span, Word, int | CheckBox]] = [
            (span, word, number)
            for number, (span, word) in enumerate(zip(place.spans, row.line.words, strict=True))
        ]
        for box in boxes:
            word = Word(text=box.text, box=box.box.mark)
            pieces.append((Span(box.text, box.left, box.right), word, box.box))
        pieces.sort(key=lambda piece: piece[0].left + piece[0].right)
        self._words[row.number] = [piece for _, _, piece in pieces]
        spans = tuple(span for span, _, _ in pieces)
        words = tuple(word for _, word, _ in pieces)
        return replace(
            row,
            line=row.line.model_copy(update={"words": words}),
            place=replace(
                place, spans=spans, left=spans[0].left, right=max(span.right for span in spans)
            ),
        )

    def restored(self, table: Table) -> Table:
        """A table that was found in the region, whose cells have boxes and words apart."""
        rows = tuple(tuple(map(self._cell, row)) for row in table.rows)
        return table.model_copy(update={"rows": rows})

    def _cell(self, cell: Cell) -> Cell:
        lines, boxes = [], []
        for part in cell.lines:
            row = self._rows[part.line]
            pieces = self._words.get(part.line, [*range(len(row.line.words))])
            held = pieces[part.first : part.end]
            numbers = [piece for piece in held if isinstance(piece, int)]
            boxes += [piece for piece in held if isinstance(piece, CheckBox)]
            if numbers:
                lines.append(row.part(numbers[0], numbers[-1] + 1))
        return cell.model_copy(update={"lines": tuple(lines), "boxes": tuple(boxes)})


def boxes_of_rows(rows: Sequence[Row], boxes: Sequence[PlacedBox]) -> dict[int, list[PlacedBox]]:
    """The check boxes that stand at the height of each line, however far from its words.

    Args:
        rows: of a page.
        boxes: likewise.
    """
    found: dict[int, list[PlacedBox]] = {}
    for box in boxes:
        best: tuple[float, int] | None = None
        for row in rows:
            place = row.place
            if place is None:
                continue
            y = place.start_y if box.x < place.left else place.end_y
            if place.left <= box.x <= place.right:
                y = place.y
            height = place.height or 1.0
            off = abs(box.y - y) / height
            gap = max(place.left - box.right, box.left - place.right, 0.0) / height
            if off <= _OFF and (best is None or 2 * off + gap < best[0]):
                best = 2 * off + gap, row.number
        if best is not None:
            found.setdefault(best[1], []).append(box)
    return found

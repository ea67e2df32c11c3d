"""Blocks with the lines that they have now, of which some were added, split, joined or removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from notetext.model import (
    Block,
    Cell,
    Figure,
    FormField,
    LinePart,
    ListBlock,
    ListItem,
    ParagraphBlock,
    Role,
    Table,
    Task,
)
from notetext.model.rebuilding import all_items
from notetext.result.corrections.leaves import Leaf, Leaves
from notetext.result.structure.markers import Marker, Style, marker_of


def is_otherwise(block: Block, leaves: Leaves) -> bool:
    """Whether a block may be another now, which has to be found out by its looks.

    A line of a text begins with a marker that had none, an item has lost its marker, or a field
    its label.
    """
    if isinstance(block, ListBlock):
        return any(_has_no_marker(item, leaves.of[id(item)]) for item in all_items(block.items))
    if isinstance(block, FormField):
        labels, values = leaves.of[id(block)].parts, leaves.values[id(block)].parts
        return len(labels) > 1 or (bool(values) and not labels)
    if isinstance(block, (Table, Figure)):
        return False
    leaf = leaves.of[id(block)]
    return any(_new_marker(part, leaf.read) is not None for part in leaf.parts)


def regrown(block: Block, leaves: Leaves, splits: Callable[[int], bool]) -> Iterator[Block]:
    """What a block is now: one or none; of a paragraph, perhaps several.

    Args:
        block: as it was read.
        leaves: to what all lines belong.
        splits: whether a paragraph begins with a line with which none began.
    """
    if isinstance(block, ListBlock):
        if items := tuple(_items(block.items, leaves)):
            yield block.model_copy(update={"items": items})
    elif isinstance(block, Table):
        rows, has_header = _rows(block, leaves)
        if any(cell.lines for row in rows for cell in row):
            yield block.model_copy(update={"rows": rows, "has_header": has_header})
    elif isinstance(block, FormField):
        if parts := leaves.of[id(block)].parts:
            values = tuple(leaves.values[id(block)].parts)
            yield block.model_copy(update={"label": parts[0], "values": values})
    elif isinstance(block, ParagraphBlock) and block.role is Role.BODY:
        yield from _paragraphs(block, leaves.of[id(block)].parts, splits)
    elif not isinstance(block, Figure) and (parts := leaves.of[id(block)].parts):
        yield block.model_copy(update={"lines": tuple(parts)})


def _paragraphs(
    block: ParagraphBlock, parts: Sequence[LinePart], splits: Callable[[int], bool]
) -> Iterator[ParagraphBlock]:
    starts = [n for n, part in enumerate(parts) if n == 0 or (not part.first and splits(part.line))]
    for start, end in pairwise([*starts, len(parts)]):
        yield block.model_copy(update={"lines": tuple(parts[start:end])})


def _items(items: Sequence[ListItem], leaves: Leaves) -> Iterator[ListItem]:
    for item in items:
        yield from _item(item, leaves)


def _item(item: ListItem, leaves: Leaves) -> Iterator[ListItem]:
    """An item, and those that its lines have become; if none are left, those that were below."""
    leaf = leaves.of[id(item)]
    below = tuple(_items(item.items, leaves))
    if not leaf.parts:
        yield from below
        return
    others = leaf.read[1:]
    starts = [
        n for n, part in enumerate(leaf.parts) if n == 0 or _new_marker(part, others) is not None
    ]
    made: list[ListItem] = []
    for start, end in pairwise([*starts, len(leaf.parts)]):
        lines = tuple(leaf.parts[start:end])
        marker = marker_of(_flat(lines[0]))
        is_same = start == 0 and (item.mark is not None or _flat(lines[0]).startswith(item.marker))
        if marker is not None and not is_same:
            made.append(item_with(marker, lines))
        else:
            made.append(item.model_copy(update={"lines": lines, "items": ()}))
    made[-1] = made[-1].model_copy(update={"items": below})
    yield from made


def item_with(marker: Marker, lines: tuple[LinePart, ...]) -> ListItem:
    """An item with a marker that is written."""
    if marker.style is Style.TASK:
        return Task(marker=marker.text, done=marker.done, lines=lines)
    number = marker.number if marker.style is Style.NUMBER else None
    return ListItem(marker=marker.text, number=number, lines=lines)


def _rows(table: Table, leaves: Leaves) -> tuple[tuple[tuple[Cell, ...], ...], bool]:
    """The rows that have any text, those that had none, and those that were added."""
    rows: list[tuple[Cell, ...]] = []
    has_header = table.has_header
    width = max((len(texts) for texts in table.texts()), default=1)
    for number, row in enumerate(table.rows):
        mine = [leaves.of[id(cell)] for cell in row]
        was_empty = not any(cell.lines for cell in row)
        spans = any(cell.row_span > 1 for cell in row)
        if was_empty or spans or any(leaf.parts for leaf in mine):
            cells = zip(row, mine, strict=True)
            rows.append(tuple(_cell(cell, leaf.parts) for cell, leaf in cells))
        else:
            has_header = has_header and number > 0
        rows += [_row_of(part, width) for leaf in mine for part in leaf.added]
    return tuple(rows), has_header


def _cell(cell: Cell, parts: Sequence[LinePart]) -> Cell:
    place = None if parts else cell.place
    return cell.model_copy(update={"lines": tuple(parts), "place": place})


def _row_of(part: LinePart, width: int) -> tuple[Cell, ...]:
    """A line as a row: a word in each cell, if there are as many; else all in the first."""
    if len(part.words) != width:
        return (Cell(lines=(part,)), *(Cell() for _ in range(width - 1)))
    return tuple(
        Cell(lines=(part.model_copy(update={"first": n, "end": n + 1, "words": (word,)}),))
        for n, word in enumerate(part.words)
    )


def _has_no_marker(item: ListItem, leaf: Leaf) -> bool:
    if item.mark is not None or not leaf.parts:
        return False
    text = _flat(leaf.parts[0])
    return not text.startswith(item.marker) and marker_of(text) is None


def _new_marker(part: LinePart, read: Sequence[LinePart]) -> Marker | None:
    """The marker that a line begins with, if none of the lines that were read did."""
    marker = None if part.first else marker_of(_flat(part))
    return None if marker in {marker_of(_flat(other)) for other in read} else marker


def _flat(part: LinePart) -> str:
    return " ".join(part.text.split())

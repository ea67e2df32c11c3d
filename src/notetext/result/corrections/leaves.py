"""Where corrected words belong: to what the words belonged that they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import NamedTuple, TypeAlias

from notetext.model import Block, Figure, FormField, Line, LinePart, ListBlock, Table
from notetext.model.rebuilding import all_items
from notetext.result.corrections.filling import CellPlace
from notetext.result.corrections.ticking import Position

Origin: TypeAlias = Position | CellPlace | None
"""What a corrected word stands for: a word as it was read, a cell that it was written into; or
``None``, if it was added."""


@dataclass(eq=False, slots=True)
class Leaf:
    """What parts of lines belong to: a heading, an item, a cell, a label …

    Attributes:
        block: the number of its block.
        read: the parts that it had.
        is_boxed: whether it stands beside others of its kind: a cell, a label, a value.
        cell: of a table's cell, its block, its row and its column.
        parts: those that it has now.
        added: lines that were added below a cell.
    """

    block: int
    read: Sequence[LinePart]
    is_boxed: bool = False
    cell: tuple[int, int, int] | None = None
    parts: list[LinePart] = field(default_factory=list)
    added: list[LinePart] = field(default_factory=list)


class Leaves(NamedTuple):
    """What corrected lines belong to."""

    of: dict[int, Leaf]
    """By the ``id`` of what has the parts: a block, an item or a cell; of a field, its label's."""
    free: set[int]
    """The numbers of corrected lines that belong to no block."""
    values: dict[int, Leaf]
    """By the ``id`` of a field."""


def leaves_of(
    blocks: Sequence[Block],
    lines: Sequence[Line],
    origins: Sequence[Sequence[Origin]],
    begins: Sequence[bool],
) -> Leaves:
    """Gives corrected words to what the words belonged to that they stand for.

    A line goes on with what it begins with, but for cells, labels and values, and for items that
    began within a line; rows of a table that were joined are one. An added line goes on with what
    stands above it.

    Args:
        blocks: as they were read.
        lines: as they are right.
        origins: for each of their words, what it stands for.
        begins: for each line, whether a paragraph begins with it.
    """
    found = Leaves({}, set(), {})
    places: dict[Position | CellPlace, tuple[Leaf, bool]] = {}
    for number, block in enumerate(blocks):
        for key, leaf, is_value in _leaves_in(block, number):
            (found.values if is_value else found.of)[key] = leaf
            for part in leaf.read:
                for word in range(part.first, max(part.end, part.first + 1)):
                    places[part.line, word] = leaf, part.first == 0
    cells = {leaf.cell: leaf for leaf in found.of.values() if leaf.cell is not None}
    places |= {CellPlace(*place): (leaf, True) for place, leaf in cells.items()}
    above: Leaf | None = None
    for number, (line, origin) in enumerate(zip(lines, origins, strict=True)):
        known = [places.get(place) if place is not None else None for place in origin]
        if not any(known):
            is_added = all(place is None for place in origin)
            above = above if is_added and not begins[number] else None
            _add_line(found, above, number, line)
        else:
            owners = _in_one_row(_owners(known), cells)
            above = owners[-1]
            for leaf, run in groupby(enumerate(owners), lambda each: each[1]):
                first, *rest = (n for n, _ in run)
                end = min(len(line.words), (rest[-1] if rest else first) + 1)
                leaf.parts.append(_part(number, line, first, end))
    return found


def _leaves_in(block: Block, number: int) -> Iterator[tuple[int, Leaf, bool]]:
    if isinstance(block, ListBlock):
        for item in all_items(block.items):
            yield id(item), Leaf(number, item.lines), False
    elif isinstance(block, Table):
        for (row, column, _), cell in zip(block.placed(), chain(*block.rows), strict=True):
            place = number, row, column
            yield id(cell), Leaf(number, cell.lines, is_boxed=True, cell=place), False
    elif isinstance(block, FormField):
        yield id(block), Leaf(number, (block.label,), is_boxed=True), False
        yield id(block), Leaf(number, block.values, is_boxed=True), True
    elif not isinstance(block, Figure):
        yield id(block), Leaf(number, block.lines), False


def _owners(known: Sequence[tuple[Leaf, bool] | None]) -> list[Leaf]:
    """To what each word of a line belongs; new words to what stands behind them."""
    after = next(place for place in reversed(known) if place is not None)
    filled = []
    for place in reversed(known):
        after = place or after
        filled.append(after)
    current = filled[-1][0]
    owners = []
    for leaf, opens in reversed(filled):
        if leaf.is_boxed or not opens:
            current = leaf
        owners.append(current)
    return owners


def _in_one_row(owners: Sequence[Leaf], cells: Mapping[tuple[int, int, int], Leaf]) -> list[Leaf]:
    """To what the words of a line belong, where those of a table are in the row of the first."""
    first = next((leaf.cell for leaf in owners if leaf.cell is not None), None)
    if first is None:
        return [*owners]
    return [
        cells.get((*first[:2], leaf.cell[2]), leaf)
        if leaf.cell is not None and leaf.cell[0] == first[0]
        else leaf
        for leaf in owners
    ]


def _add_line(found: Leaves, above: Leaf | None, number: int, line: Line) -> None:
    part = _part(number, line, 0, len(line.words))
    if above is None:
        found.free.add(number)
    elif not above.is_boxed:
        above.parts.append(part)
    else:
        above.added.append(part)


def _part(number: int, line: Line, first: int, end: int) -> LinePart:
    return LinePart(line=number, first=first, end=end, words=line.words[first:end])

"""From the lines of a page to its blocks."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from notetext.model import (
    Block,
    Figure,
    Heading,
    LeftOut,
    Paragraph,
    ParagraphBlock,
    Preformatted,
    standing_paragraphs,
)
from notetext.result.structure.bold_headings import bold_headings, bold_rows
from notetext.result.structure.boxed_rows import boxes_of_rows
from notetext.result.structure.cells import PlacedBox, placed_boxes
from notetext.result.structure.fields import fields_in, fields_of
from notetext.result.structure.figures import find_figures
from notetext.result.structure.headings import is_heading, levels_of, sizes_of
from notetext.result.structure.lists import find_lists
from notetext.result.structure.marks import DrawnMark, marks_of
from notetext.result.structure.roles import with_roles
from notetext.result.structure.rows import Region, Row, gap_above, regions_of
from notetext.result.structure.ruled_tables import RuledTable, find_ruled_tables
from notetext.result.structure.struck_parts import with_struck_parts
from notetext.result.structure.tables import find_tables
from notetext.result.structure.underlines import underlined_rows


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn on lines, by their numbers: before or after their words, and at their height.

    Attributes:
        marks: check boxes and bullets near their words.
        boxes: check boxes at their height.
        angle: by how much lines slope, in radians, clockwise.
    """

    marks: dict[int, list[DrawnMark]]
    boxes: dict[int, list[PlacedBox]]
    angle: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A block in place of lines of a region, from the first up to that before the end."""

    first: int
    end: int
    block: Block


def find_blocks(
    paragraphs: Sequence[Paragraph], left_out: Sequence[LeftOut] = ()
) -> tuple[Block, ...]:
    """Finds what a page is made of, by where its lines stand and what they begin with.

    >>> from notetext import Line, Paragraph, Word
    >>> from notetext.result.structure.finding import find_blocks
    >>> lines = [Line(words=(Word(text="-"), Word(text=text))) for text in ("milk", "tea")]
    >>> (shopping,) = find_blocks([Paragraph(lines=tuple(lines))])
    >>> shopping.kind, [item.text for item in shopping.items]
    ('list', ['milk', 'tea'])

    Args:
        paragraphs: of the page, in the pixels in which they are most level.
        left_out: of the page, in the same pixels.

    Returns:
        The blocks in reading order; each line belongs to one of them.
    """
    stand = standing_paragraphs(paragraphs)
    blocks = _found_in(stand, left_out)
    is_all = all(one is other for one, other in zip(stand, paragraphs, strict=False))
    if is_all and len(stand) == len(paragraphs):
        return tuple(blocks)
    return tuple(with_struck_parts(blocks, paragraphs))


def _found_in(paragraphs: Sequence[Paragraph], left_out: Sequence[LeftOut]) -> list[Block]:
    """The blocks of a page on which nothing is struck out."""
    regions, angle = regions_of(paragraphs)
    rows = [row for region in regions for row in region.rows]
    drawn = _Drawn(
        marks_of(rows, left_out, angle),
        boxes_of_rows(rows, placed_boxes(left_out, angle)),
        angle,
    )
    ruled = {min(table.numbers): table for table in find_ruled_tables(rows, left_out, angle)}
    sizes = sizes_of(regions)
    underlined = underlined_rows(rows, left_out, angle)
    bold = bold_rows(rows)
    blocks: list[Block] = []
    headings: list[tuple[int, float]] = []
    for region in regions:
        for found in _blocks_in(region, drawn, sizes, ruled, underlined, bold):
            if isinstance(found.block, Heading):
                lines = region.rows[found.first : found.end]
                headings.append((len(blocks), _heading_size(lines, sizes, bold)))
            blocks.append(found.block)
    for (place, _), level in zip(headings, levels_of(headings), strict=True):
        blocks[place] = blocks[place].model_copy(update={"level": level})
    heights = [row.place.height for row in rows if row.place is not None]
    for figure in find_figures(left_out, median(heights) if heights else 0.0):
        blocks.insert(place_of(figure, blocks), figure)
    return with_roles(blocks)


def place_of(figure: Figure, blocks: Sequence[Block]) -> int:
    """Before which block a figure comes: the first that begins below its top."""
    tops = (block.box.top if block.box is not None else -math.inf for block in blocks)
    return next((n for n, top in enumerate(tops) if top > figure.place.top), len(blocks))


def _blocks_in(
    region: Region,
    drawn: _Drawn,
    sizes: dict[int, float],
    ruled: dict[int, RuledTable],
    underlined: frozenset[int],
    bold: frozenset[int],
) -> list[_Found]:
    found: list[_Found] = []
    in_tables = {number for table in ruled.values() for number in table.numbers}
    is_ruled = [row.number in in_tables for row in region.rows]
    spaced = [
        is_spaced and not inside
        for is_spaced, inside in zip(_preformatted_rows(region), is_ruled, strict=True)
    ]
    words = [
        bool(row.line.words) and not inside
        for row, inside in zip(region.rows, is_ruled, strict=True)
    ]
    free = [has_words and not is_spaced for has_words, is_spaced in zip(words, spaced, strict=True)]
    for index, row in enumerate(region.rows):
        if row.number in ruled:
            found += [_Found(index, index, block) for block in ruled[row.number].blocks]
    for table in find_tables(region, words, drawn.boxes, drawn.angle):
        found += [
            _Found(table.first, table.end if n == 0 else table.first, block)
            for n, block in enumerate(table.blocks)
        ]
        free[table.first : table.end] = [False] * (table.end - table.first)
        spaced[table.first : table.end] = [False] * (table.end - table.first)
    for first, end in bold_headings(region, free, bold - drawn.marks.keys()):
        lines = tuple(row.whole for row in region.rows[first:end])
        found.append(_Found(first, end, Heading(level=1, lines=lines)))
        free[first:end] = [False] * (end - first)
    for each in find_lists(region, free, drawn.marks):
        found.append(_Found(each.first, each.end, each.block))
        free[each.first : each.end] = [False] * (each.end - each.first)
    for field in [*_fields(region, free)]:
        found.append(field)
        free[field.first : field.end] = [False] * (field.end - field.first)
    taken = [*is_ruled]
    for block in found:
        taken[block.first : block.end] = [True] * (block.end - block.first)
    found += _preformatted(region, spaced)
    found += _text(region, spaced, taken, sizes, underlined)
    return sorted(found, key=lambda each: each.first)


def _preformatted_rows(region: Region) -> list[bool]:
    """Which lines have blanks that say something: indentation, or gaps, in any of their run."""
    kept: list[bool] = []
    for is_spaced, run in groupby(region.rows, lambda row: row.line.is_spaced):
        rows = [*run]
        says = is_spaced and any(max(row.line.blanks, default=0) > 1 for row in rows)
        kept += [says] * len(rows)
    return kept


def _preformatted(region: Region, spaced: Sequence[bool]) -> Iterator[_Found]:
    index = 0
    paragraphs = [row.paragraph for row in region.rows]
    for (is_spaced, _), run in groupby(zip(spaced, paragraphs, strict=True)):
        count = len([*run])
        if is_spaced:
            lines = tuple(row.whole for row in region.rows[index : index + count])
            yield _Found(index, index + count, Preformatted(lines=lines))
        index += count


def _text(
    region: Region,
    spaced: Sequence[bool],
    taken: Sequence[bool],
    sizes: dict[int, float],
    underlined: frozenset[int],
) -> Iterator[_Found]:
    """Headings, fields and paragraphs of what is nothing else."""
    rows = region.rows
    index = 0
    while index < len(rows):
        if taken[index] or spaced[index]:
            index += 1
            continue
        end = index + 1
        while end < len(rows) and not (
            taken[end] or spaced[end] or rows[end].paragraph != rows[index].paragraph
        ):
            end += 1
        leads = end < len(rows) and taken[end]
        yield from _paragraph(region, index, end, sizes, underlined, leads=leads)
        index = end


def _paragraph(
    region: Region,
    first: int,
    end: int,
    sizes: dict[int, float],
    underlined: frozenset[int],
    *,
    leads: bool,
) -> Iterator[_Found]:
    rows = region.rows
    for part in _parts(rows[first:end], region, sizes, underlined):
        last = first + len(part)
        before = rows[first - 1] if first else None
        after = rows[last] if last < len(rows) else None
        lines = tuple(row.whole for row in part)
        size, is_underlined = _size(part, sizes), part[0].number in underlined
        is_last = leads and last == end
        if is_heading(
            part, before, after, region, size, leads=is_last, is_underlined=is_underlined
        ):
            yield _Found(first, last, Heading(level=1, lines=lines))
        else:
            yield _Found(first, last, ParagraphBlock(lines=lines))
        first = last


def _fields(region: Region, free: Sequence[bool]) -> Iterator[_Found]:
    """Fields that stand below each other, or that are filled in."""
    rows = region.rows
    index = 0
    while index < len(rows):
        end = index
        while end < len(rows) and free[end] and fields_of(rows[end], region):
            end += 1
        for number, fields in enumerate(fields_in(rows[index:end], region) or (), index):
            for count, field in enumerate(fields):
                yield _Found(number, number + (count == 0), field)
        index = max(end, index + 1)


_OTHER_SIZE = 1.15
_NEW_PARAGRAPH = 1.38  # usual distances of lines


def _parts(
    rows: Sequence[Row], region: Region, sizes: dict[int, float], underlined: frozenset[int]
) -> list[list[Row]]:
    """A paragraph, parted at gaps, and below headings: where the writing becomes smaller, or below
    a first line that is underlined."""
    parts = [[rows[0]]]
    for row in rows[1:]:
        above, size = (sizes.get(each.number, 1.0) for each in (parts[-1][-1], row))
        is_smaller = len(parts) == 1 and above > _OTHER_SIZE * max(size, 1.0)
        is_titled = len(parts) == len(parts[0]) == 1 and rows[0].number in underlined
        if is_smaller or is_titled or gap_above(parts[-1][-1], row, region) > _NEW_PARAGRAPH:
            parts.append([])
        parts[-1].append(row)
    return parts


def _heading_size(rows: Sequence[Row], sizes: dict[int, float], bold: frozenset[int]) -> float:
    """How large a heading is; one by its weight is not smaller than the text, though it be short
    and in narrow letters."""
    size = _size(rows, sizes)
    return max(size, 1.0) if all(row.number in bold for row in rows) else size


def _size(rows: Sequence[Row], sizes: dict[int, float]) -> float:
    return min(sizes.get(row.number, 1.0) for row in rows)

"""What a page is made of, once its lines were corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from notetext.model import (
    Block,
    Figure,
    Line,
    LinePart,
    ListBlock,
    PageData,
    Paragraph,
    ParagraphBlock,
    Role,
)
from notetext.model.rebuilding import rebuilt
from notetext.result.corrections.leaves import Leaves, Origin, leaves_of
from notetext.result.corrections.regrown import is_otherwise, regrown
from notetext.result.corrections.ticking import Position, tasks_by_place, ticked
from notetext.result.structure.finding import find_blocks, place_of
from notetext.result.structure.roles import with_roles


def corrected_blocks(
    page: PageData,
    paragraphs: Sequence[Paragraph],
    origins: Sequence[Sequence[Origin]],
    done: Mapping[Position, bool],
) -> tuple[Block, ...]:
    """The blocks of a corrected page: those that it had, with the lines that they have now.

    Found anew are lines that belong to none: paragraphs that were added, and those of blocks that
    may be others now; and lists that such lines have become part of.

    Args:
        page: as it was read.
        paragraphs: as they are right.
        origins: for each word of each line, which one it stands for, as it was read, or which cell
            it was written into.
        done: whether tasks are done that were ticked or not, by where they began.
    """
    breaks = _Breaks(page, paragraphs, origins)
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    read = ticked(page.blocks, done)
    leaves = leaves_of(read, lines, origins, breaks.now)
    free = _free_lines(page, read, leaves)
    kept: list[Block] = []
    for block in read:
        if not free & _lines_of(block, leaves):
            kept += regrown(block, leaves, breaks.splits)
    kept = _joined(sorted(kept, key=_first), breaks)
    whole = find_blocks(paragraphs, page.left_out) if free else ()
    for block in _that_grow(kept, free, whole):
        free |= {part.line for part in block.parts}
        kept.remove(block)
    fresh = [
        block
        for start, end in _runs(free)
        for block in _found_anew(whole, page, paragraphs, start, end)
    ]
    fresh = [*ticked(fresh, _states(fresh, origins, done))]
    blocks = sorted([*kept, *fresh], key=_first)
    known = {*map(id, kept)}
    blocks = [
        block if id(block) in known else with_role
        for block, with_role in zip(blocks, with_roles(blocks), strict=True)
    ]
    for figure in page.blocks:
        if isinstance(figure, Figure):
            blocks.insert(place_of(figure, blocks), figure)
    return tuple(blocks)


class _Breaks:
    """Where paragraphs begin, as they were read and as they are right."""

    def __init__(
        self,
        page: PageData,
        paragraphs: Sequence[Paragraph],
        origins: Sequence[Sequence[Origin]],
    ) -> None:
        was = [n == 0 for paragraph in page.paragraphs for n in range(len(paragraph.lines))]
        self.now = [n == 0 for paragraph in paragraphs for n in range(len(paragraph.lines))]
        first = [next((p for p in line if isinstance(p, tuple)), None) for line in origins]
        self._was = [place is not None and not place[1] and was[place[0]] for place in first]
        self._is_read = [place is not None for place in first]

    def splits(self, line: int) -> bool:
        """Whether a paragraph begins with a line that did not begin one."""
        return self._is_read[line] and self.now[line] and not self._was[line]

    def joins(self, line: int) -> bool:
        """Whether a line begins no paragraph any more."""
        return self._was[line] and not self.now[line]


def _first(block: Block) -> Position:
    return min((part.line, part.first) for part in block.parts)


def _lines_of(block: Block, leaves: Leaves) -> set[int]:
    """The corrected lines of a block as it was read."""
    held = [leaves.of.get(id(each)) for each in _holders(block)]
    held.append(leaves.values.get(id(block)))
    parts = [part for leaf in held if leaf is not None for part in (*leaf.parts, *leaf.added)]
    return {part.line for part in parts}


def _holders(value: object) -> Iterator[object]:
    """A block with its items and cells, those below them too."""
    yield value
    for name in ("items", "rows"):
        for each in getattr(value, name, ()):
            for one in each if isinstance(each, tuple) else (each,):
                yield from _holders(one)


def _free_lines(page: PageData, blocks: Sequence[Block], leaves: Leaves) -> set[int]:
    """The corrected lines that belong to no block, and those of blocks that may be others now."""
    free = {*leaves.free}
    for block in blocks:
        if _is_of_another(block, page.lines) or is_otherwise(block, leaves):
            free |= _lines_of(block, leaves)
    lines = [_lines_of(block, leaves) for block in blocks]
    while more := {line for mine in lines if mine & free for line in mine} - free:
        free |= more
    return free


def _is_of_another(block: Block, lines: Sequence[Line]) -> bool:
    """Whether a block is not of these lines: somebody made the page of another one."""
    return any(
        part.line >= len(lines) or part.words != lines[part.line].words[part.first : part.end]
        for part in block.parts
    )


def _joined(blocks: Sequence[Block], breaks: _Breaks) -> list[Block]:
    """Paragraphs of which one has become a part of that above it, as one."""
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if (
            isinstance(block, ParagraphBlock)
            and isinstance(above, ParagraphBlock)
            and block.role is above.role is Role.BODY
            and breaks.joins(block.lines[0].line)
            and above.lines[-1].line + 1 == block.lines[0].line
        ):
            joined[-1] = above.model_copy(update={"lines": (*above.lines, *block.lines)})
        else:
            joined.append(block)
    return joined


def _that_grow(kept: Sequence[Block], free: set[int], whole: Sequence[Block]) -> list[ListBlock]:
    """Lists that lines beside them, which are in no block yet, have become part of."""
    grown = [
        lines
        for block in whole
        if isinstance(block, ListBlock)
        and (lines := {part.line for part in block.parts}) & free
        and lines - free
    ]
    return [
        block
        for block in kept
        if isinstance(block, ListBlock)
        and any(lines.issuperset({part.line for part in block.parts}) for lines in grown)
    ]


def _runs(lines: set[int]) -> Iterator[tuple[int, int]]:
    """The runs of lines that follow each other: the first, and the first behind it."""
    for _, run in groupby(enumerate(sorted(lines)), lambda each: each[1] - each[0]):
        numbers = [line for _, line in run]
        yield numbers[0], numbers[-1] + 1


def _found_anew(
    whole: Sequence[Block], page: PageData, paragraphs: Sequence[Paragraph], start: int, end: int
) -> Iterator[Block]:
    """The blocks of some lines, from the first up to that before the end.

    Those of the whole page, found anew, if they keep to these lines; else those of these alone.
    """
    mine = [block for block in whole if any(start <= part.line < end for part in block.parts)]
    if all(start <= part.line < end for block in mine for part in block.parts):
        yield from mine
        return
    parted = []
    number = 0
    for paragraph in paragraphs:
        lines = paragraph.lines[max(0, start - number) : max(0, end - number)]
        number += len(paragraph.lines)
        if lines:
            parted.append(paragraph.model_copy(update={"lines": lines}))
    for block in find_blocks(parted, page.left_out):
        if block.parts:
            plain = block.model_copy(update={"role": Role.BODY})
            yield rebuilt(plain, lambda part: _moved_down(part, start), lambda box: box)


def _moved_down(part: LinePart, lines: int) -> LinePart:
    return part.model_copy(update={"line": part.line + lines})


def _states(
    blocks: Sequence[Block],
    origins: Sequence[Sequence[Origin]],
    done: Mapping[Position, bool],
) -> dict[Position, bool]:
    """Whether tasks that were found anew are done, by where they begin now."""
    states = {}
    for place, task in tasks_by_place(blocks).items():
        line, first = place
        words = origins[line][first : task.lines[0].end]
        for origin, is_done in done.items():
            if origin in words:
                states[place] = is_done
    return states

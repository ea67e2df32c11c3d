"""What a page is made of, once its lines were corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from notetext.model import (
    Block,
    Figure,
    FormField,
    Heading,
    LinePart,
    ListBlock,
    PageData,
    Paragraph,
    ParagraphBlock,
    Role,
)
from notetext.model.block import rebuilt
from notetext.result.corrections.remarked import begins_otherwise, remarked
from notetext.result.corrections.ticking import Position, ticked
from notetext.result.structure.finding import find_blocks, place_of
from notetext.result.structure.roles import with_roles


def corrected_blocks(
    page: PageData,
    paragraphs: Sequence[Paragraph],
    moved: Mapping[Position, Position],
    done: Mapping[Position, bool],
) -> tuple[Block, ...]:
    """The blocks of a corrected page: those that it had, and anew what was changed in its lines.

    A block stays what it is, with its words as they are right, as long as it has the lines that it
    had and none begins with another marker. The others are found anew, and a list with them that
    goes on in such lines.

    Args:
        page: as it was read.
        paragraphs: as they are right.
        moved: where places of the page as it was read are now.
        done: whether tasks are done that were ticked or not, by where they began.
    """
    now = _Corrected(page, paragraphs, moved)
    kept = {
        tuple(now.number(line) for line in lines): now.renewed(blocks)
        for lines, blocks in _units(page.blocks)
        if now.has(lines, blocks)
    }
    taken = {line for lines in kept for line in lines}
    whole = find_blocks(paragraphs, page.left_out) if len(taken) < len(now.lines) else ()
    for lines in _that_grow(kept, taken, whole):
        taken.difference_update(lines)
        del kept[lines]
    found = {lines[0]: blocks for lines, blocks in kept.items()}
    fresh: set[int] = set()
    for start, end in _runs(len(now.lines), taken):
        anew = [*_found_anew(whole, page, paragraphs, start, end)]
        fresh.update(map(id, anew))
        found[start] = anew
    blocks = [block for _, mine in sorted(found.items()) for block in mine]
    blocks = [
        with_role if id(block) in fresh else block
        for block, with_role in zip(blocks, with_roles(blocks), strict=True)
    ]
    for figure in page.blocks:
        if isinstance(figure, Figure):
            blocks.insert(place_of(figure, blocks), figure)
    states = {moved[place]: is_done for place, is_done in done.items() if place in moved}
    return ticked(blocks, states)


def _units(blocks: Sequence[Block]) -> Iterator[tuple[list[int], list[Block]]]:
    """The numbers of lines, and the blocks that they are in: several if these share a line."""
    units: list[tuple[set[int], list[Block]]] = []
    for block in blocks:
        lines = {part.line for part in block.parts}
        if not lines:
            continue
        mine = [block]
        for unit in [unit for unit in units if unit[0] & lines]:
            units.remove(unit)
            lines |= unit[0]
            mine = [*unit[1], *mine]
        units.append((lines, mine))
    return ((sorted(lines), mine) for lines, mine in units)


def _that_grow(
    kept: Mapping[tuple[int, ...], Sequence[Block]], taken: set[int], whole: Sequence[Block]
) -> list[tuple[int, ...]]:
    """The lines of lists that lines beside them, which are in no block yet, have become part of."""
    grown = [
        lines
        for block in whole
        if isinstance(block, ListBlock)
        and (lines := {part.line for part in block.parts}) & taken
        and lines - taken
    ]
    return [
        lines
        for lines, blocks in kept.items()
        if all(isinstance(block, ListBlock) for block in blocks)
        and any(larger.issuperset(lines) for larger in grown)
    ]


def _runs(count: int, taken: set[int]) -> Iterator[tuple[int, int]]:
    """The runs of lines that are in no block yet: the first, and the first behind it."""
    for is_free, run in groupby(range(count), lambda number: number not in taken):
        numbers = [*run]
        if is_free:
            yield numbers[0], numbers[-1] + 1


class _Corrected:
    """A page as it was read, and its lines as they are right."""

    def __init__(
        self, page: PageData, paragraphs: Sequence[Paragraph], moved: Mapping[Position, Position]
    ) -> None:
        self._read = page.lines
        self.lines = [line for paragraph in paragraphs for line in paragraph.lines]
        self._moved = moved
        self._was, self._now = _begins(page.paragraphs), _begins(paragraphs)
        self._starts = {there: here for here, there in moved.items() if here[1] == 0}

    def number(self, line: int) -> int:
        """The number that a line has now, by that which it had."""
        return self._moved[line, 0][0]

    def has(self, numbers: Sequence[int], blocks: Sequence[Block]) -> bool:
        """Whether the lines of blocks are still theirs, and no others."""
        read, lines = self._read, self.lines
        for part in (part for block in blocks for part in block.parts):
            # Of a page that somebody made of another one, blocks may be those of the other.
            own = read[part.line].words if part.line < len(read) else ()
            if part.words != own[part.first : part.end]:
                return False
        for number in numbers:
            count = len(read[number].words)
            start, end = (self._moved.get((number, word)) for word in (0, count))
            if start is None or end is None or start[1] or start[0] >= len(lines):
                return False
            if end != (start[0], len(lines[start[0]].words)) or bool(end[1]) is not bool(count):
                return False
        return (
            self._stand_together(numbers)
            and self._are_set_apart(numbers)
            and not any(self._begins_otherwise(block) for block in blocks)
        )

    def _stand_together(self, numbers: Sequence[int]) -> bool:
        """Whether nothing was put between lines, and paragraphs begin where they did."""
        was, now = self._was, self._now
        places = [self.number(line) for line in numbers]
        return all(
            there - here == after - before and was[after] is now[there]
            for (before, after), (here, there) in zip(
                pairwise(numbers), pairwise(places), strict=True
            )
        )

    def _are_set_apart(self, numbers: Sequence[int]) -> bool:
        """Whether nothing goes on with them, nor they with anything, that did not before."""
        was, now = self._was, self._now
        first, last = self.number(numbers[0]), self.number(numbers[-1])
        if was[numbers[0]] and not now[first]:
            return False
        if last + 1 >= len(now) or now[last + 1]:
            return True
        below = self._starts.get((last + 1, 0))
        return below is not None and not was[below[0]]

    def _begins_otherwise(self, block: Block) -> bool:
        if isinstance(block, FormField):
            now = self._part(block.label)
            return bool(block.label.words) and not now.words
        if not isinstance(block, (Heading, ParagraphBlock, ListBlock)):
            return False
        return begins_otherwise(block, self._part)

    def renewed(self, blocks: Sequence[Block]) -> list[Block]:
        """Blocks with their words as they are right."""
        marked = (remarked(block, self._part) for block in blocks)
        return [rebuilt(block, self._part, lambda box: box) for block in marked]

    def _part(self, part: LinePart) -> LinePart:
        line, first = self._moved[part.line, part.first]
        _, end = self._moved[part.line, part.end]
        words = self.lines[line].words[first:end]
        return part.model_copy(update={"line": line, "first": first, "end": end, "words": words})


def _begins(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Of each line, whether a paragraph begins with it."""
    return [n == 0 for paragraph in paragraphs for n in range(len(paragraph.lines))]


def _found_anew(
    whole: Sequence[Block], page: PageData, paragraphs: Sequence[Paragraph], start: int, end: int
) -> Iterator[Block]:
    """The blocks of some lines, from the first up to that before the end.

    Those of the whole page, found anew, if they keep to these lines; else those of these alone.
    """
    mine = [block for block in whole if _holds(block, start, end)]
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


def _holds(block: Block, start: int, end: int) -> bool:
    return any(start <= part.line < end for part in block.parts)


def _moved_down(part: LinePart, lines: int) -> LinePart:
    return part.model_copy(update={"line": part.line + lines})

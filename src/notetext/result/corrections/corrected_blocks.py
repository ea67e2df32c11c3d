"""What a page is made of, once its lines were corrected."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from notetext.model import Block, Line, LinePart, ListBlock, PageData, Paragraph
from notetext.model.block import all_items, rebuilt
from notetext.result.structure.finding import find_blocks


def corrected_blocks(page: PageData, paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """The blocks of a corrected page: those that it had, or, if its lines are others, found anew.

    Args:
        page: as it was read.
        paragraphs: as they are right.
    """
    lines = [line for paragraph in paragraphs for line in paragraph.lines]
    counts = [len(paragraph.lines) for paragraph in paragraphs]
    if counts != [len(paragraph.lines) for paragraph in page.paragraphs]:
        return find_blocks(paragraphs, page.left_out)
    if any(_begins_anew(block, lines) for block in page.blocks):
        return find_blocks(paragraphs, page.left_out)

    def corrected(part: LinePart) -> LinePart:
        return _corrected_part(part, page.lines[part.line], lines[part.line])

    return tuple(rebuilt(block, corrected, lambda box: box) for block in page.blocks)


def _begins_anew(block: Block, lines: Sequence[Line]) -> bool:
    """Whether a list has an item that begins with another word: perhaps with another marker."""
    if not isinstance(block, ListBlock):
        return False
    for item in all_items(block.items):
        for part in item.lines[:1]:
            word = part.words[0].text if part.words else ""
            now = lines[part.line].words[part.first : part.first + 1]
            if item.mark is None and [word] != [each.text for each in now]:
                return True
    return False


def _corrected_part(part: LinePart, before: Line, now: Line) -> LinePart:
    if before is now:
        return part
    if part.first == 0 and part.end == len(before.words):
        first, end = 0, len(now.words)
    else:
        first, end = (_moved(border, before, now) for border in (part.first, part.end))
    return part.model_copy(update={"first": first, "end": end, "words": now.words[first:end]})


def _moved(border: int, before: Line, now: Line) -> int:
    """Where a border between words is, once words of its line were changed."""
    old, new = ([word.text for word in line.words] for line in (before, now))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        if border <= start:
            return new_start
        if border < end:
            return min(new_start + border - start, new_end)
    return len(now.words)

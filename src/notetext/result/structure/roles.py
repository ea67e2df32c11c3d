"""What blocks are on their page for: page numbers are no part of its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notetext.model import Block, ParagraphBlock, Role

# A number by itself, between dashes, or of how many; a word may stand before the latter.
_NUMBER = re.compile(
    r"[-–—]?\s*[0-9]{1,4}\s*[-–—]?"
    r"|(?:[^\W\d_]+\.?\s+)?[0-9]{1,4}\s*(?:/|\s[^\W\d_]{2,3}\s)\s*[0-9]{1,4}"
)
_APART = 1.5  # heights of the number, from what is nearest


def with_roles(blocks: Sequence[Block]) -> list[Block]:
    """Blocks, of which the first and the last on the page may be its number."""
    boxes = [block.box for block in blocks]
    edges = [(box.top, box.bottom) for box in boxes if box is not None]
    if len(edges) < 2 or len(edges) < len(blocks):
        return [*blocks]
    marked = [*blocks]
    for number, block in enumerate(blocks):
        # "- 7 -" looks like an item of a list.
        if len(block.parts) != 1:
            continue
        top, bottom = edges[number]
        others = edges[:number] + edges[number + 1 :]
        reach = _APART * (bottom - top)
        is_above = bottom + reach <= min(other for other, _ in others)
        is_below = top - reach >= max(other for _, other in others)
        if (is_above or is_below) and _NUMBER.fullmatch(block.text.strip()):
            marked[number] = ParagraphBlock(role=Role.PAGE_NUMBER, lines=block.parts)
    return marked

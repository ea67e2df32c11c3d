"""The paragraphs of a page by the blocks that they are in, for formats that have both."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from notetext.model import Block, Box, PageData, Paragraph


def block_paragraphs(page: PageData) -> Iterator[tuple[Block, list[Paragraph]]]:
    """The blocks of a page with their lines; a paragraph that goes through several is parted.

    A line of which several blocks hold a part, as with fields side by side, is in the first.
    """
    places = [(number, line) for number, each in enumerate(page.paragraphs) for line in each.lines]
    seen: set[int] = set()
    for block in page.blocks:
        mine = sorted({part.line for part in block.parts} - seen)
        seen.update(mine)
        if not mine:
            continue
        paragraphs = []
        for paragraph, run in groupby(mine, lambda number: places[number][0]):
            lines = tuple(places[number][1] for number in run)
            whole = page.paragraphs[paragraph]
            if len(lines) == len(whole.lines):
                paragraphs.append(whole)
                continue
            boxes = [line.box for line in lines if line.box is not None]
            paragraphs.append(Paragraph(lines=lines, box=Box.around(boxes) if boxes else None))
        yield block, paragraphs

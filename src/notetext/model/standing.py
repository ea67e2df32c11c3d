"""A page without what the writer struck out, for formats that have the text and no more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

from notetext.model.block import Block, FormField, LinePart
from notetext.model.page import Line, PageData, Paragraph
from notetext.model.rebuilding import rebuilt
from notetext.model.word import standing

_P = TypeVar("_P", bound=PageData)


def standing_page(page: _P) -> _P:
    """A page as if there were no words that are struck out.

    Returns:
        The page itself if there are none; else a copy, in which parts of blocks have the numbers
        that lines and words have there.
    """
    if not any(word.struck for word in page.words):
        return page
    lines = page.lines
    numbers = [*accumulate((not line.is_struck for line in lines), initial=0)]

    def renumbered(part: LinePart) -> LinePart | None:
        if part.is_struck:
            return None
        before = standing(lines[part.line].words[: part.first])
        words = standing(part.words)
        first, number = len(before), numbers[part.line]
        return LinePart(line=number, first=first, end=first + len(words), words=words)

    blocks = [
        rebuilt(_with_label(block), renumbered, lambda box: box)
        for block in page.blocks
        if not _is_struck(block)
    ]
    paragraphs = standing_paragraphs(page.paragraphs)
    return page.model_copy(update={"paragraphs": paragraphs, "blocks": tuple(blocks)})


def standing_paragraphs(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Paragraphs without words that are struck out; the same objects where there are none."""
    return tuple(_standing_lines(each) for each in paragraphs if not each.is_struck)


def _standing_lines(paragraph: Paragraph) -> Paragraph:
    if not any(word.struck for word in paragraph.words):
        return paragraph
    lines = tuple(_standing_words(line) for line in paragraph.lines if not line.is_struck)
    return paragraph.model_copy(update={"lines": lines})


def _standing_words(line: Line) -> Line:
    words = standing(line.words)
    return line if len(words) == len(line.words) else line.model_copy(update={"words": words})


def _is_struck(block: Block) -> bool:
    """Whether all that is written in a block is struck out."""
    parts = block.parts
    return bool(parts) and all(part.is_struck for part in parts)


def _with_label(block: Block) -> Block:
    """A field whose label is struck out has an empty one."""
    if not isinstance(block, FormField) or not block.label.is_struck:
        return block
    label = block.label.model_copy(update={"first": 0, "end": 0, "words": ()})
    return block.model_copy(update={"label": label})

"""Words that are struck out on a page as it was read, and that stand after all."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from notetext.model import (
    Block,
    Correction,
    LinePart,
    ListBlock,
    ListItem,
    PageData,
    ParagraphBlock,
    Word,
)
from notetext.model.rebuilding import rebuilt, with_words_of
from notetext.result.corrections.finding import distance_of
from notetext.result.corrections.regrown import item_with
from notetext.result.structure.markers import marker_of

_P = TypeVar("_P", bound=PageData)

_NEAR = 0.75  # heights, how far words may have moved from one reading to another


def find_struck(correction: Correction, page: PageData) -> Correction | None:
    """A correction that says that words stand, with their place on this page; ``None``: nowhere.

    Args:
        correction: `CorrectionKind.UNSTRUCK`.
        page: as it was read.
    """
    if _are_struck(correction, page, correction.line, correction.word):
        return correction
    if correction.box is None:
        return None
    places = [
        (distance_of(correction.box, word.box), number, index)
        for number, line in enumerate(page.lines)
        for index, word in enumerate(line.words)
        if word.struck and word.box is not None
    ]
    for distance, number, index in sorted(places):
        if distance <= _NEAR and _are_struck(correction, page, number, index):
            return correction.model_copy(update={"line": number, "word": index})
    return None


def _are_struck(correction: Correction, page: PageData, line: int, first: int) -> bool:
    words = _words_of(correction, page, line, first)
    texts = tuple(word.text for word in words)
    return bool(texts) and texts == correction.old and all(word.struck for word in words)


def _words_of(correction: Correction, page: PageData, line: int, first: int) -> Sequence[Word]:
    words = page.lines[line].words if line < len(page.lines) else ()
    return words[first : first + len(correction.old)]


def with_standing(page: _P, corrections: Sequence[Correction]) -> _P:
    """A page on which words stand that were taken for struck out; they have been looked at.

    Blocks keep their words; in a list, a line that was struck out as a whole and begins as an item
    is one, and so is a paragraph of such lines a block.

    Args:
        page: as it was read.
        corrections: `CorrectionKind.UNSTRUCK`, at their places.
    """
    if not corrections:
        return page
    stand = {
        (each.line, each.word + index) for each in corrections for index in range(len(each.old))
    }
    number = -1
    paragraphs, whole, apart = [], set(), set()
    for paragraph in page.paragraphs:
        lines = []
        for line in paragraph.lines:
            number += 1
            words = tuple(
                word.model_copy(update={"struck": False, "confidence": 1.0})
                if (number, index) in stand
                else word
                for index, word in enumerate(line.words)
            )
            if line.is_struck and words != line.words:
                whole.add(number)
                apart |= {number} if paragraph.is_struck else set()
            lines.append(line.model_copy(update={"words": words}))
        paragraphs.append(paragraph.model_copy(update={"lines": tuple(lines)}))
    written = [line.words for paragraph in paragraphs for line in paragraph.lines]
    blocks = [
        _with_items(each, whole)
        for block in with_words_of(page.blocks, written)
        for each in _without_lines(block, apart)
    ]
    return page.model_copy(update={"paragraphs": tuple(paragraphs), "blocks": tuple(blocks)})


def _without_lines(block: Block, lines: Collection[int]) -> Iterator[Block]:
    """A block, and what of its lines is a paragraph now."""
    apart = tuple(part for part in block.parts if part.line in lines)
    if not apart or len(apart) == len(block.parts):
        yield block
        return
    yield rebuilt(block, lambda part: None if part in apart else part, lambda box: box)
    yield ParagraphBlock(lines=apart)


def _with_items(block: Block, lines: Collection[int]) -> Block:
    if not isinstance(block, ListBlock):
        return block
    return block.model_copy(update={"items": tuple(_parted(block.items, lines))})


def _parted(items: Sequence[ListItem], lines: Collection[int]) -> Iterator[ListItem]:
    """Items, of which some lines that stand now are items of their own."""
    for item in items:
        own = [part for part in item.lines if part.line not in lines or not _begins(part, item)]
        if not own:
            own = [*item.lines]
        others = [part for part in item.lines if part not in own]
        yield from (_item_of(part) for part in others if part.line < own[0].line)
        yield item.model_copy(
            update={"lines": tuple(own), "items": tuple(_parted(item.items, lines))}
        )
        yield from (_item_of(part) for part in others if part.line > own[0].line)


def _begins(part: LinePart, item: ListItem) -> bool:
    return item.mark is not None or marker_of(part.text) is not None


def _item_of(part: LinePart) -> ListItem:
    marker = marker_of(part.text)
    return ListItem(lines=(part,)) if marker is None else item_with(marker, (part,))

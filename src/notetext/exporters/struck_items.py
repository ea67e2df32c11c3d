"""Items of lists that are struck out as a whole, as items of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from notetext.exporters.runs import plain, runs_of
from notetext.model import Block, LinePart, ListBlock, ListItem
from notetext.result.structure.markers import Style, marker_of


def with_struck_items(block: Block) -> Block:
    """A block; in a list, lines that are struck out and begin as items do are items.

    What a page is made of, its lines say that stand, so that in `Page.blocks` such a line is a part
    of the item that it stands beside. Where boxes and bullets are drawn, a line has no marker, and
    each one that is struck out is an item.
    """
    if not isinstance(block, ListBlock) or not any(part.is_struck for part in block.parts):
        return block
    return block.model_copy(update={"items": tuple(_parted(block.items))})


def _parted(items: Sequence[ListItem]) -> Iterator[ListItem]:
    for item in items:
        own = tuple(part for part in item.lines if not _is_item(part, item))
        first = item.lines.index(own[0]) if own else len(item.lines)
        yield from map(_item_of, item.lines[:first])
        if item.lines and not own and not item.items:
            continue
        found = item.model_copy(update={"lines": own, "items": ()})
        below: list[ListItem] = []
        for part in item.lines[first:]:
            if not _is_item(part, item):
                continue
            if item.items and not _is_beside(part, item):
                below.append(_item_of(part))
                continue
            # What stands below the item on the page belongs to the last line of its level.
            yield found.model_copy(update={"items": tuple(below)})
            found, below = _item_of(part), []
        yield found.model_copy(update={"items": (*below, *_parted(item.items))})


def _is_item(part: LinePart, item: ListItem) -> bool:
    return part.is_struck and (item.mark is not None or marker_of(_said(part)) is not None)


def _is_beside(part: LinePart, item: ListItem) -> bool:
    """Whether a line begins where an item does, rather than where those below it do."""
    edges = [lines[0].box for lines in (item.lines, item.items[0].lines) if lines]
    box = part.box
    own, lower = edges if len(edges) == 2 else (None, None)
    if box is None or own is None or lower is None:
        return False
    return abs(box.left - own.left) < abs(box.left - lower.left)


def _item_of(part: LinePart) -> ListItem:
    marker = marker_of(_said(part))
    if marker is None:
        return ListItem(lines=(part,))
    number = marker.number if marker.style is Style.NUMBER else None
    return ListItem(marker=marker.text, number=number, lines=(part,))


def _said(part: LinePart) -> str:
    return plain(runs_of(part.words))

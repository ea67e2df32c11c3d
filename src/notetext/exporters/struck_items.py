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
        own = [part for part in item.lines if not _is_item(part, item)]
        first = min((item.lines.index(part) for part in own), default=len(item.lines))
        yield from (_item_of(part) for part in item.lines[:first])
        below = [_item_of(part) for part in item.lines[first:] if _is_item(part, item)]
        inner = tuple(_parted(item.items))
        if not inner:
            yield item.model_copy(update={"lines": tuple(own)})
            yield from below
        else:
            yield item.model_copy(update={"lines": tuple(own), "items": (*below, *inner)})


def _is_item(part: LinePart, item: ListItem) -> bool:
    return part.is_struck and (item.mark is not None or marker_of(_said(part)) is not None)


def _item_of(part: LinePart) -> ListItem:
    marker = marker_of(_said(part))
    if marker is None:
        return ListItem(lines=(part,))
    number = marker.number if marker.style is Style.NUMBER else None
    return ListItem(marker=marker.text, number=number, lines=(part,))


def _said(part: LinePart) -> str:
    return plain(runs_of(part.words))

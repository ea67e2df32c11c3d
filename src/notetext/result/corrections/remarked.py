"""What corrected lines begin with: the markers of items, and where a line has become an item."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from notetext.model import Block, Heading, LinePart, ListBlock, ListItem, ParagraphBlock, Task
from notetext.model.block import all_items
from notetext.result.structure.markers import Marker, Style, marker_of

_Item = TypeVar("_Item", bound=ListItem)


def begins_otherwise(
    block: Heading | ParagraphBlock | ListBlock, corrected: Callable[[LinePart], LinePart]
) -> bool:
    """Whether a line has a marker now that it had not, or the item of a list one of another kind.

    Args:
        block: as it was read.
        corrected: gives what stands instead of a part of a line.
    """
    if not isinstance(block, ListBlock):
        return any(_is_marked(part, corrected(part)) for part in block.lines)
    return any(_is_otherwise(item, corrected) for item in all_items(block.items))


def remarked(block: Block, corrected: Callable[[LinePart], LinePart]) -> Block:
    """A block whose items have their markers as they are right; other blocks are as they were."""
    if not isinstance(block, ListBlock):
        return block
    return block.model_copy(
        update={"items": tuple(_remarked_item(item, corrected) for item in block.items)}
    )


def _remarked_item(item: _Item, corrected: Callable[[LinePart], LinePart]) -> _Item:
    update: dict[str, object] = {
        "items": tuple(_remarked_item(below, corrected) for below in item.items)
    }
    marker = None if item.mark is not None else _new_marker(item, corrected(item.lines[0]))
    if marker is not None:
        update["marker"] = marker.text
        if item.number is not None:
            update["number"] = marker.number
        if isinstance(item, Task):
            update["done"] = marker.done
    return item.model_copy(update=update)


def _is_otherwise(item: ListItem, corrected: Callable[[LinePart], LinePart]) -> bool:
    first, *others = item.lines
    if any(_is_marked(part, corrected(part)) for part in others):
        return True
    now = corrected(first)
    if item.mark is not None:
        return _is_marked(first, now)
    return _flat(now) != _flat(first) and not (
        _flat(now).startswith(item.marker) or _new_marker(item, now) is not None
    )


def _new_marker(item: ListItem, now: LinePart) -> Marker | None:
    """The other marker of the same kind that an item has now; ``None`` if it has none."""
    marker = marker_of(_flat(now))
    if marker is None or marker.text == item.marker:
        return None
    if isinstance(item, Task):
        is_same = marker.style is Style.TASK
    elif item.number is not None:
        is_same = marker.style is Style.NUMBER
    else:
        before = marker_of(_flat(item.lines[0]))
        is_same = before is not None and before.style is marker.style
    return marker if is_same else None


def _is_marked(before: LinePart, now: LinePart) -> bool:
    """Whether a line begins with a marker that it did not begin with."""
    if now.first or now.words == before.words:
        return False
    marker = marker_of(_flat(now))
    return marker is not None and marker != marker_of(_flat(before))


def _flat(part: LinePart) -> str:
    return " ".join(part.text.split())

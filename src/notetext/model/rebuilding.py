"""Blocks made of other blocks: with other words, parts of lines or places."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from notetext.model.block import Block, LinePart, ListItem
from notetext.model.box import Box
from notetext.model.frozen import FrozenModel
from notetext.model.word import Word

_Model = TypeVar("_Model", bound=FrozenModel)


def with_words_of(blocks: Sequence[Block], lines: Sequence[Sequence[Word]]) -> tuple[Block, ...]:
    """Blocks with the words that now stand where theirs stood.

    Args:
        blocks: of the page.
        lines: the words of each line of the page.
    """

    def renewed(part: LinePart) -> LinePart:
        return part.model_copy(update={"words": tuple(lines[part.line][part.first : part.end])})

    return tuple(rebuilt(block, renewed, lambda box: box) for block in blocks)


def rebuilt(
    model: _Model, part: Callable[[LinePart], LinePart | None], place: Callable[[Box], Box]
) -> _Model:
    """A block with other parts of lines and other places.

    Args:
        model: a block, an item or a cell.
        part: gives what stands instead of a part of a line; ``None`` takes it out of those of which
            there may be several.
        place: gives where something stands instead.
    """

    def changed(value: object) -> object:
        if isinstance(value, LinePart):
            return part(value)
        if isinstance(value, Box):
            return place(value)
        if isinstance(value, FrozenModel):
            return rebuilt(value, part, place)
        if isinstance(value, tuple):
            return tuple(new for each in value if (new := changed(each)) is not None)
        return value

    names = type(model).model_fields
    return model.model_copy(update={name: changed(getattr(model, name)) for name in names})


def all_items(items: Sequence[ListItem]) -> Iterator[ListItem]:
    """Items and those below them, each before what is below it."""
    for item in items:
        yield item
        yield from all_items(item.items)

"""Tasks that a person ticked, or whose tick was taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

from notetext.model import (
    Block,
    Box,
    Correction,
    CorrectionKind,
    ListBlock,
    ListItem,
    PageData,
    Task,
)
from notetext.model.rebuilding import all_items
from notetext.result.structure.markers import box_as, sign_of

Position: TypeAlias = tuple[int, int]
"""The number of a line of the page, and that of a word in it."""

IS_DONE: Final = {CorrectionKind.TASK_DONE: True, CorrectionKind.TASK_OPEN: False}
"""What the corrections that are about tasks say."""


def tasks_by_place(blocks: Sequence[Block]) -> dict[Position, Task]:
    """The tasks among blocks, by the line and the word that they begin with."""
    return dict(_tasks(blocks))


def check_box_of(task: Task) -> Box | None:
    """Where a task's check box stands, or what it begins with."""
    if task.mark is not None:
        return task.mark
    return task.lines[0].words[0].box if task.lines[0].words else None


def in_words(correction: Correction, page: PageData) -> Correction:
    """What ticks a task whose check box is a word, as a correction of that word.

    So that the text says what the task does. Others are returned as they are.
    """
    if correction.kind not in IS_DONE:
        return correction
    task = tasks_by_place(page.blocks)[correction.line, correction.word]
    if task.mark is not None:
        return correction
    old: list[str] = []
    for word in task.lines[0].words:
        if len("".join(old)) >= len(task.marker.replace(" ", "")):
            break
        old.append(word.text)
    text = " ".join(old)
    if not text.startswith(task.marker):
        text = "".join(old)
    sign = box_as(task.marker, done=IS_DONE[correction.kind])
    new = (sign + text.removeprefix(task.marker)).split()
    if task.done is IS_DONE[correction.kind]:
        new = old
    kind = CorrectionKind.CONFIRMED if new == old else CorrectionKind.WORDS
    return correction.model_copy(
        update={
            "kind": kind,
            "old": tuple(old),
            "new": tuple(new),
            "box": task.lines[0].words[0].box,
        }
    )


def ticked(blocks: Sequence[Block], states: Mapping[Position, bool]) -> tuple[Block, ...]:
    """Blocks, with the tasks that begin at some places done or open."""

    def renewed(item: ListItem) -> ListItem:
        update: dict[str, object] = {"items": tuple(map(renewed, item.items))}
        is_drawn = isinstance(item, Task) and item.mark is not None
        done = states.get(_place_of(item)) if is_drawn else None
        if done is not None:
            update |= {"done": done, "marker": sign_of(done)}
        return item.model_copy(update=update)

    if not states:
        return tuple(blocks)
    return tuple(
        block.model_copy(update={"items": tuple(map(renewed, block.items))})
        if isinstance(block, ListBlock)
        else block
        for block in blocks
    )


def _tasks(blocks: Sequence[Block]) -> Iterator[tuple[Position, Task]]:
    for block in blocks:
        for item in all_items(block.items) if isinstance(block, ListBlock) else ():
            if isinstance(item, Task) and item.lines:
                yield _place_of(item), item


def _place_of(item: ListItem) -> Position:
    return (item.lines[0].line, item.lines[0].first) if item.lines else (-1, -1)

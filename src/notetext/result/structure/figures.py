"""Figures: drawings, which the engine found and could not read."""

from __future__ import annotations

from collections.abc import Iterable

from notetext.model import Box, Figure, LeftOut, LeftOutReason

_LEAST_HEIGHT = 2.0  # heights of a line
_NEAR = 1.0  # heights: pieces of a drawing are no farther apart


def find_figures(left_out: Iterable[LeftOut], height: float) -> list[Figure]:
    """The places of drawings, from top to bottom; pieces that are near each other are one.

    Args:
        left_out: of the page.
        height: the usual one of a line: what is no higher is writing too hard to read.
    """
    groups: list[Box] = []
    for piece in left_out:
        if piece.reason is not LeftOutReason.HOPELESS or piece.box is None:
            continue
        box = piece.box
        near = [group for group in groups if _are_near(group, box)]
        groups = [group for group in groups if group not in near]
        groups.append(Box.around([*near, box]))
    return [
        Figure(place=group)
        for group in sorted(groups, key=lambda box: (box.top, box.left))
        if group.height >= _LEAST_HEIGHT * height
    ]


def _are_near(one: Box, other: Box) -> bool:
    reach = _NEAR * min(one.height, other.height)
    across = max(one.left, other.left) - min(one.right, other.right)
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    return max(across, down) <= reach

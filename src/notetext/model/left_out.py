"""What an engine found on a page and is no part of its text: told, rather than dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from notetext.model.box import Box
from notetext.model.frozen import FrozenModel


class LeftOutReason(StrEnum):
    """Why something that was found on a page is no part of its text."""

    NO_WORD = "no_word"
    """It looked like writing, but nothing could be read there."""
    HOPELESS = "hopeless"
    """A drawing, or writing too hard to read: its words would have been made up."""
    MARK = "mark"
    """A check box, or a bullet that is drawn: a circle, a dot, a star, an arrow …"""
    SHOW_THROUGH = "show_through"
    """Writing of the sheet's other side that shows through."""
    STRUCK_OUT = "struck_out"
    """Words that the writer struck out; those that can be read are kept with `Word.struck`."""
    RULE = "rule"
    """A drawn rule, as tables are made of, or a straight piece of one; its box is thin."""


class MarkShape(StrEnum):
    """What a mark is drawn as."""

    BOX = "box"
    CIRCLE = "circle"
    DOT = "dot"
    """Full of ink, whatever its corners."""
    STAR = "star"
    """Strokes: a star, a cross, an arrow, a tick."""


class LeftOut(FrozenModel):
    """Something that was found on a page and is no part of its text."""

    reason: LeftOutReason
    box: Box | None = None
    """On the page as it came in; ``None`` if the engine gives no places."""
    shape: MarkShape | None = None
    """What a mark is drawn as; ``None`` if nobody said, and of all else."""
    is_ticked: bool | None = None
    """Whether something stands in a check box: a tick, a cross; ``None`` if nobody can tell."""
    number: int | None = None
    """What a circled number says; ``None`` of all else."""


def describe_left_out(left_out: Iterable[LeftOut]) -> list[str]:
    """What a page's warnings say of it: a sentence for each reason.

    Drawn rules are no writing that anybody might miss, and have none.

    >>> from notetext.model import LeftOut, LeftOutReason, describe_left_out
    >>> describe_left_out([LeftOut(reason=LeftOutReason.STRUCK_OUT)])
    ['left out a word or a line that is struck out']
    """
    counts = Counter(piece.reason for piece in left_out)
    return [
        f"left out {one if counts[reason] == 1 else several.format(counts[reason])}"
        for reason, (one, several) in _DESCRIPTIONS.items()
        if counts[reason]
    ]


_DESCRIPTIONS = {
    LeftOutReason.NO_WORD: (
        "a place that looked like writing, but gave no word",
        "{} places that looked like writing, but gave no word",
    ),
    LeftOutReason.HOPELESS: (
        "a line of what is a drawing, or writing too hard to read",
        "{} lines of what is a drawing, or writing too hard to read",
    ),
    LeftOutReason.MARK: (
        "a check box, or a drawn bullet",
        "{} check boxes, or drawn bullets",
    ),
    LeftOutReason.SHOW_THROUGH: (
        "a line that shows through from the other side of the sheet",
        "{} lines that show through from the other side of the sheet",
    ),
    LeftOutReason.STRUCK_OUT: (
        "a word or a line that is struck out",
        "{} words or lines that are struck out",
    ),
}

"""How far the search for a line's text goes: no farther than the pixels leave it open.

Of lines that the recogniser is sure of, the likeliest few beginnings hold all that can come out;
where it is in doubt, the language may still bring up what the pixels alone put far behind.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reach:
    """What of the beginnings of a line's text is gone on with at each step.

    Attributes:
        width: at most so many of them.
        least_share: of the likeliest one's probability, what another must have at least.
    """

    width: int
    least_share: float


SURE = Reach(width=16, least_share=1e-3)
"""For lines that leave little doubt."""
DOUBTFUL = Reach(width=96, least_share=1e-4)
"""For all others: with more of either, the texts stay the same."""
_LEAST_SURE = -0.05


def reach_of(sureness: float) -> Reach:
    """The reach that suits a line.

    Of the dev sets' 223 lines and 630 tokens that are surer than the bound, the other reach finds
    the same; it takes 14 % more time on a page of nine lines.

    >>> from notetext.engines.local.reach import reach_of
    >>> reach_of(-0.01).width < reach_of(-0.2).width
    True

    Args:
        sureness: as `ctc.sureness` gives it, 0 or less.
    """
    return SURE if sureness >= _LEAST_SURE else DOUBTFUL

"""How confidence looks."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from notetext.result.display.colours import Colour, confidence_colour


def redness(colour: Colour) -> int:
    return colour[0] - colour[1]


def test_doubt_certainty_and_what_nobody_knows_can_be_told_apart() -> None:
    colours = [confidence_colour(c) for c in (None, 0.0, 0.6, 0.75, 0.9, 1.0)]
    assert len(set(colours)) == len(colours)


def test_colours_go_from_red_to_green_as_certainty_grows() -> None:
    shades = [redness(confidence_colour(percent / 100)) for percent in range(50, 101)]
    assert all(surer < before for before, surer in pairwise(shades))


def test_below_a_half_doubt_grows_no_redder() -> None:
    assert confidence_colour(0.0) == confidence_colour(0.5)


@given(st.none() | st.floats(0, 1))
def test_every_confidence_has_a_colour(confidence: float | None) -> None:
    assert all(0 <= value <= 255 for value in confidence_colour(confidence))

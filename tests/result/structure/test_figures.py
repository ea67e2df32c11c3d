from __future__ import annotations

from notetext import Box
from notetext.model import Figure, LeftOut, LeftOutReason
from notetext.result.structure.finding import find_blocks

from .conftest import note_of


def left_out(*box: float, reason: LeftOutReason = LeftOutReason.HOPELESS) -> LeftOut:
    return LeftOut(reason=reason, box=Box.rectangle(*box))


def test_the_pieces_of_a_drawing_are_one_figure_where_it_stands() -> None:
    note = note_of("This is the pump:", "", "", "", "", "", "", "It stands in the cellar.")
    pieces = [left_out(110, 140, 400, 200), left_out(150, 205, 300, 300)]
    above, figure, below = find_blocks(note, pieces)
    assert (above.kind, below.kind) == ("paragraph", "paragraph")
    assert isinstance(figure, Figure)
    assert figure.box == Box.rectangle(110, 140, 400, 300)
    assert figure.text == ""


def test_a_line_that_is_too_hard_to_read_is_no_figure() -> None:
    note = note_of("This is the pump.")
    assert len(find_blocks(note, [left_out(110, 160, 400, 190)])) == 1


def test_what_is_struck_out_is_no_figure() -> None:
    struck = left_out(110, 160, 400, 300, reason=LeftOutReason.STRUCK_OUT)
    assert len(find_blocks(note_of("This is the pump."), [struck])) == 1

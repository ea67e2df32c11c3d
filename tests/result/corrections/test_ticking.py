"""Tasks are ticked, and the ticks taken away."""

from __future__ import annotations

import pytest

from notetext import Box, Correction, RecognitionResult
from notetext.model import CorrectionKind as K
from notetext.model import ListBlock

from .written_notes import TO_DO, blocks, result_of, states, tick


def test_a_task_is_ticked_and_another_is_open_again() -> None:
    read = result_of(*TO_DO)
    result = read.corrected([tick(1), tick(2, done=False)])
    assert states(result) == [
        ("call the bank", True),
        ("post the letter", False),
        ("buy a new lamp", False),
    ]
    assert result.text == read.text
    assert "- [x] call the bank\n- [ ] post the letter\n- [ ] buy" in result.to("markdown")
    assert str(result.to("article")).count(" checked") == 1
    assert result.as_read() == read
    assert RecognitionResult.from_json(result.to_json()) == result
    assert [c.kind for c in result.corrections] == [K.TASK_DONE, K.TASK_OPEN]


@pytest.mark.parametrize(
    ("first", "ticked"),
    [("[ ] call", "[x] call"), ("☐ call", "☑ call"), ("☐call", "☑call"), ("[] call", "[x] call")],
)
def test_a_check_box_that_is_a_word_is_ticked_in_the_text_too(first: str, ticked: str) -> None:
    result = result_of(f"{first} the bank", "☐ post the letter").corrected([tick(0)])
    assert result.text == f"{ticked} the bank\n☐ post the letter\n"
    assert states(result) == [("call the bank", True), ("post the letter", False)]
    back = result_of(*result.text.splitlines()).corrected([tick(0, done=False)])
    assert states(back)[0] == ("call the bank", False)


def test_a_task_that_is_ticked_as_it_was_read_is_confirmed() -> None:
    result = result_of("☑ call the bank", "☐ post it").corrected([tick(0)])
    assert [c.kind for c in result.corrections] == [K.CONFIRMED]
    assert states(result)[0] == ("call the bank", True)


def test_boxes_in_a_row_are_ticked_one_by_one() -> None:
    read = result_of("☐ yes  ☑ no  ☐ perhaps")
    result = read.corrected([tick(0), tick(0, 2, done=False)])
    assert states(result) == [("yes", True), ("no", False), ("perhaps", False)]


def test_a_correction_that_is_about_no_task_fits_nowhere() -> None:
    read = result_of(*TO_DO)
    for unfit in (tick(0), tick(1, 1), tick(9)):
        with pytest.raises(ValueError, match="1 of the corrections fit nowhere"):
            read.corrected([unfit])


def test_a_task_is_found_by_its_check_box_when_the_page_is_read_anew() -> None:
    read = result_of(*TO_DO)
    (block,) = [block for block in blocks(read) if isinstance(block, ListBlock)]
    ticked = tick(7).model_copy(update={"box": block.items[2].mark})
    assert states(read.corrected([ticked]))[2] == ("buy a new lamp", True)
    elsewhere = ticked.model_copy(update={"box": Box.rectangle(800, 800, 820, 820)})
    with pytest.raises(ValueError, match="fit nowhere"):
        read.corrected([elsewhere])


def test_no_task_is_done_and_open_or_ticked_on_a_line_that_was_removed() -> None:
    read = result_of(*TO_DO)
    gone = Correction(
        kind=K.LINE_REMOVED, page=1, line=1, old=tuple(w.text for w in read.lines[1].words)
    )
    for clash in ([tick(1), tick(1, done=False)], [tick(1), gone]):
        with pytest.raises(ValueError, match="1 of the corrections fit nowhere"):
            read.corrected(clash)

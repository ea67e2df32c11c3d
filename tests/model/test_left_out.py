from __future__ import annotations

import pytest

from notetext.model import LeftOut, LeftOutReason, describe_left_out


@pytest.mark.parametrize("reason", [r for r in LeftOutReason if r is not LeftOutReason.RULE])
def test_every_reason_has_a_sentence_for_one_and_for_several(reason: LeftOutReason) -> None:
    piece = LeftOut(reason=reason)
    (one,) = describe_left_out([piece])
    (several,) = describe_left_out([piece] * 12)
    assert one.startswith("left out a ")
    assert several.startswith("left out 12 ")


def test_reasons_are_counted_by_themselves_and_nothing_is_said_of_nothing() -> None:
    struck, mark = (
        LeftOut(reason=reason) for reason in (LeftOutReason.STRUCK_OUT, LeftOutReason.MARK)
    )
    assert len(describe_left_out([struck, mark, struck])) == 2
    assert describe_left_out([]) == []


def test_drawn_rules_are_no_writing_that_a_warning_counts() -> None:
    rules = [LeftOut(reason=LeftOutReason.RULE)] * 3
    assert describe_left_out(rules) == []

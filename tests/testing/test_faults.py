"""What can go wrong, as it is made."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from notetext.testing import Fault
from notetext.testing.faults import Effect


def test_a_pause_is_told_in_seconds_or_as_a_date_from_now() -> None:
    assert Fault.unavailable(seconds=7).sent_headers() == [("Retry-After", "7")]
    ((name, value),) = Fault.rate_limited(seconds=60, as_date=True).sent_headers()
    assert name == "Retry-After"
    assert 50 <= (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds() <= 61
    assert Fault.rate_limited().sent_headers() == []
    assert Fault.redirect().sent_headers() == [("Location", "https://elsewhere.invalid/")]


def test_a_fault_may_strike_several_times() -> None:
    assert Fault.answer(500).repeated(3).times == 3
    assert Fault.pending(looks=4).times == 4
    assert Fault.pending().times == 1


def test_what_a_service_says_in_its_own_words_is_left_to_it() -> None:
    assert Fault.task_error("too dark", "too small").words == ("too dark", "too small")
    assert Fault.task_status("Resting").words == ("Resting", "NotReady")
    assert Fault.not_exist().effect is Effect.TASK_UNKNOWN
    assert Fault.not_exist().body == ""

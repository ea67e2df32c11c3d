"""When a service is asked for a token, and when that would be in vain or do harm."""

from __future__ import annotations

import pytest
from parrot import PARROT, Pair
from pydantic import SecretStr

from notetext.engines.cloud.refusals import Refusals
from notetext.errors import AuthenticationError, RateLimitError

PAIR = Pair()
OTHER = Pair(client_secret=SecretStr("another-secret"))


def refusal() -> AuthenticationError:
    return AuthenticationError("no", engine="parrot", status_code=400)


def may_ask(refusals: Refusals, pair: Pair, now: float) -> bool:
    try:
        refusals.check(pair, now)
    except AuthenticationError:
        return False
    return True


def test_refused_credentials_are_not_asked_with_for_ten_minutes() -> None:
    refusals = Refusals(PARROT)
    assert may_ask(refusals, PAIR, 0)
    refusals.refused(refusal(), 0, certain=True)
    errors = []
    for now in (0, 1, 599):
        with pytest.raises(AuthenticationError, match=r"^no$") as caught:
            refusals.check(PAIR, now)
        errors.append(caught.value)
    assert len({id(error) for error in errors}) == 3
    assert errors[2].status_code == 400
    assert may_ask(refusals, PAIR, 600)
    refusals.refused(refusal(), 600, certain=True)
    assert not may_ask(refusals, PAIR, 1199)


def test_another_pair_is_asked_with_at_once() -> None:
    refusals = Refusals(PARROT)
    refusals.check(PAIR, 0)
    refusals.refused(refusal(), 0, certain=True)
    assert may_ask(refusals, OTHER, 1)
    assert not refusals.proven


def test_what_is_no_clear_refusal_is_asked_for_four_times_in_ten_minutes() -> None:
    refusals = Refusals(PARROT)
    asked = []
    for now in range(0, 3000, 50):
        if may_ask(refusals, PAIR, now):
            asked.append(now)
            refusals.refused(refusal(), now, certain=False)
    assert asked[:5] == [0, 50, 100, 150, 600]
    assert all(later - earlier >= 600 for earlier, later in zip(asked, asked[4:], strict=False))


def test_a_token_makes_good_what_was_before() -> None:
    refusals = Refusals(PARROT)
    refusals.check(PAIR, 0)
    for now in range(3):
        refusals.refused(refusal(), now, certain=False)
    refusals.accepted()
    assert refusals.proven
    refusals.refused(refusal(), 4, certain=False)
    assert may_ask(refusals, PAIR, 5)


def test_a_pause_is_told_and_waited_for_without_asking() -> None:
    refusals = Refusals(PARROT)
    refusals.check(PAIR, 0)
    refusals.paused(RateLimitError("wait", engine="parrot", retry_after_s=600), 0)
    with pytest.raises(RateLimitError, match="another 590 s") as caught:
        refusals.check(PAIR, 10)
    assert caught.value.retry_after_s == pytest.approx(590)
    assert may_ask(refusals, PAIR, 601)
    refusals.paused(RateLimitError("wait", engine="parrot", retry_after_s=600), 601)
    assert may_ask(refusals, OTHER, 602)

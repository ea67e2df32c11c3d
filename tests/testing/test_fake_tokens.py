"""A fake service's token endpoint."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from notetext.testing import Phase, ReceivedRequest
from notetext.testing.fake_tokens import FakeTokens, Lockout
from notetext.testing.received import Submission

FORM = "application/x-www-form-urlencoded"


def asked(
    secret: str = "right",
    *,
    client_id: str = "an-id",
    grant: str = "client_credentials",
    media_type: str = f"{FORM}; charset=utf-8",
) -> ReceivedRequest:
    form = {"grant_type": grant, "client_id": client_id, "client_secret": secret}
    return ReceivedRequest(
        phase=Phase.TOKEN,
        method="POST",
        path="/token",
        query={},
        headers={"content-type": media_type},
        body=urlencode(form).encode(),
        connection=1,
        read_submission=lambda body: Submission(body, {}),
    )


@pytest.fixture
def tokens() -> FakeTokens:
    return FakeTokens(("an-id", "right"), 3600.0, Lockout(failures=3, seconds=600))


def test_a_token_is_good_until_it_expires_or_is_forgotten(tokens: FakeTokens) -> None:
    answer = json.loads(tokens.answer(asked()).body)
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 3600)
    assert type(answer["expires_in"]) is int
    token = answer["access_token"]
    assert tokens.given == [token]
    assert tokens.is_good(f"Bearer {token}")
    assert tokens.is_good(f"bearer {token}")
    assert not tokens.is_good(f"Basic {token}")
    assert not tokens.is_good("Bearer")
    tokens.forget()
    assert not tokens.is_good(f"Bearer {token}")
    short = FakeTokens(None, 0.0, None)
    short.accept("ours")
    assert not short.is_good("Bearer ours")


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (asked("wrong"), "invalid_client"),
        (asked(""), "invalid_client"),
        (asked(grant="password"), "unsupported_grant_type"),
        (asked(media_type="application/json"), "invalid_request"),
        (asked(media_type="multipart/form-data; boundary=x"), "invalid_request"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_refusal_has_oauths_words(
    tokens: FakeTokens, request_: ReceivedRequest, error: str
) -> None:
    answer = tokens.answer(request_)
    assert answer.status == 400
    assert json.loads(answer.body)["error"] == error


def test_a_pair_that_failed_too_often_is_locked_out_and_no_other(tokens: FakeTokens) -> None:
    answers = [tokens.answer(asked("wrong")) for _ in range(5)]
    assert [answer.status for answer in answers] == [400, 400, 400, 429, 429]
    assert answers[3].headers == [("Retry-After", "600")]
    assert tokens.answer(asked("right")).status == 200
    assert tokens.answer(asked("also wrong")).status == 400


def test_a_lockout_ends() -> None:
    tokens = FakeTokens(("an-id", "right"), 3600.0, Lockout(failures=1, seconds=0))
    assert [tokens.answer(asked("wrong")).status for _ in range(3)] == [400, 400, 400]


def test_without_a_lockout_nobody_is_locked_out() -> None:
    tokens = FakeTokens(("an-id", "right"), 3600.0, None)
    assert {tokens.answer(asked("wrong")).status for _ in range(20)} == {400}

"""A token for a client id and its secret, from a real server."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from parrot import SECRET, Parrot, ParrotServer

from notetext.errors import AuthenticationError, BadResponseError, ServerError
from notetext.testing import Fault, Phase


def tokens(server: ParrotServer) -> int:
    return len(server.requests_for(Phase.TOKEN))


def test_it_is_asked_for_by_form(server: ParrotServer, parrot: Parrot) -> None:
    issued = parrot.grant.fetch(parrot.deadline)
    (asked,) = server.requests
    assert asked.path == "/token"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    sent = f"grant_type=client_credentials&client_id=an-id&client_secret={SECRET}"
    assert asked.body == sent.encode()
    assert "authorization" not in asked.headers
    assert issued.value.get_secret_value() in server.tokens
    assert issued.lifetime_s == 3600


@pytest.mark.parametrize(
    "fault",
    [
        Fault.answer(500),
        Fault.answer(408),
        Fault.unavailable(),
        Fault.unavailable(seconds=3),
        Fault.rate_limited(seconds=2),
        Fault.rate_limited(seconds=2, as_date=True),
        Fault.reset(after_body=False),
        Fault.reset(after_body=True),
    ],
    ids=repr,
)
def test_it_is_asked_for_again_after_a_fault(
    server: ParrotServer, parrot: Parrot, fault: Fault
) -> None:
    server.script(Phase.TOKEN, fault.repeated(2))
    parrot.grant.fetch(parrot.deadline)
    assert tokens(server) == 3


def test_a_service_that_goes_on_failing_is_given_up(server: ParrotServer, parrot: Parrot) -> None:
    server.script(Phase.TOKEN, Fault.answer(502).repeated(9))
    with pytest.raises(ServerError, match="502"):
        parrot.grant.fetch(parrot.deadline)
    assert tokens(server) == 4


def test_refused_credentials_are_told(make_parrot: Callable[..., Parrot]) -> None:
    with ParrotServer(credentials=("another", "pair")) as server:
        parrot = make_parrot(url=server.url)
        with pytest.raises(AuthenticationError, match=r"invalid_client.*ask the parrot"):
            parrot.grant.fetch(parrot.deadline)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        "<html>",
        "{}",
        '{"access_token": null}',
        '{"access_token": ""}',
        '{"access_token": "abc\\r\\nX: 1"}',
        '{"access_token": "abc", "expires_in": "soon"}',
        '{"access_token": "abc", "expires_in": 1e999}',
        '{"access_token": "abc"',
    ],
)
def test_a_token_that_cannot_be_understood_is_a_bad_response_that_does_not_show_it(
    server: ParrotServer, parrot: Parrot, body: str
) -> None:
    server.script(Phase.TOKEN, Fault.answer(200, body))
    with pytest.raises(BadResponseError, match="token cannot be understood") as caught:
        parrot.grant.fetch(parrot.deadline)
    assert "abc" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_token_that_does_not_say_lasts_five_minutes(server: ParrotServer, parrot: Parrot) -> None:
    server.script(Phase.TOKEN, Fault.answer(200, '\ufeff{"access_token": "abc"}'))
    assert parrot.grant.fetch(parrot.deadline).lifetime_s == 300


def test_a_redirect_is_not_followed(server: ParrotServer, parrot: Parrot) -> None:
    server.script(Phase.TOKEN, Fault.redirect(f"{server.url}/elsewhere"))
    with pytest.raises(BadResponseError, match="redirects are not followed"):
        parrot.grant.fetch(parrot.deadline)
    assert len(server.requests) == 1

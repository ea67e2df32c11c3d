"""A service's requests: their turn, their token, and what they keep to themselves."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from parrot import SECRET, Parrot, ParrotServer
from pydantic import SecretStr
from requests import PreparedRequest
from requests.auth import AuthBase

from notetext.engines.cloud.api_client import ApiRequest, AuthorizedClient
from notetext.engines.cloud.auth import NoAuth
from notetext.engines.cloud.no_answer import NoAnswerError
from notetext.engines.cloud.rate_limit import RateLimit
from notetext.engines.cloud.tokens import IssuedToken, TokenSource
from notetext.engines.cloud.transport import Answer
from notetext.errors import AuthenticationError
from notetext.testing import Fault, NoWaiting, Phase

POLL = ApiRequest("GET", "/tasks/7")


def exchange(parrot: Parrot) -> Answer | NoAnswerError:
    token = parrot.client.token_for_turn(parrot.deadline)
    return parrot.client.exchange(POLL, token, parrot.deadline)


def test_a_secret_that_the_service_echoes_is_hidden(server: ParrotServer, parrot: Parrot) -> None:
    server.script(Phase.LOOK, Fault.answer(400, f'"no {SECRET} here"'))
    parrot.api.hide(SecretStr(SECRET))
    answer = parrot.api.exchange(POLL, NoAuth(), parrot.deadline)
    assert isinstance(answer, Answer)
    assert answer.body == b'"no (hidden) here"'


def test_a_request_shows_no_form_and_no_answer_its_body() -> None:
    request = ApiRequest("POST", "/token", form=lambda: {"client_secret": SECRET})
    assert SECRET not in repr(request)


def test_no_answer_is_an_outcome_and_no_error(make_parrot: Callable[..., Parrot]) -> None:
    parrot = make_parrot(url="http://127.0.0.1:9")
    outcome = parrot.api.exchange(POLL, NoAuth(), parrot.deadline)
    assert isinstance(outcome, NoAnswerError)


@pytest.mark.parametrize("fault", [Fault.unauthorized(), Fault.expired_token()], ids=repr)
def test_a_refused_token_is_renewed_once(
    server: ParrotServer, parrot: Parrot, fault: Fault
) -> None:
    server.script(Phase.LOOK, fault)
    outcome = exchange(parrot)
    assert isinstance(outcome, Answer)
    assert outcome.status == 200
    assert len(server.requests_for(Phase.TOKEN)) == len(server.requests_for(Phase.LOOK)) == 2
    server.script(Phase.LOOK, fault.repeated(2))
    outcome = exchange(parrot)
    assert isinstance(outcome, Answer)
    assert outcome.status == 401


def test_a_renewal_and_the_request_after_it_take_turns(
    make_parrot: Callable[..., Parrot], server: ParrotServer, clock: NoWaiting
) -> None:
    parrot = make_parrot(rate_limit=RateLimit(0.01, None))
    parrot.client.log_in(parrot.deadline)
    server.script(Phase.LOOK, Fault.expired_token())
    exchange(parrot)
    assert len(server.requests) == 4
    assert sum(wait > 99 for wait in clock.waits) == 3


def test_logging_in_takes_a_token_and_only_one(server: ParrotServer, parrot: Parrot) -> None:
    for _ in range(3):
        parrot.client.log_in(parrot.deadline)
    assert [request.phase for request in server.requests] == [Phase.TOKEN]


def test_a_renewal_that_is_refused_is_an_error(server: ParrotServer, parrot: Parrot) -> None:
    parrot.client.log_in(parrot.deadline)
    server.script(Phase.LOOK, Fault.expired_token())
    server.script(Phase.TOKEN, Fault.invalid_client())
    with pytest.raises(AuthenticationError):
        exchange(parrot)


class KeyAuth(AuthBase):
    """How a service with a key that never changes wants it."""

    def __init__(self, key: SecretStr) -> None:
        self._key = key

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["X-Key"] = self._key.get_secret_value()
        return request


def test_a_key_that_never_changes_is_a_token_without_an_end(
    server: ParrotServer, parrot: Parrot, clock: NoWaiting
) -> None:
    key = IssuedToken(SecretStr(SECRET), math.inf)
    parrot.client = AuthorizedClient(parrot.api, TokenSource(lambda deadline: key), auth=KeyAuth)
    for _ in range(2):
        server.script(Phase.LOOK, Fault.answer(200, "{}"))
        exchange(parrot)
        clock.wait(1e9, None)
    assert [request.phase for request in server.requests] == [Phase.LOOK] * 2
    assert {request.headers["x-key"] for request in server.requests} == {SECRET}

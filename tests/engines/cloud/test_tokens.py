"""Tokens: when one is asked for, and who gets it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from pydantic import SecretStr

from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.tokens import IssuedToken, TokenSource
from notetext.errors import NoteTextError, ServerError
from notetext.testing import NoWaiting


class Office:
    """Gives tokens that last so long."""

    def __init__(self, lifetime_s: float = 3600.0) -> None:
        self.asked = 0
        self.lifetime_s = lifetime_s
        self._lock = threading.Lock()

    def fetch(self, deadline: Deadline) -> IssuedToken:
        with self._lock:
            self.asked += 1
        return IssuedToken(SecretStr(f"token {self.asked}"), self.lifetime_s)


@pytest.fixture
def deadline(clock: NoWaiting) -> Deadline:
    return Deadline("parrot", clock)


def test_threads_share_one_token(deadline: Deadline) -> None:
    office = Office()
    source = TokenSource(office.fetch)
    with ThreadPoolExecutor(8) as pool:
        tokens = list(pool.map(lambda _: source.token(deadline), range(64)))
    assert office.asked == 1
    assert all(token is tokens[0] for token in tokens)


@pytest.mark.parametrize(("lifetime_s", "good_s"), [(3600, 3540), (20, 18)])
def test_a_token_is_renewed_shortly_before_it_expires(
    deadline: Deadline, clock: NoWaiting, lifetime_s: float, good_s: float
) -> None:
    office = Office(lifetime_s)
    source = TokenSource(office.fetch)
    source.token(deadline)
    clock.wait(good_s - 1, None)
    source.token(deadline)
    assert office.asked == 1
    clock.wait(2, None)
    source.token(deadline)
    assert office.asked == 2


def test_threads_share_a_renewal(deadline: Deadline) -> None:
    office = Office()
    source = TokenSource(office.fetch)
    refused = source.token(deadline)
    with ThreadPoolExecutor(8) as pool:
        renewed = list(pool.map(lambda _: source.renewed(refused, deadline), range(16)))
    assert office.asked == 2
    assert {token.value.get_secret_value() for token in renewed} == {"token 2"}


def test_only_a_401_or_an_old_tokens_403_is_about_the_token(
    deadline: Deadline, clock: NoWaiting
) -> None:
    source = TokenSource(Office().fetch)
    token = source.token(deadline)
    assert source.may_renew(token, 401, deadline)
    assert not source.may_renew(token, 403, deadline)
    clock.wait(61, None)
    assert source.may_renew(token, 403, deadline)
    assert not source.may_renew(token, 500, deadline)


def test_threads_share_a_failure_that_they_waited_for(deadline: Deadline) -> None:
    asked = threading.Barrier(9)
    calls = []

    def fail(deadline: Deadline) -> IssuedToken:
        calls.append(1)
        if len(calls) == 1:
            asked.wait()
            time.sleep(0.5)
        raise ServerError("not now", engine="parrot", status_code=502)

    source = TokenSource(fail)

    def ask(number: int) -> NoteTextError:
        if number:
            asked.wait()
        with pytest.raises(ServerError, match="not now") as caught:
            source.token(deadline)
        return caught.value

    with ThreadPoolExecutor(9) as pool:
        errors = list(pool.map(ask, range(9)))
    assert len(calls) == 1
    assert len({id(error) for error in errors}) == 9
    assert {getattr(error, "status_code", 0) for error in errors} == {502}
    with pytest.raises(ServerError):
        source.token(deadline)
    assert len(calls) == 2

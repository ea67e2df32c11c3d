"""Tokens, against the fake service: when one is asked for, and when never again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import (
    AuthenticationError,
    BadResponseError,
    EngineUnavailableError,
    QuotaError,
    RateLimitError,
    ServerError,
)
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase

MakeEngine = Callable[..., AsposeEngine]


def tokens(server: FakeAsposeServer) -> int:
    return len(server.requests_for(Phase.TOKEN))


def test_the_token_is_asked_for_by_form_and_sent_as_bearer(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    engine.read(page, by_hand)
    asked, submitted, looked = server.requests
    assert asked.path == "/connect/token"
    assert asked.headers["content-type"] == "application/x-www-form-urlencoded"
    assert asked.body.startswith(b"grant_type=client_credentials&client_id=an-id&client_secret=")
    assert "authorization" not in asked.headers
    assert submitted.headers["authorization"].startswith("Bearer ")
    assert looked.headers["authorization"] == submitted.headers["authorization"]


def test_threads_share_one_token(
    server: FakeAsposeServer, engine: AsposeEngine, in_print: Request, page: PageImage
) -> None:
    with ThreadPoolExecutor(8) as pool:
        for reading in pool.map(lambda _: engine.read(page.resized(9, 9), in_print), range(24)):
            assert reading.lines[0].text == "Hello"
    assert tokens(server) == 1


def test_the_token_is_renewed_shortly_before_it_expires(
    server: FakeAsposeServer, engine: AsposeEngine, clock: NoWaiting
) -> None:
    engine.load()
    clock.wait(3500, None)
    engine.load()
    assert tokens(server) == 1
    clock.wait(50, None)
    engine.load()
    assert tokens(server) == 2


def test_a_token_of_a_moment_is_kept_for_most_of_it(clock: NoWaiting) -> None:
    with FakeAsposeServer(token_lifetime_s=20) as server:
        engine = AsposeEngine(client_id="a", client_secret="b", base_url=server.url, waiting=clock)
        engine.load()
        clock.wait(17, None)
        engine.load()
        assert tokens(server) == 1
        clock.wait(2, None)
        engine.load()
        assert tokens(server) == 2
        engine.close()


@pytest.mark.parametrize("phase", [Phase.SUBMIT, Phase.LOOK])
def test_an_expired_token_is_renewed_once_and_the_request_repeated(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    phase: Phase,
) -> None:
    server.script(phase, Fault.expired_token())
    reading = engine.read(page, by_hand)
    assert reading.lines[0].text == "Hello"
    assert reading.usage.submissions == len(server.submissions) == 1
    assert tokens(server) == 2


def test_threads_share_the_renewal(
    server: FakeAsposeServer, engine: AsposeEngine, in_print: Request, page: PageImage
) -> None:
    engine.load()
    server.script(Phase.SUBMIT, Fault.expired_token())
    with ThreadPoolExecutor(8) as pool:
        readings = list(pool.map(lambda _: engine.read(page.resized(9, 9), in_print), range(16)))
    assert len(readings) == len(server.submissions) == 16
    assert tokens(server) == 2


def test_a_refused_new_token_is_an_authentication_error(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.unauthorized().repeated(2))
    with pytest.raises(AuthenticationError, match="even with a new token") as caught:
        engine.read(page, by_hand)
    assert caught.value.status_code == 401
    assert isinstance(caught.value, PermissionError)
    assert server.submissions == []
    assert tokens(server) == 2


def test_a_403_on_a_young_token_is_about_quota_or_rights(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(403, '{"title": "Forbidden"}'))
    with pytest.raises(QuotaError, match=r"403.*Forbidden.*quota"):
        engine.read(page, by_hand)
    assert tokens(server) == 1


def test_a_403_on_an_old_token_renews_it(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    clock: NoWaiting,
    page: PageImage,
    by_hand: Request,
) -> None:
    engine.load()
    clock.wait(120, None)
    server.script(Phase.SUBMIT, Fault.answer(403))
    assert engine.read(page, by_hand).usage.submissions == 1
    assert tokens(server) == 2


def test_refused_credentials_are_never_tried_again(clock: NoWaiting) -> None:
    with FakeAsposeServer(credentials=("right", "pair")) as server:
        engine = AsposeEngine(
            client_id="wrong", client_secret="pair", base_url=server.url, waiting=clock
        )
        for _ in range(7):
            with pytest.raises(AuthenticationError, match=r"invalid_client.*belong together"):
                engine.load()
        assert tokens(server) == 1
        engine.close()


def test_a_ban_is_told_and_waited_for_without_asking(
    server: FakeAsposeServer, engine: AsposeEngine, clock: NoWaiting
) -> None:
    server.script(Phase.TOKEN, Fault.rate_limited(seconds=600))
    for _ in range(3):
        with pytest.raises(RateLimitError) as caught:
            engine.load()
        assert caught.value.retry_after_s == pytest.approx(600, abs=5)
    assert tokens(server) == 1
    clock.wait(601, None)
    engine.load()
    assert tokens(server) == 2


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
def test_a_token_is_asked_for_again_after_a_fault(
    server: FakeAsposeServer, engine: AsposeEngine, fault: Fault
) -> None:
    server.script(Phase.TOKEN, fault.repeated(2))
    engine.load()
    assert tokens(server) == 3


def test_a_service_that_goes_on_failing_is_given_up(
    server: FakeAsposeServer, engine: AsposeEngine
) -> None:
    server.script(Phase.TOKEN, Fault.answer(502).repeated(9))
    with pytest.raises(ServerError, match="502"):
        engine.load()
    assert tokens(server) == 4


def test_an_unreachable_service_is_an_error_of_connection(make_engine: MakeEngine) -> None:
    engine = make_engine(base_url="http://127.0.0.1:9")
    with pytest.raises(EngineUnavailableError, match="refused") as caught:
        engine.load()
    assert isinstance(caught.value, ConnectionError)


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
    server: FakeAsposeServer, engine: AsposeEngine, body: str
) -> None:
    server.script(Phase.TOKEN, Fault.answer(200, body))
    with pytest.raises(BadResponseError, match="token cannot be understood") as caught:
        engine.load()
    assert "abc" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_token_redirect_is_not_followed(server: FakeAsposeServer, engine: AsposeEngine) -> None:
    server.script(Phase.TOKEN, Fault.redirect(f"{server.url}/elsewhere"))
    with pytest.raises(BadResponseError, match="redirects are not followed"):
        engine.load()
    assert len(server.requests) == 1

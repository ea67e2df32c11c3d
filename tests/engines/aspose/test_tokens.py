"""Tokens on a page's way: asked for, sent, renewed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import (
    AuthenticationError,
    EngineUnavailableError,
    QuotaError,
    ServerError,
)
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase, ReceivedRequest

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


def test_refused_credentials_are_tried_again_when_the_service_has_forgotten(
    clock: NoWaiting,
) -> None:
    with FakeAsposeServer(credentials=("right", "pair")) as server:
        engine = AsposeEngine(
            client_id="wrong", client_secret="pair", base_url=server.url, waiting=clock
        )
        for asked in (1, 2):
            for _ in range(7):
                with pytest.raises(AuthenticationError, match=r"invalid_client.*belong together"):
                    engine.load()
            assert tokens(server) == asked
            clock.wait(601, None)
        engine.close()


def test_a_pair_that_is_new_in_the_environment_is_tried_at_once(
    clock: NoWaiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASPOSE_CLIENT_ID", "right")
    monkeypatch.setenv("ASPOSE_CLIENT_SECRET", "wrong")
    with FakeAsposeServer(credentials=("right", "pair")) as server:
        engine = AsposeEngine(base_url=server.url, waiting=clock)
        for _ in range(3):
            with pytest.raises(AuthenticationError):
                engine.load()
        monkeypatch.setenv("ASPOSE_CLIENT_SECRET", "pair")
        engine.load()
        assert tokens(server) == 2
        engine.close()


PAGE_OF_A_PROXY = "<html><title>403 Forbidden</title>Your IT department</html>"
LIFETIME_S = 3600


@pytest.mark.parametrize("status", [400, 403])
@pytest.mark.parametrize("body", [PAGE_OF_A_PROXY, "", "Access denied"])
def test_a_proxys_refusal_of_a_renewal_passes(
    server: FakeAsposeServer,
    make_engine: MakeEngine,
    clock: NoWaiting,
    page: PageImage,
    by_hand: Request,
    status: int,
    body: str,
) -> None:
    engine = make_engine()
    assert engine.read(page.resized(9, 9), by_hand).lines[0].text == "Hello"
    clock.wait(LIFETIME_S, None)
    denied = Fault.answer(status, body, media_type="text/html")
    server.script(Phase.TOKEN, denied.repeated(22))
    for _ in range(5):
        with pytest.raises(ServerError, match="credentials are not in doubt") as caught:
            engine.read(page.resized(9, 9), by_hand)
        assert caught.value.status_code == status
    # The last two of the 22, and then the service itself.
    assert engine.read(page.resized(9, 9), by_hand).lines[0].text == "Hello"
    assert tokens(server) == 24


def test_credentials_that_worked_are_refused_by_the_service_alone(
    server: FakeAsposeServer, engine: AsposeEngine, clock: NoWaiting
) -> None:
    engine.load()
    clock.wait(LIFETIME_S, None)
    server.script(Phase.TOKEN, Fault.invalid_client())
    for _ in range(3):
        with pytest.raises(AuthenticationError, match="invalid_client"):
            engine.load()
    assert tokens(server) == 2
    clock.wait(600, None)
    engine.load()


def test_a_refusal_without_a_word_is_tried_four_times_in_ten_minutes(
    server: FakeAsposeServer, engine: AsposeEngine, clock: NoWaiting
) -> None:
    server.script(Phase.TOKEN, Fault.answer(400).repeated(99))
    for _ in range(30):
        with pytest.raises(AuthenticationError):
            engine.load()
        clock.wait(15, None)
    assert tokens(server) == 4


def test_an_unreachable_service_is_an_error_of_connection(make_engine: MakeEngine) -> None:
    engine = make_engine(base_url="http://127.0.0.1:9")
    with pytest.raises(EngineUnavailableError, match="refused") as caught:
        engine.load()
    assert isinstance(caught.value, ConnectionError)


@pytest.mark.parametrize("phase", [None, Phase.SUBMIT, Phase.LOOK])
def test_no_request_goes_out_beside_the_rate_limit(
    make_engine: MakeEngine,
    clock: NoWaiting,
    page: PageImage,
    by_hand: Request,
    phase: Phase | None,
) -> None:
    came: list[float] = []

    def note(request: ReceivedRequest) -> Fault | None:
        came.append(clock.now())
        return Fault.expired_token() if request.phase is phase and len(came) < 4 else None

    with FakeAsposeServer(on_request=note) as server:
        engine = make_engine(base_url=server.url, requests_per_second=0.01)
        assert engine.read(page, by_hand).lines[0].text == "Hello"
    # A token, the submission, a look; if one was refused, another token and that one once more.
    assert len(came) == (3 if phase is None else 5)
    assert all(after - before > 99 for before, after in pairwise(came))

"""Polls of a task: what is waited for, what is repeated, and how each one ends."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine, Timeouts
from notetext.errors import (
    AuthenticationError,
    BadResponseError,
    CloudError,
    QuotaError,
    RateLimitError,
    ServerError,
    TaskFailedError,
    TaskTimeoutError,
)
from notetext.model import Language, Mode
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase, ReceivedRequest

MakeEngine = Callable[..., AsposeEngine]


def polls(server: FakeAsposeServer) -> int:
    return len(server.requests_for(Phase.LOOK))


def test_a_pending_task_is_polled_again(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    clock: NoWaiting,
    page: PageImage,
    by_hand: Request,
) -> None:
    server.script(Phase.LOOK, Fault.pending(looks=3), Fault.task_status("Processing"))
    reading = engine.read(page, by_hand)
    assert reading.lines[0].text == "Hello"
    assert reading.usage.looks == polls(server) == 5
    assert clock.waits == pytest.approx([1.0, 0.25, 0.31, 0.39, 0.49], abs=0.05)


@pytest.mark.parametrize(
    "fault",
    [
        Fault.answer(408),
        Fault.answer(500),
        Fault.answer(504, "<html>"),
        Fault.unavailable(),
        Fault.unavailable(seconds=2),
        Fault.rate_limited(),
        Fault.rate_limited(seconds=2, as_date=True),
        Fault.reset(after_body=False),
        Fault.reset(after_body=True),
        Fault.truncated_json(),
        Fault.answer(200, ""),
        Fault.answer(200, "null"),
        Fault.answer(200, "<html>"),
        Fault.unauthorized(),
        Fault.expired_token(),
    ],
    ids=lambda fault: f"{fault.effect}-{fault.status}-{fault.body[:6]}",
)
def test_a_poll_that_fails_is_repeated_and_the_paid_result_comes(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    fault: Fault,
) -> None:
    server.script(Phase.LOOK, fault)
    assert engine.read(page, by_hand).lines[0].text == "Hello"
    assert len(server.submissions) == 1
    assert polls(server) == 2


def test_a_poll_that_gets_no_answer_is_repeated(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.LOOK, Fault.silence(5), Fault.slow_body(0.05))
    engine = make_engine(timeouts=Timeouts(read_s=0.2, answer_s=0.3))
    assert engine.read(page, by_hand).lines[0].text == "Hello"
    assert polls(server) == 3


@pytest.mark.parametrize(
    ("fault", "times", "kind", "said"),
    [
        (Fault.answer(500), 4, ServerError, "500"),
        (Fault.rate_limited(), 4, RateLimitError, "429"),
        (Fault.rate_limited(seconds=999), 1, RateLimitError, "429"),
        (Fault.reset(after_body=True), 4, TaskTimeoutError, "cannot be reached"),
        (Fault.truncated_json(), 4, BadResponseError, "cannot be understood"),
        (Fault.redirect(), 1, BadResponseError, "307"),
        (Fault.answer(400, "what?", media_type="text/plain"), 1, CloudError, "400.*what?"),
        (Fault.answer(403), 1, QuotaError, "403"),
        (Fault.answer(404), 4, TaskFailedError, "does not know it .it answered 404"),
        (Fault.not_exist(), 4, TaskFailedError, "does not know it .*older than 24 hours"),
        (Fault.unauthorized(), 2, AuthenticationError, "401"),
    ],
    ids=["500", "429", "ban", "reset", "half", "redirect", "400", "403", "404", "unknown", "401"],
)
def test_polls_that_go_on_failing_end_in_an_error_that_leads_back_to_the_result(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    fault: Fault,
    times: int,
    kind: type[CloudError],
    said: str,
) -> None:
    server.script(Phase.LOOK, fault.repeated(times))
    with pytest.raises(kind, match=said) as caught:
        engine.read(page, by_hand)
    assert type(caught.value) is kind
    assert caught.value.__context__ is None
    assert polls(server) == times
    assert caught.value.task_id is not None
    assert engine.resume(caught.value.task_id).lines[0].text == "Hello"
    assert len(server.submissions) == 1


def test_a_task_that_the_service_could_not_do_tells_its_words(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.LOOK, Fault.task_error("too dark", "too small"))
    with pytest.raises(TaskFailedError, match="too dark; too small") as caught:
        engine.read(page, by_hand)
    assert caught.value.messages == ("too dark", "too small")
    assert caught.value.task_id
    assert polls(server) == 1


def test_a_task_that_the_service_does_not_know_is_a_failed_one(
    server: FakeAsposeServer, engine: AsposeEngine
) -> None:
    with pytest.raises(TaskFailedError, match="older than 24 hours"):
        engine.resume("no-such-task")


@pytest.mark.parametrize("fault", [Fault.not_exist(), Fault.answer(404), Fault.answer(410)])
def test_a_task_that_the_service_does_not_know_yet_is_asked_for_again(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    clock: NoWaiting,
    fault: Fault,
) -> None:
    server.script(Phase.LOOK, fault, Fault.pending(), fault.repeated(2))
    reading = engine.read(page, by_hand)
    assert reading.lines[0].text == "Hello"
    assert (reading.usage.submissions, reading.usage.uncertain) == (1, 0)
    assert polls(server) == 5
    assert sum(clock.waits) == pytest.approx(1 + 1 + 3 + 9, abs=0.5)


def test_a_task_that_takes_too_long_can_be_resumed(
    make_engine: MakeEngine, clock: NoWaiting, page: PageImage, by_hand: Request
) -> None:
    ready = threading.Event()

    def pending(request: ReceivedRequest) -> Fault | None:
        return Fault.pending() if request.phase is Phase.LOOK and not ready.is_set() else None

    with FakeAsposeServer("At last", on_request=pending) as server:
        before = clock.now()
        engine = make_engine(base_url=server.url, task_timeout_s=60)
        with pytest.raises(TaskTimeoutError, match=r"engine\.resume\(") as caught:
            engine.read(page, by_hand)
        assert clock.now() - before == pytest.approx(60, abs=1)
        assert isinstance(caught.value, TimeoutError)
        assert server.requests_for(Phase.CANCEL) == []
        ready.set()
        assert caught.value.task_id is not None
        resumed = make_engine(base_url=server.url).resume(caught.value.task_id)
        assert resumed.lines[0].text == "At last"
        assert (resumed.usage.submissions, resumed.usage.looks) == (0, 1)
        assert len(server.submissions) == 1


def test_the_callers_deadline_ends_the_wait_as_well(
    server: FakeAsposeServer, engine: AsposeEngine, clock: NoWaiting, page: PageImage
) -> None:
    server.script(Phase.LOOK, Fault.pending(looks=1000))
    wanted = Request(Mode.PRINTED, (Language.ENGLISH,), deadline=clock.now() + 10)
    with pytest.raises(TaskTimeoutError) as caught:
        engine.read(page, wanted)
    assert caught.value.task_id


def test_an_unknown_status_is_waited_out_and_named(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.LOOK, Fault.task_status("Resting").repeated(3))
    assert engine.read(page, by_hand).lines[0].text == "Hello"


def test_a_status_that_stays_unknown_is_named_in_the_error(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.LOOK, Fault.task_status("Cancelled").repeated(1000))
    with pytest.raises(TaskTimeoutError, match="'Cancelled'"):
        make_engine(task_timeout_s=20).read(page, by_hand)


def test_wrong_base64_is_a_bad_response_that_knows_the_task(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.LOOK, Fault.wrong_base64())
    with pytest.raises(BadResponseError, match="no Base64") as caught:
        engine.read(page, by_hand)
    assert caught.value.task_id == server.requests_for(Phase.LOOK)[0].query["id"]


def test_a_result_that_is_too_large_is_a_bad_response(
    server: FakeAsposeServer, make_engine: MakeEngine, page: PageImage, by_hand: Request
) -> None:
    with pytest.raises(BadResponseError, match="longer than allowed") as caught:
        make_engine(max_answer_bytes=50).read(page, by_hand)
    assert caught.value.task_id


def test_an_id_goes_into_the_query_whatever_it_is_made_of(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage, by_hand: Request
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(200, "TTS/0&x=1#?", media_type="text/plain"))
    with pytest.raises(TaskFailedError):
        engine.read(page, by_hand)
    assert server.requests_for(Phase.LOOK)[0].query == {"id": "TTS/0&x=1#?"}

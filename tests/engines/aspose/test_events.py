"""What an engine tells while it reads: each wait, retry, token and task, never secrets or text."""

from __future__ import annotations

import asyncio
import logging
import pickle
import threading
from collections import Counter
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path

import pytest
from PIL import Image

from notetext import NoteText
from notetext.engines import Request
from notetext.engines.aspose import (
    AsposeEngine,
    Event,
    RequestAnswered,
    RequestFailed,
    RequestSent,
    Retried,
    TaskFinished,
    TaskSubmitted,
    TaskTakenOver,
    TokenNeed,
    TokenRenewed,
    Waited,
    WaitFor,
)
from notetext.errors import TaskFailedError
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, Phase

SECRETS = ("s3cret-that-nobody-may-see", "an-id", "Bearer", "Hello")


@pytest.fixture
def heard() -> list[Event]:
    return []


@pytest.fixture
def engine(make_engine: Callable[..., AsposeEngine], heard: list[Event]) -> AsposeEngine:
    return make_engine(on_event=heard.append)


def test_a_page_is_told_from_the_token_to_the_result(
    engine: AsposeEngine, page: PageImage, by_hand: Request, heard: list[Event]
) -> None:
    engine.read(page, by_hand)
    assert [type(event) for event in heard] == [
        RequestSent,
        RequestAnswered,
        TokenRenewed,
        RequestSent,
        RequestAnswered,
        TaskSubmitted,
        Waited,
        RequestSent,
        RequestAnswered,
        TaskFinished,
    ]
    answers = [event for event in heard if isinstance(event, RequestAnswered)]
    assert [(a.method, a.path, a.attempt, a.status) for a in answers] == [
        ("POST", "/connect/token", 1, 200),
        ("POST", "/v5.0/ocr/RecognizeImage", 1, 200),
        ("GET", "/v5.0/ocr/RecognizeImage", 1, 200),
    ]
    assert all(a.seconds > 0 for a in answers)
    submitted, waited, finished = heard[5], heard[6], heard[9]
    assert isinstance(submitted, TaskSubmitted)
    assert isinstance(waited, Waited)
    assert (waited.what, waited.task_id) == (WaitFor.TASK, submitted.task_id)
    assert waited.seconds == pytest.approx(1, abs=0.1)
    assert isinstance(finished, TaskFinished)
    assert (finished.task_id, finished.completed) == (submitted.task_id, True)


def test_attempts_are_counted_and_retries_say_why_and_when(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    heard: list[Event],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "notetext")
    named = [("X-Request-Id", "abc-1"), ("Retry-After", "7")]
    server.script(Phase.SUBMIT, Fault.answer(503, headers=named), Fault.unauthorized())
    server.script(Phase.LOOK, Fault.reset(after_body=True))
    engine.read(page, by_hand)
    submissions = [
        (event.attempt, event.status, event.request_id)
        for event in heard
        if isinstance(event, RequestAnswered) and event.method == "POST" and "Image" in event.path
    ]
    assert submissions == [(1, 503, "abc-1"), (2, 401, submissions[1][2]), (2, 200, None)]
    tokens = [event.need for event in heard if isinstance(event, TokenRenewed)]
    assert tokens == [TokenNeed.FIRST, TokenNeed.REFUSED]
    first, second = (event for event in heard if isinstance(event, Retried))
    assert (first.attempt, first.attempts, first.seconds) == (1, 4, 7.0)
    assert first.reason.endswith("(request abc-1)")
    assert 0.25 <= second.seconds <= 0.5
    (failed,) = (event for event in heard if isinstance(event, RequestFailed))
    assert (failed.method, failed.attempt, failed.sent) == ("GET", 1, True)
    told = [f"aspose: {event}" for event in heard if isinstance(event, Retried)]
    assert [text for text in caplog.messages if "attempt" in text] == told


def test_a_token_within_a_retry_counts_its_own_attempts(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    heard: list[Event],
) -> None:
    server.script(Phase.TOKEN, Fault.answer(500))
    server.script(Phase.SUBMIT, Fault.rate_limited(1), Fault.unauthorized())
    engine.read(page, by_hand)
    sent = [(event.path[-5:], event.attempt) for event in heard if isinstance(event, RequestSent)]
    assert sent == [
        ("token", 1),
        ("token", 2),
        ("Image", 1),
        ("Image", 2),
        ("token", 1),
        ("Image", 2),
        ("Image", 1),
    ]


def test_a_task_that_is_taken_over_is_told(
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    heard: list[Event],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "notetext")
    engine.read(page, by_hand)
    task_id = next(event.task_id for event in heard if isinstance(event, TaskSubmitted))
    engine.resume(task_id)
    assert heard.count(TaskTakenOver(task_id)) == 1
    assert f"aspose: {TaskTakenOver(task_id)}" in caplog.messages


def test_a_task_that_failed_is_told(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    heard: list[Event],
) -> None:
    server.script(Phase.LOOK, Fault.task_error("too dark"))
    with pytest.raises(TaskFailedError):
        engine.read(page, by_hand)
    assert [e.completed for e in heard if isinstance(e, TaskFinished)] == [False]


def test_waits_for_the_rate_limit_are_told(
    make_engine: Callable[..., AsposeEngine],
    page: PageImage,
    by_hand: Request,
    heard: list[Event],
) -> None:
    make_engine(on_event=heard.append, requests_per_second=0.5).read(page, by_hand)
    turns = [e.seconds for e in heard if isinstance(e, Waited) and e.what is WaitFor.TURN]
    assert turns == pytest.approx([2.0, 1.0], abs=0.2)


def test_events_and_records_hold_no_secret_and_no_text(
    server: FakeAsposeServer,
    engine: AsposeEngine,
    page: PageImage,
    by_hand: Request,
    heard: list[Event],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "notetext")
    words = f"no client {SECRETS[0]}"
    server.script(Phase.TOKEN, Fault.answer(500, words, media_type="text/plain"))
    engine.read(page, by_hand)
    told = "\n".join([*map(repr, heard), *map(str, heard), *caplog.messages])
    assert "no client (hidden)" in told
    assert not [secret for secret in SECRETS if secret in told]


def test_events_are_told_in_the_thread_where_they_happen(
    make_engine: Callable[..., AsposeEngine], page: PageImage, by_hand: Request
) -> None:
    threads: set[str] = set()
    engine = make_engine(on_event=lambda event: threads.add(threading.current_thread().name))
    reader = threading.Thread(target=engine.read, args=(page, by_hand), name="reader")
    reader.start()
    reader.join()
    assert threads == {"reader"}


def test_a_listener_that_fails_harms_no_page(
    make_engine: Callable[..., AsposeEngine],
    page: PageImage,
    by_hand: Request,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(event: Event) -> None:
        raise ValueError("no")

    reading = make_engine(on_event=fail).read(page, by_hand)
    assert reading.lines is not None
    assert len(caplog.records) == 1


def test_a_pickled_engine_takes_its_listener_along(
    make_engine: Callable[..., AsposeEngine],
    page: PageImage,
    by_hand: Request,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASPOSE_CLIENT_ID", "an-id")
    monkeypatch.setenv("ASPOSE_CLIENT_SECRET", SECRETS[0])
    caplog.set_level(logging.INFO, "heard")
    engine = make_engine(on_event=lambda event: logging.getLogger("heard").info("%s", event))
    copy = pickle.loads(pickle.dumps(engine))
    copy.read(page, by_hand)
    copy.close()
    assert any("RecognizeImage" in r.getMessage() for r in caplog.records if r.name == "heard")


def test_a_program_says_its_name(
    server: FakeAsposeServer,
    make_engine: Callable[..., AsposeEngine],
    page: PageImage,
    by_hand: Request,
) -> None:
    make_engine(user_agent="archive/2.1").read(page, by_hand)
    agents = {request.headers["user-agent"] for request in server.requests}
    assert len(agents) == 1
    assert agents.pop().startswith("archive/2.1 notetext/")


def two_pages(path: Path) -> Path:
    first, second = (Image.new("L", (40, 30), shade) for shade in (200, 210))
    first.save(path, save_all=True, append_images=[second])
    return path


def test_listeners_find_the_context_of_who_called_whatever_the_thread(
    make_engine: Callable[..., AsposeEngine], tmp_path: Path
) -> None:
    trace: ContextVar[str] = ContextVar("trace", default="lost")
    seen: Counter[str] = Counter()
    path = two_pages(tmp_path / "two.tiff")

    def listen(event: Event) -> None:
        if isinstance(event, TaskSubmitted):
            seen[trace.get()] += 1

    async def aloud(reader: NoteText) -> None:
        trace.set("alone")
        await reader.arecognize(path)

    with NoteText(engine=make_engine(on_event=listen)) as reader:
        trace.set("one")
        reader.recognize(path)
        trace.set("many")
        assert len(list(reader.recognize_many([path, path]))) == 2
        asyncio.run(aloud(reader))
    assert seen == {"one": 2, "many": 4, "alone": 2}

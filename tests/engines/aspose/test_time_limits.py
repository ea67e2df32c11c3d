"""The caller's time is over when it is over, whatever the service is silent about."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from notetext.engines import Request
from notetext.engines.aspose import AsposeEngine
from notetext.engines.cloud.waiting import RealWaiting
from notetext.errors import (
    EngineTimeoutError,
    NoteTextError,
    SubmissionUncertainError,
    TaskTimeoutError,
)
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, Phase

SILENCE_S = 30.0
TIME_S = 1.2
ENDS = {
    Phase.TOKEN: EngineTimeoutError,
    Phase.SUBMIT: SubmissionUncertainError,
    Phase.LOOK: TaskTimeoutError,
}


def took_s(engine: AsposeEngine, page: PageImage, request: Request) -> tuple[float, NoteTextError]:
    start = time.monotonic()
    with pytest.raises(NoteTextError) as caught:
        engine.read(page, request)
    return time.monotonic() - start, caught.value


def in_time(seconds: float) -> bool:
    """Less than a second more, and some more on a busy machine."""
    return TIME_S / 2 <= seconds < SILENCE_S / 3


@pytest.mark.parametrize("phase", ENDS)
@pytest.mark.parametrize("fault", [Fault.silence(SILENCE_S), Fault.slow_body(0.5)])
def test_the_callers_time_ends_every_phase_in_every_thread(
    server: FakeAsposeServer,
    make_engine: Callable[..., AsposeEngine],
    page: PageImage,
    in_print: Request,
    phase: Phase,
    fault: Fault,
) -> None:
    if fault.effect == "trickle":
        server.script(phase, replace(fault, body="x" * 100).repeated(99))
    server.script(phase, fault.repeated(99))
    engine = make_engine(waiting=RealWaiting())
    with ThreadPoolExecutor(4) as pool:
        wanted = replace(in_print, deadline=time.monotonic() + TIME_S)
        outcomes = list(pool.map(lambda _: took_s(engine, page, wanted), range(4)))
    for seconds, error in outcomes:
        assert in_time(seconds)
        assert type(error) is ENDS[phase]


def test_the_time_for_a_task_ends_a_poll_that_waits(
    server: FakeAsposeServer,
    make_engine: Callable[..., AsposeEngine],
    page: PageImage,
    by_hand: Request,
) -> None:
    server.script(Phase.LOOK, Fault.silence(SILENCE_S).repeated(9))
    engine = make_engine(waiting=RealWaiting(), task_timeout_s=TIME_S)
    seconds, error = took_s(engine, page, by_hand)
    assert in_time(seconds)
    assert isinstance(error, TaskTimeoutError)
    assert error.task_id


def test_the_time_for_a_task_ends_a_poll_that_waits_for_its_turn(
    server: FakeAsposeServer,
    make_engine: Callable[..., AsposeEngine],
    page: PageImage,
    by_hand: Request,
) -> None:
    engine = make_engine(task_timeout_s=TIME_S, requests_per_second=0.1)
    _, error = took_s(engine, page, by_hand)
    assert isinstance(error, TaskTimeoutError)
    assert server.requests_for(Phase.LOOK) == []

"""A caller who gives up: the wait ends at once, and the task is deleted."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from notetext.engines import CancelToken, Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import CancelledError
from notetext.model import Language, Mode
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase


class Flag:
    """A token that is no event."""

    def __init__(self) -> None:
        self.value = False

    def is_set(self) -> bool:
        return self.value

    def set(self) -> None:
        self.value = True


class Interrupting(NoWaiting):
    """A clock on which the user presses Ctrl-C in the first wait."""

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        if not self.waits:
            super().wait(seconds, cancel)
            signal.raise_signal(signal.SIGINT)


class Cancelling(NoWaiting):
    """A clock on which the caller cancels in the first wait."""

    def __init__(self) -> None:
        super().__init__()
        self.token = threading.Event()

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        super().wait(seconds, cancel)
        self.token.set()


@pytest.fixture
def never_ready() -> Iterator[FakeAsposeServer]:
    with FakeAsposeServer(ready_after_s=1000) as server:
        yield server


def make(server: FakeAsposeServer, waiting: NoWaiting | None) -> AsposeEngine:
    return AsposeEngine(client_id="a", client_secret="b", base_url=server.url, waiting=waiting)


def wanted(cancel: CancelToken) -> Request:
    return Request(Mode.PRINTED, (Language.ENGLISH,), cancel=cancel)


@pytest.mark.parametrize("token", [threading.Event, Flag])
def test_cancelling_ends_a_wait_at_once_and_deletes_the_task(
    never_ready: FakeAsposeServer, page: PageImage, token: Callable[[], threading.Event | Flag]
) -> None:
    engine, cancel, looked = make(never_ready, None), token(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(engine.read, page, wanted(cancel))
        while not never_ready.requests_for(Phase.SUBMIT):
            looked.wait(0.01)
        cancel.set()
        with pytest.raises(CancelledError):
            reading.result(timeout=5)
    assert len(never_ready.deleted) == 1
    assert never_ready.submissions == []
    engine.close()


def test_nothing_is_submitted_for_a_caller_who_gave_up_before(
    server: FakeAsposeServer, engine: AsposeEngine, page: PageImage
) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(CancelledError):
        engine.read(page, wanted(cancel))
    assert server.requests == []


def test_an_interrupt_deletes_the_task(never_ready: FakeAsposeServer, page: PageImage) -> None:
    engine = make(never_ready, Interrupting())
    with pytest.raises(KeyboardInterrupt):
        engine.read(page, Request(Mode.PRINTED, (Language.ENGLISH,)))
    assert len(never_ready.deleted) == 1
    assert never_ready.submissions == []
    engine.close()


@pytest.mark.parametrize(
    "fault",
    [
        Fault.answer(500),
        Fault.rate_limited(seconds=1),
        Fault.reset(after_body=True),
        Fault.expired_token(),
    ],
    ids=lambda fault: f"{fault.effect}-{fault.status}",
)
def test_deleting_is_repeated_after_a_fault(
    never_ready: FakeAsposeServer, page: PageImage, fault: Fault
) -> None:
    never_ready.script(Phase.CANCEL, fault)
    clock = Cancelling()
    engine = make(never_ready, clock)
    with pytest.raises(CancelledError) as caught:
        engine.read(page, wanted(clock.token))
    assert len(never_ready.deleted) == 2
    assert not hasattr(caught.value, "__notes__")
    engine.close()


def test_a_task_that_cannot_be_deleted_is_told_beside_the_cancellation(
    never_ready: FakeAsposeServer, page: PageImage
) -> None:
    never_ready.script(Phase.CANCEL, Fault.answer(400, '{"title": "too late"}'))
    clock = Cancelling()
    engine = make(never_ready, clock)
    with pytest.raises(CancelledError) as caught:
        engine.read(page, wanted(clock.token))
    (note,) = caught.value.__notes__
    assert "could not be deleted" in note
    assert "too late" in note
    assert caught.value.usage is not None
    assert caught.value.usage.submissions == 1
    engine.close()


def test_a_task_that_is_gone_need_not_be_deleted(
    never_ready: FakeAsposeServer, page: PageImage
) -> None:
    never_ready.script(Phase.CANCEL, Fault.answer(404))
    clock = Cancelling()
    engine = make(never_ready, clock)
    with pytest.raises(CancelledError) as caught:
        engine.read(page, wanted(clock.token))
    assert not hasattr(caught.value, "__notes__")
    engine.close()

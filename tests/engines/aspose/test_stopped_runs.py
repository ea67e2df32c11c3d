"""The engine with a ledger, and a caller who stops: what was paid is fetched by the next one."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from notetext.engines import CancelToken, Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import CancelledError, TaskTimeoutError
from notetext.page_image import PageImage
from notetext.store import Store
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase, ReceivedRequest

MakeEngine = Callable[..., AsposeEngine]


class Flag:
    """Set as soon as a page was submitted."""

    def __init__(self, server: FakeAsposeServer) -> None:
        # A closure: the server has tokens, and the token is in frames that tests look into.
        self._submitted: Callable[[], bool] = lambda: bool(server.requests_for(Phase.SUBMIT))

    def is_set(self) -> bool:
        return self._submitted()


class Interrupting(NoWaiting):
    """A clock on which the user presses Ctrl-C in the first wait."""

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("how", ["cancelled", "interrupted", "too late"])
def test_the_task_of_a_caller_who_gave_up_is_fetched_by_the_next_one(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    noted: Request,
    how: str,
    page: PageImage,
    page_again: PageImage,
) -> None:
    if how == "cancelled":
        with pytest.raises(CancelledError):
            make_engine().read(page, replace(noted, cancel=Flag(server)))
    elif how == "interrupted":
        with pytest.raises(KeyboardInterrupt):
            make_engine(waiting=Interrupting()).read(page_again, noted)
    else:
        server.script(Phase.LOOK, Fault.pending())
        clock = NoWaiting()
        with pytest.raises(TaskTimeoutError):
            make_engine(waiting=clock).read(page_again, replace(noted, deadline=clock.now() + 0.5))
    assert server.deleted == []
    reading = make_engine().read(page_again, noted)
    assert (reading.usage.submissions, reading.usage.uncertain) == (0, 0)
    assert len(server.submissions) == 1


def test_an_interrupt_waits_a_moment_for_the_id_of_what_is_being_submitted(
    make_engine: MakeEngine, by_hand: Request, store: Store, page: PageImage, page_again: PageImage
) -> None:
    def slowly(request: ReceivedRequest) -> Fault | None:
        if request.phase is Phase.SUBMIT:
            signal.raise_signal(signal.SIGINT)
            time.sleep(0.3)
        return None

    request = replace(by_hand, ledger=store.ledger)
    with FakeAsposeServer("Hello", on_request=slowly) as slow:
        engine = make_engine(base_url=slow.url)
        with pytest.raises(KeyboardInterrupt):
            engine.read(page, request)
        reading = engine.read(page_again, request)
        assert (reading.usage.submissions, reading.usage.uncertain) == (0, 0)
        assert len(slow.submissions) == 1


def test_an_interrupt_before_anything_is_sent_leaves_nothing_behind(
    make_engine: MakeEngine, server: FakeAsposeServer, noted: Request, store: Store, page: PageImage
) -> None:
    class WhileWaitingForATurn(Interrupting):
        def wait(self, seconds: float, cancel: CancelToken | None) -> None:
            super().wait(seconds, cancel)
            while cancel is not None and not cancel.is_set():
                time.sleep(0.001)

    engine = make_engine(waiting=WhileWaitingForATurn(), requests_per_second=0.1)
    with pytest.raises(KeyboardInterrupt):
        engine.read(page, noted)
    assert server.submissions == []
    assert store.info().unfinished_tasks == 0


ISOLATED = """
import signal, sys
from notetext import AsposeEngine, NoteText
if __name__ == "__main__":
    # Where this runs in the background, Ctrl-C may be ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    engine = AsposeEngine(base_url=sys.argv[1])
    with NoteText(engine=engine, store=sys.argv[2], isolate=True) as reader:
        print(reader.recognize(sys.argv[3]).text)
"""


@pytest.mark.slow
def test_an_interrupt_waits_for_the_id_in_an_isolated_process_too(
    path: Path, tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitting = threading.Event()

    def slowly(request: ReceivedRequest) -> Fault | None:
        if request.phase is Phase.SUBMIT:
            submitting.set()
            time.sleep(0.4)
        return None

    monkeypatch.setenv("ASPOSE_CLIENT_ID", "any")
    monkeypatch.setenv("ASPOSE_CLIENT_SECRET", "any")
    script = tmp_path / "read.py"
    script.write_text(ISOLATED)
    with FakeAsposeServer("Hello", on_request=slowly) as server:
        command = [sys.executable, *map(str, (script, server.url, path, notes / "letter.jpg"))]
        stopped = subprocess.Popen(command, stderr=subprocess.PIPE)
        assert submitting.wait(60)
        time.sleep(0.1)
        stopped.send_signal(signal.SIGINT)
        _, told = stopped.communicate(timeout=60)
        assert b"KeyboardInterrupt" in told
        read = subprocess.run(command, check=True, stdout=subprocess.PIPE, timeout=60)
        assert read.stdout.split() == [b"Hello"]
        assert len(server.submissions) == 1
    with Store(path) as store:
        assert store.info().uncertain_tasks == 0

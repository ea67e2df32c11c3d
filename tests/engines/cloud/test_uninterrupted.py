"""A submission that Ctrl-C does not cut in two."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from notetext.engines.cloud import uninterrupted as module
from notetext.engines.cloud.uninterrupted import AnyCancel, uninterrupted


@pytest.fixture(autouse=True)
def interrupts_are_heard() -> Iterator[None]:
    """What a shell starts in the background ignores them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupted_call(cancel: AnyCancel, done: list[str], seconds: float = 0.1) -> str:
    """What the user interrupts at once, and what takes its time all the same."""
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(seconds)
    done.append("cancelled" if cancel.is_set() else "went on")
    return "id"


def test_a_call_gives_what_it_gives() -> None:
    assert uninterrupted(lambda: "id", AnyCancel(None)) == "id"

    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        uninterrupted(fail, AnyCancel(None))


@pytest.mark.parametrize("_", range(20))
def test_an_interrupt_waits_until_the_call_has_ended(_: int) -> None:
    cancel, done = AnyCancel(None), list[str]()
    with pytest.raises(KeyboardInterrupt) as caught:
        uninterrupted(lambda: interrupted_call(cancel, done, 0.02), cancel)
    assert done == ["cancelled"]
    assert caught.value.__cause__ is None


def test_why_the_call_failed_is_the_cause_of_the_interrupt() -> None:
    cancel = AnyCancel(None)

    def fail() -> str:
        interrupted_call(cancel, [])
        raise ValueError("given up")

    with pytest.raises(KeyboardInterrupt) as caught:
        uninterrupted(fail, cancel)
    assert str(caught.value.__cause__) == "given up"


def test_an_interrupt_waits_no_longer_than_its_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_GRACE_S", 0.05)
    cancel, done = AnyCancel(None), list[str]()
    with pytest.raises(KeyboardInterrupt):
        uninterrupted(lambda: interrupted_call(cancel, done, 0.5), cancel)
    assert done == []


def test_in_another_thread_the_call_is_made_there() -> None:
    named: list[str] = []

    def call() -> None:
        named.append(threading.current_thread().name)

    thread = threading.Thread(target=uninterrupted, args=(call, AnyCancel(None)), name="a page's")
    thread.start()
    thread.join()
    assert named == ["a page's"]


def test_a_token_is_set_by_itself_or_by_the_other() -> None:
    other = threading.Event()
    token = AnyCancel(other)
    assert not token.is_set()
    other.set()
    assert token.is_set()
    token = AnyCancel(None)
    token.set()
    assert token.is_set()

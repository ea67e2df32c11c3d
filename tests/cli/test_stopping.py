from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from notetext.cli.stopping import stopped_in_order


class InterruptedWhileFreed:
    """Something that a signal reaches while Python frees it."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


class BrokenWhenFreed:
    """Something whose end goes wrong."""

    def __del__(self) -> None:
        raise ZeroDivisionError


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """The signals are handled as before, afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_block_and_the_status_names_it(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, stopped_in_order(Path("my notes.db")):
        signal.raise_signal(number)
    assert ended.value.code == 128 + number
    assert "go on with --store 'my notes.db'" in capsys.readouterr().err


def test_a_signal_that_came_while_an_object_was_freed_is_given_again_and_nothing_is_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def wait() -> None:
        with stopped_in_order(None):
            InterruptedWhileFreed()
            threading.Event().wait(60)

    with pytest.raises(SystemExit) as ended:
        wait()
    assert ended.value.code == 128 + signal.SIGINT
    assert "Traceback" not in capsys.readouterr().err


def test_what_else_goes_wrong_while_an_object_is_freed_is_shown_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda seen: shown.append(seen.exc_type))
    with stopped_in_order(None):
        BrokenWhenFreed()
    assert shown == [ZeroDivisionError]


def test_signals_and_errors_are_handled_as_before_after_the_block() -> None:
    def handlers() -> list[object]:
        return [
            signal.getsignal(signal.SIGINT),
            signal.getsignal(signal.SIGTERM),
            sys.unraisablehook,
        ]

    before = handlers()
    with stopped_in_order(None):
        assert all(now is not old for now, old in zip(handlers(), before, strict=True))
    assert handlers() == before

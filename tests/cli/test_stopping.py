from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from notetext.cli.stopping import stopped_in_order


class InterruptedWhileFreed:
    """Something that a signal reaches while Python frees it."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


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


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_signal_that_came_while_an_object_was_freed_is_not_lost() -> None:
    def loop() -> None:
        with stopped_in_order(None) as check_stopped:
            check_stopped()
            InterruptedWhileFreed()
            check_stopped()

    with pytest.raises(SystemExit) as ended:
        loop()
    assert ended.value.code == 128 + signal.SIGINT


def test_signals_are_handled_as_before_after_the_block() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with stopped_in_order(None) as check_stopped:
        check_stopped()
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before

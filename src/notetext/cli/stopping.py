"""Ctrl-C, and what ends programs otherwise: a run stops in order, and says where it goes on."""

from __future__ import annotations

import shlex
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from notetext.cli.output import say

_BY_A_SIGNAL = 128
"""What is added to a signal's number for the exit status of a program that it has ended."""


@contextmanager
def stopped_in_order(store: Path | None) -> Iterator[Callable[[], None]]:
    """A block that SIGTERM ends as Ctrl-C does; a library leaves signals to its program.

    A second Ctrl-C does not wait for what is under way.

    Args:
        store: where what is done, and what was paid, is kept.

    Yields:
        What ends the block if a signal has come and nothing came of it: Python lets no exception
        out of what it calls while it frees an object. For loops without an end.
    """
    if threading.current_thread() is not threading.main_thread():
        # Signals are the main thread's.
        yield lambda: None
        return
    received: list[signal.Signals] = []

    def stop(number: int, _: FrameType | None) -> None:
        received.append(signal.Signals(number))
        raise KeyboardInterrupt

    def check() -> None:
        if received:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield check
    except KeyboardInterrupt:
        say(f"notetext: stopped; {_how_to_go_on(store)}")
        # What still ends threads on the way out is nobody's to see.
        before[signal.SIGINT] = signal.SIG_DFL
        sys.exit(_BY_A_SIGNAL + (received[-1] if received else signal.SIGINT))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _how_to_go_on(store: Path | None) -> str:
    if store is None:
        return "with --store FILE, a run that is stopped goes on where it was"
    return f"go on with --store {shlex.quote(str(store))}, nothing in it is read or paid again"

"""Ctrl-C, and what ends programs otherwise: a run stops in order, and says where it goes on."""

from __future__ import annotations

import shlex
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from notetext.cli.output import say

_BY_A_SIGNAL = 128
"""What is added to a signal's number for the exit status of a program that it has ended."""


@contextmanager
def stopped_in_order(store: Path | None) -> Iterator[None]:
    """A block that SIGTERM ends as Ctrl-C does; a library leaves signals to its program.

    A second Ctrl-C does not wait for what is under way.

    Args:
        store: where what is done, and what was paid, is kept.
    """
    if threading.current_thread() is not threading.main_thread():
        # Signals are the main thread's.
        yield
        return
    received = [signal.SIGINT]

    def terminate(number: int, _: FrameType | None) -> None:
        received.append(signal.Signals(number))
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    except KeyboardInterrupt:
        say(f"notetext: stopped; {_how_to_go_on(store)}")
        # What still ends threads on the way out is nobody's to see.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        sys.exit(_BY_A_SIGNAL + received[-1])
    finally:
        signal.signal(signal.SIGTERM, before)


def _how_to_go_on(store: Path | None) -> str:
    if store is None:
        return "with --store FILE, a run that is stopped goes on where it was"
    return f"go on with --store {shlex.quote(str(store))}, nothing in it is read or paid again"

"""Ctrl-C, and what ends programs otherwise: a run stops in order, and says where it goes on."""

from __future__ import annotations

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
        kept = "" if store is None else f"; go on with --store {store}, nothing in it is paid again"
        say(f"notetext: stopped{kept}")
        sys.exit(_BY_A_SIGNAL + received[-1])
    finally:
        signal.signal(signal.SIGTERM, before)

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

_AGAIN_S = 0.05
"""How soon a signal is given again that came to nothing."""


@contextmanager
def stopped_in_order(store: Path | None) -> Iterator[None]:
    """A block that SIGTERM ends as Ctrl-C does; a library leaves signals to its program.

    A second Ctrl-C does not wait for what is under way. Python lets no exception out of what it
    calls while it frees an object; a signal that comes there is given once more.

    Args:
        store: where what is done, and what was paid, is kept.
    """
    if threading.current_thread() is not threading.main_thread():
        # Signals are the main thread's.
        yield
        return
    received: list[signal.Signals] = []
    timers: list[threading.Timer] = []

    def stop(number: int, _: FrameType | None) -> None:
        received.append(signal.Signals(number))
        raise KeyboardInterrupt

    def give_again(came_to_nothing: sys.UnraisableHookArgs) -> None:
        if received and came_to_nothing.exc_type is KeyboardInterrupt:
            timers.append(threading.Timer(_AGAIN_S, _signal_main_thread, received[-1:]))
            timers[-1].start()
        else:
            hook_before(came_to_nothing)

    hook_before, sys.unraisablehook = sys.unraisablehook, give_again
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        say(f"notetext: stopped; {_how_to_go_on(store)}")
        # What still ends threads on the way out is nobody's to see.
        before[signal.SIGINT] = signal.SIG_DFL
        sys.exit(_BY_A_SIGNAL + (received[-1] if received else signal.SIGINT))
    finally:
        for timer in timers:
            timer.cancel()
            timer.join()
        for number, handler in before.items():
            signal.signal(number, handler)
        sys.unraisablehook = hook_before


def _signal_main_thread(number: signal.Signals) -> None:
    if sys.platform == "win32":
        signal.raise_signal(number)
    else:
        # What it waits for is woken, too.
        main_thread = threading.main_thread().ident
        assert main_thread is not None
        signal.pthread_kill(main_thread, number)


def _how_to_go_on(store: Path | None) -> str:
    if store is None:
        return "with --store FILE, a run that is stopped goes on where it was"
    return f"go on with --store {shlex.quote(str(store))}, nothing in it is read or paid again"

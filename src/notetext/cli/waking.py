"""When to look into a watched folder: something happened in it, or some time has gone by."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator
from pathlib import Path

from notetext.cli.arrivals import Arrivals
from notetext.errors import MissingDependencyError

_MS = 1000


def check_watchfiles() -> None:
    """Looks whether watchfiles is there.

    Raises:
        MissingDependencyError: it is not; the message is the command that installs it.
    """
    if importlib.util.find_spec("watchfiles") is None:
        raise MissingDependencyError(
            'watching a folder needs watchfiles; install it with pip install "notetext[watch]"',
            extra="watch",
        )


def wakes(folder: Path, arrivals: Arrivals, *, settle_s: float, every_s: float) -> Iterator[None]:
    """Wakes at once, and then whenever it is time to look again, without end.

    Network shares and some containers tell of nothing that happens in them, so that it looks now
    and then by itself.

    Args:
        folder: is watched with all below it.
        arrivals: says whether a file is on its way.
        settle_s: how long one has to stay as it is.
        every_s: the longest time between two looks.
    """
    from watchfiles import watch

    yield
    looked = time.monotonic()
    changes = watch(
        folder,
        watch_filter=None,
        # A file that grows tells of it all the time.
        debounce=int(settle_s * _MS),
        rust_timeout=max(1, int(min(settle_s, every_s) / 2 * _MS)),
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    for happened in changes:
        if happened or arrivals.is_waiting or time.monotonic() - looked >= every_s:
            yield
            looked = time.monotonic()

"""What arrives in a folder: documents, once nobody writes to them any more."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from notetext.cli.inputs import Input, files_in, is_document
from notetext.converters import Converter

_UNFINISHED = (".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", ".temp", "~")
"""The endings of what browsers and copying programs call a file that they are not done with."""


@dataclass(slots=True)
class _Seen:
    """What is known of a file.

    Attributes:
        state: its size, its time and what it is on its disk; another one is another file.
        complete_at: when it is taken for complete if it stays so, on the clock.
        is_handed_out: whether it was, or is no document.
    """

    state: tuple[int, ...]
    complete_at: float
    is_handed_out: bool = False


class Arrivals:
    """Looks into a folder, and says what has arrived there since.

    A file is complete when its size and its time have stayed as they are for a while: what is
    copied over a network or printed by a scanner grows for as long as it takes. Each state of a
    file is handed out once, so that one that is replaced is read again.

    Args:
        folder: with all below it.
        left_out: folders that are not looked into.
        converters: what tells documents from other files.
        settle_s: how long a file has to stay as it is.
        clock: in seconds; tests have their own.
    """

    def __init__(
        self,
        folder: Path,
        left_out: Sequence[Path],
        converters: Sequence[Converter],
        settle_s: float,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folder = folder
        self._left_out = left_out
        self._converters = converters
        self._settle_s = settle_s
        self._clock = clock
        self._seen: dict[Path, _Seen] = {}
        self._is_first_look = True
        self.closed: list[str] = []

    @property
    def is_waiting(self) -> bool:
        """Whether there is a file that is not complete yet."""
        return any(not seen.is_handed_out for seen in self._seen.values())

    def look(self) -> list[Input]:
        """The documents that are complete and were not handed out, in the order of their names."""
        self.closed.clear()
        now = self._clock()
        there = {}
        for path in files_in(self._folder, self._left_out, self.closed):
            state = None if path.name.lower().endswith(_UNFINISHED) else _state_of(path)
            if state is not None:
                there[path] = self._known(path, state, now)
        self._seen = there
        self._is_first_look = False
        ready = []
        for path, seen in there.items():
            if seen.is_handed_out or seen.complete_at > now:
                continue
            seen.is_handed_out = True
            if is_document(path, self._converters):
                ready.append(Input(str(path), path.relative_to(self._folder), found=True))
        return ready

    def try_again(self, document: Input, after_s: float) -> None:
        """Hands a document out once more, a while later."""
        seen = self._seen.get(Path(document.name))
        if seen is not None:
            seen.is_handed_out = False
            seen.complete_at = self._clock() + after_s

    def _known(self, path: Path, state: tuple[int, ...], now: float) -> _Seen:
        seen = self._seen.get(path)
        if seen is not None and seen.state == state:
            return seen
        # What was there long before anybody looked is not still on its way.
        age_s = time.time() - state[1] / 1e9
        is_old = self._is_first_look and age_s > self._settle_s
        return _Seen(state, now if is_old else now + self._settle_s)


def _state_of(path: Path) -> tuple[int, ...] | None:
    """What changes when a file does; ``None`` for what is empty yet, gone, or no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or found.st_size == 0:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino, found.st_dev

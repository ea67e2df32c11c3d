"""How far a run is, in pages, on a terminal; nothing where nobody looks."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Never

if TYPE_CHECKING:
    from tqdm import tqdm

_COLUMNS = 80


class ProgressBar:
    """Pages that are done, of how many, and the time that is left.

    It shows itself on standard error if that is a terminal, and goes when it is closed. Any thread
    may tell it something; one that is shown stands below what is written meanwhile.

    Args:
        wanted: whether it is to be shown at all.
    """

    def __init__(self, *, wanted: bool) -> None:
        self._bar: tqdm[Never] | None = None
        if wanted and sys.stderr.isatty():
            from tqdm import tqdm

            # A terminal that does not know how wide it is says 0, and would be shown nothing.
            knows_width = os.get_terminal_size(sys.stderr.fileno()).columns > 0
            self._bar = tqdm(
                unit=" pages",
                file=sys.stderr,
                ncols=None if knows_width else _COLUMNS,
                dynamic_ncols=knows_width,
                leave=False,
                miniters=1,
                mininterval=0,
            )
        _shown[:] = [self._bar] if self._bar is not None else []

    @property
    def is_shown(self) -> bool:
        """Whether there is a bar."""
        return self._bar is not None

    def set_total(self, pages: int) -> None:
        """Says how many pages there are."""
        if self._bar is not None:
            with _lock(self._bar):
                self._bar.total = pages
                self._bar.refresh(nolock=True)

    def set_done(self, pages: int) -> None:
        """Says how many pages are done; it never goes back."""
        if self._bar is not None:
            with _lock(self._bar):
                self._bar.update(max(0, pages - self._bar.n))

    def close(self) -> None:
        """Takes the bar away."""
        _shown.clear()
        if self._bar is not None:
            self._bar.close()


@contextmanager
def aside() -> Iterator[None]:
    """A block in which something is written to the terminal; the bar makes room for it."""
    if not _shown:
        yield
        return
    bar = _shown[0]
    with _lock(bar):
        bar.clear(nolock=True)
        try:
            yield
        finally:
            bar.refresh(nolock=True)


_shown: list[tqdm[Never]] = []
"""The bar of this terminal, if one is shown."""


def _lock(bar: tqdm[Never]) -> AbstractContextManager[object]:
    """What keeps others from drawing; its owner may take it again."""
    lock: AbstractContextManager[object] = bar.get_lock()  # type: ignore[no-untyped-call]
    return lock

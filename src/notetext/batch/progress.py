"""How far a batch is, for whoever wants to know."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Never, Protocol, TypeAlias, runtime_checkable

from notetext.batch.items import Item


@dataclass(frozen=True, slots=True)
class BatchState:
    """How far a batch is.

    Attributes:
        total: how many documents there are, or ``None`` if their source does not say.
        documents: those that are done, the failed ones included.
        pages: the pages that were read.
        failures: the pages that were not, and the documents that could not be opened.
    """

    total: int | None = None
    documents: int = 0
    pages: int = 0
    failures: int = 0

    def after(self, item: Item) -> BatchState:
        """The state when one more document is done."""
        result = item.result if item.error is None else item.error.partial
        if result is None:
            return replace(self, documents=self.documents + 1, failures=self.failures + 1)
        failed = len(result.errors)
        return replace(
            self,
            documents=self.documents + 1,
            pages=self.pages + len(result.pages) - failed,
            failures=self.failures + failed,
        )


@runtime_checkable
class Progress(Protocol):
    """Shows how far a batch is; called from the thread that iterates over it."""

    def update(self, state: BatchState) -> None:
        """Shows the state: once at the beginning, and after every document."""
        ...

    def close(self) -> None:
        """The batch is over, finished or not."""
        ...


ProgressLike: TypeAlias = "bool | Progress | Callable[[BatchState], None]"


def progress_of(given: ProgressLike) -> Progress:
    """What shows the progress: nothing (``False``), a bar (``True``), or what the caller gave."""
    if given is True:
        return _Bar()
    if given is False:
        return _Callback(lambda state: None)
    return given if isinstance(given, Progress) else _Callback(given)


class _Callback:
    """Tells a function."""

    def __init__(self, function: Callable[[BatchState], None]) -> None:
        self.update = function

    def close(self) -> None:
        pass


class _Bar:
    """A bar of tqdm's, on standard error or in the notebook."""

    def __init__(self) -> None:
        from tqdm.auto import tqdm

        self._bar: tqdm[Never] = tqdm(unit="doc", file=sys.stderr)

    def update(self, state: BatchState) -> None:
        elapsed_s = float(self._bar.format_dict["elapsed"])
        figures = {
            "pages": str(state.pages),
            "pages/s": f"{state.pages / elapsed_s:.1f}" if elapsed_s else "0.0",
            "failures": str(state.failures),
        }
        self._bar.total = state.total
        self._bar.set_postfix(figures, refresh=False)
        self._bar.update(state.documents - self._bar.n)

    def close(self) -> None:
        self._bar.close()

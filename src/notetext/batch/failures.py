"""When to give up a batch: its documents may fail, but not the provider of what reads them."""

from __future__ import annotations

from notetext import errors
from notetext.batch.items import Item
from notetext.errors import (
    BatchStoppedError,
    CloudError,
    ConfigurationError,
    EngineUnavailableError,
    NoteTextError,
    QuotaError,
    StoreError,
    TaskFailedError,
)
from notetext.errors.wording import counted
from notetext.model import DocumentData, PageStatus


class FailureStreak:
    """Counts the provider's failures in a row; a page that was read ends the row.

    A failure is the provider's if it would meet any other page as well: no connection, no
    credentials, no quota, no store. A document's own failures neither count nor end the row.

    Args:
        limit: how many are too many, or ``None`` for never.
    """

    def __init__(self, limit: int | None) -> None:
        self._limit = limit
        self._length = 0
        self._reached: str | None = None
        self.is_quota = False
        """Whether the last failure was a quota or a budget."""
        self.not_submitted = 0
        """The pages that a quota or a budget has kept from being submitted."""

    def add(self, item: Item) -> None:
        """Takes note of what became of a document.

        Raises:
            BatchStoppedError: the provider has failed too often in a row, or once so that every
                other page would meet it as well.
        """
        self._reached = None
        result: DocumentData | None = item.result
        if item.error is not None:
            if item.error.ends_run and self._limit is not None:
                raise BatchStoppedError(
                    f"the batch was stopped, since every document would meet this: {item.error}"
                ) from item.error
            result = item.error.partial
            if result is None:
                self._count(type(item.error), item.error.message)
        for page in result.pages if result is not None else ():
            if page.status is PageStatus.READ:
                self._length = 0
            elif page.error is not None:
                kind = getattr(errors, page.error.base or page.error.kind, NoteTextError)
                self._count(kind, page.error.message)
        if self._reached is not None:
            raise BatchStoppedError(self._reached)

    def _count(self, kind: type[NoteTextError], message: str) -> None:
        if not _is_the_providers(kind):
            return
        self.is_quota = issubclass(kind, QuotaError)
        self.not_submitted += self.is_quota
        self._length += 1
        if self._length == self._limit:
            self._reached = (
                f"the batch was stopped after {counted(self._length, 'failure')} in a row that "
                f"are not the documents'; the last: {message}"
            )


def _is_the_providers(kind: type[NoteTextError]) -> bool:
    if issubclass(kind, TaskFailedError):
        return False
    # Missing credentials are a plain ConfigurationError; its subclasses may be one document's.
    is_configuration = kind is ConfigurationError
    return is_configuration or issubclass(kind, (EngineUnavailableError, CloudError, StoreError))

"""`Store`: finished pages and submitted tasks in one file."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from notetext.engines import OnUncertain
from notetext.errors import ConfigurationError
from notetext.errors.checking import check_number
from notetext.model import parse_choice
from notetext.store.database import Database
from notetext.store.key_locks import KeyLocks
from notetext.store.ledger import StoredLedger
from notetext.store.pages import FinishedPages, StoredPage


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store holds.

    Attributes:
        path: the file.
        bytes_used: what is in it, without its free space.
        pages: finished pages.
        unfinished_tasks: tasks of paid services whose results have not come.
        uncertain_tasks: tasks that were perhaps submitted, and paid, twice.
        submissions: all that were made since the store was cleared, or has counted them.
    """

    path: Path
    bytes_used: int
    pages: int
    unfinished_tasks: int
    uncertain_tasks: int
    submissions: int = 0


class Store:
    """Finished pages, and the tasks of paid services, in one SQLite file on a local disk.

    Threads and processes of one machine may share it; a network file system will not do. Pages are
    found again by the bytes of the document and by all that their text depends on, so nothing is
    ever out of date, but pictures and arrays in memory, which have no bytes, are not stored.

    It is a context manager, and pickles: its copy opens the same path.

    >>> from notetext import Store
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Store(f"{folder}/notes.db") as store:
    ...     store.info().pages
    0

    Args:
        path: the file; made if it is missing.
        max_bytes: when the file holds more, the oldest pages are deleted; 10 GiB, which is about
            200,000 pages of 500 words.
        max_age_s: pages that are older are read anew; ``None``: never.
        on_uncertain: a task that a service may or may not have taken, or does not know any more,
            is submitted (``"submit"``), perhaps for the second time, and counted, or is an error
            (``"error"``) until the store is cleared.

    Raises:
        StoreError: the file is no store, is damaged, or cannot be opened; it is left as it is.
        ConfigurationError: a limit is out of its range.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        max_bytes: int = 10 << 30,
        max_age_s: float | None = None,
        on_uncertain: OnUncertain | str = OnUncertain.SUBMIT,
    ) -> None:
        check_number("max_bytes", max_bytes, whole=True)
        check_number("max_age_s", max_age_s)
        if max_bytes < 1 or (max_age_s is not None and max_age_s <= 0):
            raise ConfigurationError("max_bytes and max_age_s must be positive")
        self._database = Database(Path(path).absolute())
        self._pages = FinishedPages(self._database, max_bytes, max_age_s)
        self._locks = KeyLocks()
        self.ledger = StoredLedger(
            self._database, parse_choice(OnUncertain, on_uncertain, "on_uncertain")
        )
        """The tasks that were submitted."""
        self._pages.forget_old()
        self.ledger.forget_old()

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    def get(self, key: bytes) -> StoredPage | None:
        """The page under a key, or ``None``.

        Raises:
            StoreError: the store cannot be read.
        """
        return self._pages.get(key)

    def put(self, key: bytes, page: StoredPage) -> None:
        """Keeps a page under a key.

        Raises:
            StoreError: the store cannot be written.
        """
        self._pages.put(key, page)

    def lock(self, key: bytes) -> AbstractContextManager[None]:
        """A block that one thread at a time may enter with that key."""
        return self._locks.lock(key)

    def info(self) -> StoreInfo:
        """What it holds.

        Raises:
            StoreError: the store cannot be read.
        """
        unfinished, uncertain = self.ledger.count()
        return StoreInfo(
            path=self.path,
            bytes_used=self._database.bytes_used(),
            pages=self._pages.count(),
            unfinished_tasks=unfinished,
            uncertain_tasks=uncertain,
            submissions=self.ledger.submissions(),
        )

    def clear(self) -> None:
        """Deletes everything and gives the space back.

        Raises:
            StoreError: the store cannot be written.
        """
        self._pages.clear()
        self.ledger.clear()
        self._database.shrink()

    def close(self) -> None:
        """Closes the file; the next use opens it again."""
        self.ledger.close()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r})"

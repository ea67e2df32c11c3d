"""Finished pages, kept under keys."""

from __future__ import annotations

import time

from pydantic import BaseModel, ConfigDict, ValidationError

from notetext.model import Artifact
from notetext.result import Page
from notetext.store.database import Database

_FILL_AGAIN_TO = 0.9
_DELETIONS = 20
"""Of so many parts of all pages the oldest goes at a time: room for a large page costs few."""


class StoredPage(BaseModel):
    """A page as it was read, with the files that came with it."""

    model_config = ConfigDict(frozen=True, ser_json_bytes="base64", val_json_bytes="base64")

    page: Page
    artifacts: tuple[Artifact, ...] = ()


class FinishedPages:
    """The pages in a store. Safe to use from several threads and processes.

    Args:
        database: where they lie.
        max_bytes: when the file holds more, the oldest pages go.
        max_age_s: older pages are as good as none; ``None``: pages do not age.
    """

    def __init__(self, database: Database, max_bytes: int, max_age_s: float | None) -> None:
        self._database = database
        self._max_bytes = max_bytes
        self._max_age_s = max_age_s

    def get(self, key: bytes) -> StoredPage | None:
        """The page under a key, or ``None`` if there is none that this version can read.

        Raises:
            StoreError: the file is damaged or cannot be read.
        """
        rows = self._database.rows(
            "SELECT page FROM pages WHERE key = ? AND stored_at >= ?", (key, self._oldest())
        )
        try:
            return StoredPage.model_validate_json(str(rows[0][0])) if rows else None
        except ValidationError:
            return None

    def put(self, key: bytes, page: StoredPage) -> None:
        """Keeps a page.

        Raises:
            StoreError: the file is damaged, full or locked.
        """
        row = (key, page.model_dump_json(), time.time())
        with self._database.changes() as changes:
            changes.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?)", row)
        if self._database.bytes_used() > self._max_bytes:
            self._make_room()

    def count(self) -> int:
        """How many there are, those that are too old left out."""
        sql = "SELECT count(*) FROM pages WHERE stored_at >= ?"
        ((count,),) = self._database.rows(sql, (self._oldest(),))
        assert isinstance(count, int)
        return count

    def forget_old(self) -> None:
        """Deletes the pages that are too old."""
        if self._max_age_s is not None:
            with self._database.changes() as changes:
                changes.execute("DELETE FROM pages WHERE stored_at < ?", (self._oldest(),))

    def clear(self) -> None:
        """Deletes all pages."""
        with self._database.changes() as changes:
            changes.execute("DELETE FROM pages")

    def _oldest(self) -> float:
        return 0.0 if self._max_age_s is None else time.time() - self._max_age_s

    def _make_room(self) -> None:
        while self._database.bytes_used() > self._max_bytes * _FILL_AGAIN_TO:
            with self._database.changes() as changes:
                deleted = changes.execute(
                    "DELETE FROM pages WHERE key IN "
                    "(SELECT key FROM pages ORDER BY stored_at "
                    "LIMIT max(1, (SELECT count(*) FROM pages) / ?))",
                    (_DELETIONS,),
                )
            if deleted.rowcount == 0:
                return

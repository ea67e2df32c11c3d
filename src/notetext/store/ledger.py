"""The ledger of tasks that paid services were sent."""

from __future__ import annotations

import os
import time
import uuid

from notetext.engines import OnUncertain, SubmittedTask
from notetext.store.database import Database

_KEPT_S = 30 * 24 * 3600.0


class StoredLedger:
    """The tasks in a store; a `notetext.engines.TaskLedger`.

    Safe to use from several threads and processes. What was written outlives the process, and a
    power cut as well.

    Args:
        database: where they lie.
        on_uncertain: what becomes of a task of which nobody knows whether it was submitted.
    """

    def __init__(self, database: Database, on_uncertain: OnUncertain) -> None:
        self._database = database
        self.on_uncertain = on_uncertain
        # Tells what is being sent right now from what a killed process has left behind.
        self._run = uuid.uuid4().hex

    def find(self, key: str) -> SubmittedTask | None:
        """What is known of a task, unless it is this very ledger that is submitting it now.

        Raises:
            StoreError: the store cannot be read.
        """
        rows = self._database.rows(
            "SELECT task_id, coalesce(submitted_at, intended_at), owner FROM tasks WHERE key = ?",
            (key,),
        )
        if not rows:
            return None
        task_id, since, owner = rows[0]
        if task_id is None and owner == self._owner():
            return None
        assert isinstance(since, float)
        return SubmittedTask(None if task_id is None else str(task_id), time.time() - since)

    def intend(self, key: str) -> None:
        """Notes that a task is about to be submitted.

        Raises:
            StoreError: it could not be noted, so the task must not be submitted.
        """
        owner, now = self._owner(), time.time()
        with self._database.changes(durable=True) as changes:
            changes.execute(
                "INSERT INTO uncertain SELECT key, ? FROM tasks "
                "WHERE key = ? AND task_id IS NULL AND owner != ?",
                (now, key, owner),
            )
            changes.execute(
                "INSERT OR REPLACE INTO tasks (key, owner, intended_at) VALUES (?, ?, ?)",
                (key, owner, now),
            )

    def submitted(self, key: str, task_id: str) -> None:
        """Notes the id that the service gave the task.

        Raises:
            StoreError: it could not be noted.
        """
        with self._database.changes(durable=True) as changes:
            changes.execute(
                "UPDATE tasks SET task_id = ?, submitted_at = ? WHERE key = ?",
                (task_id, time.time(), key),
            )

    def finished(self, key: str) -> None:
        """Notes that the task's result has come; its id stays known while it may be of use."""
        with self._database.changes() as changes:
            changes.execute("UPDATE tasks SET finished_at = ? WHERE key = ?", (time.time(), key))

    def withdrawn(self, key: str) -> None:
        """Forgets a task that certainly gives no result: refused, failed or deleted."""
        with self._database.changes() as changes:
            changes.execute("DELETE FROM tasks WHERE key = ?", (key,))

    def count(self) -> tuple[int, int]:
        """The tasks whose results have not come, and those that were perhaps submitted twice."""
        (counts,) = self._database.rows(
            "SELECT (SELECT count(*) FROM tasks WHERE finished_at IS NULL), "
            "(SELECT count(*) FROM uncertain)"
        )
        unfinished, uncertain = counts
        assert isinstance(unfinished, int)
        assert isinstance(uncertain, int)
        return unfinished, uncertain

    def forget_old(self) -> None:
        """Deletes what is of no use to anybody."""
        with self._database.changes() as changes:
            changes.execute("DELETE FROM tasks WHERE intended_at < ?", (time.time() - _KEPT_S,))

    def clear(self) -> None:
        """Deletes all tasks."""
        with self._database.changes() as changes:
            changes.execute("DELETE FROM tasks")
            changes.execute("DELETE FROM uncertain")

    def _owner(self) -> str:
        return f"{os.getpid()}-{self._run}"

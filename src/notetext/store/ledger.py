"""The ledger of tasks that paid services were sent."""

from __future__ import annotations

import threading
import time

from notetext.engines import Budget, OnUncertain, SubmittedTask
from notetext.store.database import Database, Value
from notetext.store.owners import Owners
from notetext.store.spending import Spending

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
        self._spending = Spending(database)
        self._set_up()

    def _set_up(self) -> None:
        self._owners = Owners(self._database.path)
        self._claimants: set[str] = set()
        self._guard = threading.Lock()

    def find(self, key: str) -> SubmittedTask | None:
        """What is known of a task.

        Raises:
            StoreError: the store cannot be read.
        """
        rows = self._database.rows(_FIND, (key,))
        return self._task(rows[0], None) if rows else None

    def claim(self, key: str, claimant: str) -> SubmittedTask | None:
        """Takes a task, unless somebody who is alive has it; see `TaskLedger.claim`.

        Raises:
            StoreError: it could not be noted, so the task must not be submitted.
        """
        with self._guard:
            self._claimants.add(claimant)
        with self._database.changes(durable=True) as changes:
            row = changes.execute(_FIND, (key,)).fetchone()
            task = None if row is None else self._task(row, claimant)
            owner = "" if task is not None and task.held else f"{self._owners.own()}/{claimant}"
            if task is None:
                changes.execute(
                    "INSERT INTO tasks (key, owner, intended_at) VALUES (?, ?, ?)",
                    (key, owner, time.time()),
                )
            elif owner:
                changes.execute("UPDATE tasks SET owner = ? WHERE key = ?", (owner, key))
        return task

    def intend(self, key: str, *, uncertain: bool = False) -> None:
        """Notes that a claimed task is about to be submitted, though something was known of it.

        Raises:
            StoreError: it could not be noted, so the task must not be submitted.
        """
        now = time.time()
        with self._database.changes(durable=True) as changes:
            if uncertain:
                changes.execute("INSERT INTO uncertain VALUES (?, ?)", (key, now))
            changes.execute(
                "INSERT INTO tasks (key, owner, intended_at) VALUES (?, '', ?) "
                "ON CONFLICT (key) DO UPDATE SET intended_at = excluded.intended_at, "
                "task_id = NULL, submitted_at = NULL, finished_at = NULL",
                (key, now),
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

    def lost(self, key: str) -> None:
        """Notes that the service does not know the task: it is uncertain from now on."""
        with self._database.changes() as changes:
            changes.execute(
                "UPDATE tasks SET task_id = NULL, submitted_at = NULL WHERE key = ?", (key,)
            )

    def withdrawn(self, key: str) -> None:
        """Forgets a task that certainly gives no result: refused, failed or deleted."""
        with self._database.changes() as changes:
            changes.execute("DELETE FROM tasks WHERE key = ?", (key,))

    def released(self, key: str, claimant: str) -> None:
        """Lets others have a task."""
        # First: a claim that is interrupted here is nobody's, whatever the file says.
        with self._guard:
            self._claimants.discard(claimant)
        with self._database.changes() as changes:
            changes.execute(
                "UPDATE tasks SET owner = '' WHERE key = ? AND owner = ?",
                (key, f"{self._owners.name}/{claimant}"),
            )

    def spend(self, engine: str, run: str, budget: Budget | None) -> bool:
        """Counts a submission, if the budget allows one more; see `TaskLedger.spend`.

        Raises:
            StoreError: it could not be counted.
        """
        return self._spending.spend(engine, run, budget)

    def refund(self, engine: str, run: str) -> None:
        """Takes a submission back.

        Raises:
            StoreError: that could not be noted.
        """
        self._spending.refund(engine, run)

    def unfinished(self) -> tuple[str, ...]:
        """The ids of the tasks that a service has taken and whose results have not come.

        Raises:
            StoreError: the store cannot be read.
        """
        rows = self._database.rows(
            "SELECT task_id FROM tasks WHERE task_id IS NOT NULL AND finished_at IS NULL "
            "ORDER BY submitted_at"
        )
        return tuple(str(task_id) for (task_id,) in rows)

    def submissions(self) -> int:
        """How many were made in all.

        Raises:
            StoreError: the store cannot be read.
        """
        return self._spending.total()

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
        """Deletes what is of no use to anybody.

        A task without a result stays however old it seems: a clock that is wrong must not cost a
        submission.
        """
        old = time.time() - _KEPT_S
        with self._database.changes() as changes:
            changes.execute("DELETE FROM tasks WHERE finished_at < ?", (old,))
            self._owners.sweep()
        self._spending.forget_old(old)

    def clear(self) -> None:
        """Deletes all tasks, and what was spent."""
        with self._database.changes() as changes:
            changes.execute("DELETE FROM tasks")
            changes.execute("DELETE FROM uncertain")
        self._spending.clear()

    def close(self) -> None:
        """Lets go of the lock that says that this process is alive, unless it is at work."""
        with self._guard:
            if not self._claimants:
                self._owners.leave()

    def _task(self, row: tuple[Value, ...], claimant: str | None) -> SubmittedTask:
        task_id, since, finished_at, owner = row
        assert isinstance(since, float)
        return SubmittedTask(
            None if task_id is None else str(task_id),
            time.time() - since,
            finished=finished_at is not None,
            held=self._is_held(str(owner), claimant),
        )

    def _is_held(self, owner: str, claimant: str | None) -> bool:
        process, _, other = owner.partition("/")
        if process == self._owners.name:
            with self._guard:
                return other != claimant and other in self._claimants
        return self._owners.is_alive(process)

    def __getstate__(self) -> tuple[Database, OnUncertain]:
        return self._database, self.on_uncertain

    def __setstate__(self, state: tuple[Database, OnUncertain]) -> None:
        self._database, self.on_uncertain = state
        self._spending = Spending(self._database)
        self._set_up()


_FIND = (
    "SELECT task_id, coalesce(submitted_at, intended_at), finished_at, owner FROM tasks "
    "WHERE key = ?"
)

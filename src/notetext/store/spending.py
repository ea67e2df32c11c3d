"""What was submitted to paid services, counted for budgets."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from notetext.engines import Budget, BudgetPeriod
from notetext.store.database import Database


class Spending:
    """The submissions in a store, by engine and period. Safe to use from threads and processes.

    Args:
        database: where they are counted.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def spend(self, engine: str, run: str, budget: Budget | None) -> bool:
        """Counts a submission in all its periods, if the budget allows one more.

        Raises:
            StoreError: it could not be counted.
        """
        periods = _periods(run)
        with self._database.changes() as changes:
            if budget is not None:
                spent = changes.execute(
                    "SELECT pages FROM spent WHERE engine = ? AND period = ?",
                    (engine, periods[budget.period]),
                ).fetchone()
                if (spent[0] if spent else 0) >= budget.pages:
                    return False
            for period in periods.values():
                changes.execute(
                    "INSERT INTO spent VALUES (?, ?, 1, ?) ON CONFLICT (engine, period) "
                    "DO UPDATE SET pages = pages + 1, changed_at = excluded.changed_at",
                    (engine, period, time.time()),
                )
        return True

    def refund(self, engine: str, run: str) -> None:
        """Takes a submission back.

        Raises:
            StoreError: that could not be noted.
        """
        with self._database.changes() as changes:
            for period in _periods(run).values():
                changes.execute(
                    "UPDATE spent SET pages = pages - 1 "
                    "WHERE engine = ? AND period = ? AND pages > 0",
                    (engine, period),
                )

    def total(self) -> int:
        """All submissions that the store has seen.

        Raises:
            StoreError: the store cannot be read.
        """
        ((pages,),) = self._database.rows(
            "SELECT coalesce(sum(pages), 0) FROM spent WHERE period = ?", (_STORE,)
        )
        assert isinstance(pages, int)
        return pages

    def forget_old(self, before: float) -> None:
        """Deletes the days and the runs whose last submission was before that time."""
        with self._database.changes() as changes:
            changes.execute(
                "DELETE FROM spent WHERE changed_at < ? AND period != ?", (before, _STORE)
            )

    def clear(self) -> None:
        """Begins anew."""
        with self._database.changes() as changes:
            changes.execute("DELETE FROM spent")


_STORE = "store"


def _periods(run: str) -> dict[BudgetPeriod, str]:
    return {
        BudgetPeriod.RUN: f"run {run}",
        BudgetPeriod.STORE: _STORE,
        BudgetPeriod.DAY: f"day {datetime.now(UTC):%Y-%m-%d}",
    }

"""How many tasks may still be submitted."""

from __future__ import annotations

import logging
import threading
import uuid

from notetext.engines import Budget, BudgetPeriod, TaskLedger
from notetext.errors import ConfigurationError, QuotaError, StoreError

_log = logging.getLogger("notetext")


class Purse:
    """What an engine may spend: submissions within a budget. Safe to use from several threads.

    Args:
        engine: the engine's name, for the errors and the ledger.
        budget: how many submissions, or ``None`` for any number.
        run: names the engine and its copies in other processes, which share what the ledger counts.
    """

    def __init__(self, engine: str, budget: Budget | None, run: str | None = None) -> None:
        self._engine = engine
        self._budget = budget
        self._run = run or uuid.uuid4().hex
        self._used = 0
        self._lock = threading.Lock()

    def take(self, ledger: TaskLedger | None) -> None:
        """Takes one submission, before it is sent.

        Args:
            ledger: where it is counted, for all who share it.

        Raises:
            QuotaError: all are taken.
            ConfigurationError: the budget is a store's, and there is none.
            StoreError: it could not be counted.
        """
        budget = self._budget
        is_runs = budget is None or budget.period is BudgetPeriod.RUN
        if ledger is None and budget is not None and not is_runs:
            raise ConfigurationError(
                f'Budget(…, per="{budget.per}") is counted in a store; give NoteText(store=…)'
            )
        with self._lock:
            if budget is not None and is_runs and self._used >= budget.pages:
                raise QuotaError(budget.exhausted, engine=self._engine)
            self._used += 1
        if ledger is None:
            return
        try:
            allowed = ledger.spend(self._engine, self._run, budget)
            if budget is not None and not allowed:
                raise QuotaError(budget.exhausted, engine=self._engine)
        except BaseException:
            self._give_back_here()
            raise

    def give_back(self, ledger: TaskLedger | None) -> None:
        """Gives back a submission that the service certainly did not take."""
        self._give_back_here()
        if ledger is not None:
            try:
                ledger.refund(self._engine, self._run)
            except StoreError as error:
                _log.warning("a submission that was refused stays counted: %s", error)

    def _give_back_here(self) -> None:
        with self._lock:
            self._used -= 1

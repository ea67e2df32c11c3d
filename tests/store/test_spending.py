"""Submissions counted in the store, for budgets."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from notetext.engines import Budget
from notetext.store import Store
from notetext.store import spending as spending_module


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


def test_stores_and_threads_share_a_budget(path: Path) -> None:
    stores = [Store(path) for _ in range(4)]
    budget = Budget(10, per="store")
    with ThreadPoolExecutor(8) as pool:
        allowed = list(
            pool.map(lambda n: stores[n % 4].ledger.spend("aspose", f"run {n}", budget), range(40))
        )
    assert sum(allowed) == 10
    assert stores[0].info().submissions == 10
    for store in stores:
        store.close()


def test_a_run_and_an_engine_have_counts_of_their_own(path: Path) -> None:
    one = Budget(1)
    with Store(path) as store:
        assert store.ledger.spend("aspose", "first", one)
        assert not store.ledger.spend("aspose", "first", one)
        assert store.ledger.spend("aspose", "second", one)
        assert store.ledger.spend("parrot", "first", one)
        assert store.info().submissions == 3


def test_what_is_submitted_without_a_budget_counts_for_those_who_have_one(path: Path) -> None:
    with Store(path) as store:
        assert store.ledger.spend("aspose", "first", None)
        assert not store.ledger.spend("aspose", "second", Budget(1, per="day"))


def test_a_day_ends_at_midnight_in_utc(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2100, 1, 1, tzinfo=UTC)

    budget = Budget(1, per="day")
    with Store(path) as store:
        assert store.ledger.spend("aspose", "run", budget)
        assert not store.ledger.spend("aspose", "run", budget)
        monkeypatch.setattr(spending_module, "datetime", Tomorrow)
        assert store.ledger.spend("aspose", "run", budget)


def test_what_was_refused_is_given_back(path: Path) -> None:
    with Store(path) as store:
        store.ledger.spend("aspose", "run", None)
        store.ledger.refund("aspose", "run")
        assert store.ledger.spend("aspose", "run", Budget(1, per="day"))
        assert store.info().submissions == 1


def test_old_days_and_runs_are_forgotten_and_the_sum_is_not(path: Path) -> None:
    with Store(path) as store:
        store.ledger.spend("aspose", "run", None)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE spent SET changed_at = 0")
    connection.close()
    with Store(path) as store:
        assert store.ledger.spend("aspose", "run", Budget(1, per="day"))
        assert not store.ledger.spend("aspose", "run", Budget(2, per="store"))


def test_clearing_begins_anew(path: Path) -> None:
    with Store(path) as store:
        store.ledger.spend("aspose", "run", None)
        store.clear()
        assert store.info().submissions == 0

"""How many tasks may be submitted, and who counts."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notetext.engines import Budget
from notetext.engines.cloud.purse import Purse
from notetext.errors import ConfigurationError, QuotaError, StoreError
from notetext.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "notes.db") as store:
        yield store


def refusals(purses: list[Purse], times: int, store: Store | None = None) -> list[str]:
    """What is said when so many threads take from purses."""

    def take(number: int) -> str:
        try:
            purses[number % len(purses)].take(None if store is None else store.ledger)
        except QuotaError as error:
            return error.message
        return ""

    with ThreadPoolExecutor(4) as pool:
        return [said for said in pool.map(take, range(times)) if said]


def test_a_budget_is_spent_once_by_all_threads_together() -> None:
    purse = Purse("parrot", Budget(3))
    refused = refusals([purse], 8)
    assert refused == ["max_submissions=3 allows no more tasks; raise it to go on"] * 5
    purse.give_back(None)
    purse.take(None)


def test_a_budget_without_a_limit_never_ends(store: Store) -> None:
    purse = Purse("parrot", None)
    for _ in range(100):
        purse.take(None)
        purse.take(store.ledger)


def test_the_copies_of_an_engine_share_a_runs_budget_in_a_store(store: Store) -> None:
    copies = [Purse("parrot", Budget(3), "the run") for _ in range(2)]
    assert len(refusals(copies, 8, store)) == 5
    assert refusals([Purse("parrot", Budget(3))], 3, store) == []


@pytest.mark.parametrize(
    ("per", "said"), [("store", "3 pages for this store"), ("day", "3 pages a day is used up")]
)
def test_all_runs_share_a_stores_budget(store: Store, per: str, said: str) -> None:
    purses = [Purse("parrot", Budget(3, per=per)) for _ in range(4)]
    refused = refusals(purses, 8, store)
    assert len(refused) == 5
    assert said in refused[0]


@pytest.mark.parametrize("per", ["store", "day"])
def test_a_stores_budget_needs_a_store(per: str) -> None:
    with pytest.raises(ConfigurationError, match=r"NoteText\(store="):
        Purse("parrot", Budget(3, per=per)).take(None)


def test_what_cannot_be_counted_is_not_taken(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    purse = Purse("parrot", Budget(1))
    with monkeypatch.context() as patch:
        patch.setattr(store.ledger, "spend", full)
        with pytest.raises(StoreError):
            purse.take(store.ledger)
    purse.take(store.ledger)
    monkeypatch.setattr(store.ledger, "refund", full)
    with caplog.at_level(logging.WARNING):
        purse.give_back(store.ledger)
    assert "stays counted: the disk is full" in caplog.text

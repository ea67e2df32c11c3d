"""The ledger: what a run leaves behind for the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from notetext.engines import OnUncertain, SubmittedTask
from notetext.store import Store
from notetext.store.database import Database
from notetext.store.ledger import StoredLedger


@pytest.fixture
def killed(path: Path) -> Iterator[Store]:
    """The store of a run that does not come back."""
    with Store(path) as store:
        yield store


def found(path: Path, key: str) -> SubmittedTask | None:
    """What the next run finds."""
    with Store(path) as store:
        return store.ledger.find(key)


def test_nothing_is_known_of_a_task_that_nobody_submitted(path: Path) -> None:
    assert found(path, "page 1") is None


def test_an_intent_without_an_id_is_found(path: Path, killed: Store) -> None:
    killed.ledger.claim("page 1", "a reader")
    task = found(path, "page 1")
    assert task is not None
    assert task.task_id is None


def test_an_id_is_found_with_its_age(path: Path, killed: Store) -> None:
    killed.ledger.claim("page 1", "a reader")
    killed.ledger.submitted("page 1", "id-7")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE tasks SET submitted_at = submitted_at - 500")
    connection.close()
    task = found(path, "page 1")
    assert task is not None
    assert task.task_id == "id-7"
    assert 500 <= task.age_s < 600


def test_a_finished_task_is_still_known_since_its_result_may_be_lost(
    path: Path, killed: Store
) -> None:
    killed.ledger.claim("page 1", "a reader")
    killed.ledger.submitted("page 1", "id-7")
    killed.ledger.finished("page 1")
    assert killed.info().unfinished_tasks == 0
    task = found(path, "page 1")
    assert task is not None
    assert task.task_id == "id-7"


def test_a_task_that_gives_no_result_is_forgotten(path: Path, killed: Store) -> None:
    killed.ledger.claim("page 1", "a reader")
    killed.ledger.withdrawn("page 1")
    assert found(path, "page 1") is None


def test_what_is_perhaps_submitted_twice_is_counted(killed: Store) -> None:
    for page in ("page 1", "page 2", "page 3"):
        killed.ledger.claim(page, "a reader")
    killed.ledger.intend("page 1", uncertain=True)
    killed.ledger.intend("page 2", uncertain=False)
    assert killed.info().uncertain_tasks == 1
    assert killed.info().unfinished_tasks == 3


def test_what_to_do_about_uncertain_tasks_is_the_stores_choice(path: Path) -> None:
    with Store(path, on_uncertain="error") as store:
        assert store.ledger.on_uncertain is OnUncertain.ERROR


@pytest.mark.parametrize(("days", "known"), [(2, True), (29, True), (31, False)])
def test_what_came_a_month_ago_is_forgotten(
    path: Path, killed: Store, days: int, known: bool
) -> None:
    killed.ledger.claim("page 1", "a reader")
    killed.ledger.submitted("page 1", "id-7")
    killed.ledger.finished("page 1")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE tasks SET finished_at = finished_at - ? * 86400", (days,))
    connection.close()
    assert (found(path, "page 1") is not None) == known


def test_what_has_not_come_is_not_forgotten_whatever_the_clock_says(
    path: Path, killed: Store
) -> None:
    killed.ledger.claim("page 1", "a reader")
    killed.ledger.submitted("page 1", "id-7")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE tasks SET intended_at = 0, submitted_at = 0")
    connection.close()
    task = found(path, "page 1")
    assert task is not None
    assert task.task_id == "id-7"


def test_the_ids_of_what_has_not_come_are_told(killed: Store) -> None:
    for page in ("page 1", "page 2", "page 3"):
        killed.ledger.claim(page, "a reader")
    killed.ledger.submitted("page 2", "id-7")
    killed.ledger.submitted("page 3", "id-8")
    killed.ledger.finished("page 3")
    assert killed.ledger.unfinished() == ("id-7",)


def test_what_costs_money_outlives_a_power_cut(path: Path) -> None:
    # SQLite waits for the disk at 2 (FULL), and not always at 1 (NORMAL).
    database = Database(path)
    ledger = StoredLedger(database, OnUncertain.SUBMIT)
    waits = []
    ledger.claim("page 1", "a reader")
    waits += database.rows("PRAGMA synchronous")
    ledger.finished("page 1")
    waits += database.rows("PRAGMA synchronous")
    ledger.submitted("page 1", "id-7")
    waits += database.rows("PRAGMA synchronous")
    ledger.close()
    database.close()
    assert waits == [(2,), (1,), (2,)]

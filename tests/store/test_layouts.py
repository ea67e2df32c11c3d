"""Stores of earlier versions."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from notetext.engines import Budget
from notetext.errors import StoreError
from notetext.result import Page
from notetext.store import Store, StoredPage


@pytest.fixture
def first_layout(tmp_path: Path) -> Path:
    """A store as versions before the second layout have left it, with a page and a task."""
    path = tmp_path / "notes.db"
    with Store(path) as store:
        store.put(b"key", StoredPage(page=Page(number=1, width=9, height=9, engine="x")))
        store.ledger.claim("page 1", "a reader")
        store.ledger.submitted("page 1", "id-7")
    connection = sqlite3.connect(path)
    connection.executescript(
        "DROP TABLE spent; UPDATE tasks SET owner = '4711-0123abcd'; PRAGMA user_version = 1"
    )
    connection.close()
    return path


def test_a_store_of_the_first_layout_opens_and_keeps_what_it_holds(first_layout: Path) -> None:
    for _ in range(2):
        with Store(first_layout) as store:
            assert store.get(b"key") is not None
            task = store.ledger.find("page 1")
            assert task is not None
            assert (task.task_id, task.held) == ("id-7", False)
            assert store.ledger.spend("aspose", "run", Budget(2, per="store"))
    assert store.info().submissions == 2
    store.close()


def test_a_store_of_a_later_layout_is_an_error(first_layout: Path) -> None:
    connection = sqlite3.connect(first_layout)
    connection.execute("PRAGMA user_version = 3")
    connection.close()
    with pytest.raises(StoreError, match="layout 3, here 2"):
        Store(first_layout)

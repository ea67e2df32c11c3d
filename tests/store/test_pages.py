"""Finished pages: how they come back, how they age, and which go when there are too many."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from notetext.store import StoredPage
from notetext.store.database import Database
from notetext.store.pages import FinishedPages

MakePage = Callable[..., StoredPage]

PLENTY = 1 << 30


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database(path)
    yield database
    database.close()


def change(path: Path, sql: str) -> None:
    """Changes the file behind everyone's back."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(sql)
    connection.close()


def test_a_page_comes_back_as_it_was_with_the_files_that_came_with_it(
    database: Database, page: MakePage
) -> None:
    pages = FinishedPages(database, PLENTY, None)
    assert pages.get(b"key") is None
    pages.put(b"key", page())
    assert pages.get(b"key") == page()
    assert pages.count() == 1


def test_what_is_in_it_is_json(database: Database, page: MakePage) -> None:
    FinishedPages(database, PLENTY, None).put(b"key", page())
    ((engine,),) = database.rows("SELECT json_extract(page, '$.page.engine') FROM pages")
    assert engine == "x"


def test_a_page_that_is_read_anew_takes_the_place_of_the_old_one(
    database: Database, page: MakePage
) -> None:
    pages = FinishedPages(database, PLENTY, None)
    pages.put(b"key", page(words=1))
    pages.put(b"key", page(words=2))
    assert pages.count() == 1
    assert pages.get(b"key") == page(words=2)


def test_a_page_that_this_version_cannot_read_is_a_miss(
    path: Path, database: Database, page: MakePage
) -> None:
    pages = FinishedPages(database, PLENTY, None)
    pages.put(b"key", page())
    change(path, """UPDATE pages SET page = '{"sheet": 1}'""")
    assert pages.get(b"key") is None


def test_pages_age_if_they_are_told_to(path: Path, database: Database, page: MakePage) -> None:
    ageless, ageing = (FinishedPages(database, PLENTY, age) for age in (None, 1800))
    ageless.put(b"key", page())
    change(path, "UPDATE pages SET stored_at = stored_at - 3600")
    assert (ageless.count(), ageing.count()) == (1, 0)
    assert ageing.get(b"key") is None
    ageless.forget_old()
    assert ageless.get(b"key") == page()
    ageing.forget_old()
    assert ageless.get(b"key") is None


def test_the_oldest_pages_go_when_it_is_full(database: Database, page: MakePage) -> None:
    pages = FinishedPages(database, 1_000_000, None)
    for number in range(400):
        pages.put(str(number).encode(), page(words=50))
    assert database.bytes_used() <= 1_000_000
    assert pages.get(b"0") is None
    assert pages.get(b"399") is not None


def test_room_for_a_large_page_costs_as_few_as_it_takes(database: Database, page: MakePage) -> None:
    pages = FinishedPages(database, 1_000_000, None)
    for number in range(40):
        pages.put(str(number).encode(), page(words=500))
    kept = [number for number in range(40) if pages.get(str(number).encode()) is not None]
    assert kept == list(range(40 - len(kept), 40))
    assert database.bytes_used() > 800_000


def test_what_is_too_small_for_any_page_keeps_none(database: Database, page: MakePage) -> None:
    pages = FinishedPages(database, 1, None)
    pages.put(b"key", page())
    assert pages.get(b"key") is None


def test_clearing_leaves_none(database: Database, page: MakePage) -> None:
    pages = FinishedPages(database, PLENTY, None)
    pages.put(b"key", page())
    pages.clear()
    assert pages.count() == 0

"""The SQLite file under the store: what it takes for its own, and who may share it."""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notetext.errors import StoreError
from notetext.store.database import Database


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database(path)
    yield database
    database.close()


def fill(database: Database, *keys: str) -> None:
    with database.changes() as changes:
        for key in keys:
            changes.execute("INSERT INTO pages VALUES (?, ?, 0)", (key, "x" * 2000))


def keys_in(database: Database) -> list[object]:
    return [key for (key,) in database.rows("SELECT key FROM pages ORDER BY key")]


def test_all_that_is_done_in_a_block_happens_or_nothing(database: Database) -> None:
    fill(database, "a")
    with pytest.raises(StoreError, match="UNIQUE"):
        fill(database, "b", "c", "a")
    assert keys_in(database) == ["a"]


def test_an_error_of_the_file_is_ours_and_names_it(database: Database) -> None:
    with pytest.raises(StoreError, match=r"notes\.db cannot be used: no such table"):
        database.rows("SELECT * FROM diary")


def test_threads_share_a_connection(database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: fill(database, f"{number:03}"), range(100)))
    assert len(keys_in(database)) == 100


def test_what_was_closed_is_opened_again_by_the_next_who_asks(database: Database) -> None:
    fill(database, "a")
    database.close()
    database.close()
    assert keys_in(database) == ["a"]


def test_a_copy_opens_the_same_file(database: Database) -> None:
    fill(database, "a")
    copy = pickle.loads(pickle.dumps(database))
    assert copy.path == database.path
    assert keys_in(copy) == ["a"]
    copy.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_opens_the_file_anew(database: Database) -> None:
    fill(database, "parent")
    child = os.fork()
    if child == 0:
        try:
            fill(database, "child")
            os._exit(0 if keys_in(database) == ["child", "parent"] else 1)
        finally:
            os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert keys_in(database) == ["child", "parent"]


def test_free_space_is_told_from_used_space_and_given_back(database: Database) -> None:
    fill(database, *(f"{number:03}" for number in range(200)))
    used = database.bytes_used()
    assert used > 200 * 2000
    with database.changes() as changes:
        changes.execute("DELETE FROM pages")
    assert database.bytes_used() < used / 4
    database.close()
    size = database.path.stat().st_size
    database.shrink()
    database.close()
    assert database.path.stat().st_size < size / 4


def test_an_empty_file_becomes_one(path: Path) -> None:
    path.touch()
    database = Database(path)
    fill(database, "a")
    assert keys_in(database) == ["a"]
    database.close()


@pytest.mark.parametrize(
    "content",
    [b"Dear diary", b"SQLite format 3\0" + bytes(2000)],
    ids=["a text", "another program's database"],
)
def test_a_file_of_somebody_else_is_an_error_and_stays_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "diary.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"diary\.db is no store of notetext"):
        Database(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_another_program_that_works_is_not_touched(path: Path) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("CREATE TABLE contacts (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is no store of notetext"):
        Database(path)
    assert path.read_bytes() == before


def test_a_damaged_file_is_an_error_and_stays_as_it_is(path: Path) -> None:
    database = Database(path)
    fill(database, *(f"{number:03}" for number in range(200)))
    database.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x5a" * (len(whole) - 4096))
    damaged = path.read_bytes()
    with pytest.raises(StoreError, match=r"notes\.db cannot be used"):
        Database(path).rows("SELECT page FROM pages WHERE key = '007'")
    assert path.read_bytes() == damaged


def test_a_file_of_another_layout_names_both(path: Path) -> None:
    Database(path).close()
    content = bytearray(path.read_bytes())
    content[60:64] = (9).to_bytes(4, "big")
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"another version of notetext \(layout 9, here 2\)"):
        Database(path)


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be used: unable to open"):
        Database(tmp_path / "gone" / "notes.db")
    with pytest.raises(StoreError, match="cannot be opened"):
        Database(tmp_path)

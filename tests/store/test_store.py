"""The store as a file: what it keeps, who may share it, and what it refuses."""

from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notetext.errors import ConfigurationError, StoreError
from notetext.model import Artifact, Box, Line, Paragraph, Word
from notetext.result import Page
from notetext.store import Store, StoredPage
from notetext.store.key_locks import KeyLocks


def page(number: int = 1, words: int = 3) -> StoredPage:
    box = Box.rectangle(1.5, 2.25, 30, 40)
    line = Line(words=tuple(Word(text=f"w{n}", box=box, confidence=0.5) for n in range(words)))
    read = Page(
        number=number, width=60, height=40, engine="x", paragraphs=(Paragraph(lines=(line,)),)
    )
    return StoredPage(page=read, artifacts=(Artifact(page=number, name="a.pdf", data=b"\xff\x00"),))


WRITER = """
import sys
from notetext.result import Page
from notetext.store import Store, StoredPage
with Store(sys.argv[1]) as store:
    for number in range(int(sys.argv[2]), int(sys.argv[2]) + 50):
        page = Page(number=number, width=60, height=40, engine="x")
        store.put(str(number).encode(), StoredPage(page=page))
"""


def test_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db") as store:
        assert store.get(b"key") is None
        store.put(b"key", page())
    with Store(tmp_path / "notes.db") as store:
        assert store.get(b"key") == page()
        assert store.info().pages == 1


def test_a_closed_store_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    with Store(path) as store:
        store.put(b"key", page())
        assert len(list(tmp_path.iterdir())) > 1
    assert list(tmp_path.iterdir()) == [path]
    assert store.path == path
    assert store.get(b"key") == page()
    store.close()
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_in_it_is_json(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db") as store:
        store.put(b"key", page())
    with sqlite3.connect(tmp_path / "notes.db") as connection:
        ((text,),) = connection.execute("SELECT json_extract(page, '$.page.engine') FROM pages")
    connection.close()
    assert text == "x"


def test_threads_share_a_store(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db") as store, ThreadPoolExecutor(8) as pool:
        keys = [str(number).encode() for number in range(200)]
        list(pool.map(lambda key: store.put(key, page()), keys))
        assert all(pool.map(store.get, keys))


@pytest.mark.slow
def test_processes_share_a_store_and_make_it_together(tmp_path: Path) -> None:
    path = str(tmp_path / "notes.db")
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, str(first)]) for first in (1, 51, 101)
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    with Store(path) as store:
        assert store.info().pages == 150


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_forked_process_opens_the_store_anew(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db") as store:
        store.put(b"parent", page())
        child = os.fork()
        if child == 0:
            try:
                store.put(b"child", page())
                os._exit(0 if store.get(b"parent") == page() else 1)
            finally:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert store.get(b"child") == page()


def test_a_store_pickles_as_its_path(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db", max_age_s=1e6) as store:
        store.put(b"key", page())
        with pickle.loads(pickle.dumps(store)) as copy:
            assert copy.get(b"key") == page()


def test_the_oldest_pages_go_when_it_is_full(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db", max_bytes=1_000_000) as store:
        for number in range(400):
            store.put(str(number).encode(), page(words=50))
        assert store.info().bytes_used <= 1_000_000
        assert store.get(b"0") is None
        assert store.get(b"399") is not None


def test_room_for_a_large_page_costs_as_few_as_it_takes(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db", max_bytes=1_000_000) as store:
        for number in range(40):
            store.put(str(number).encode(), page(words=500))
        kept = [number for number in range(40) if store.get(str(number).encode()) is not None]
        assert kept == list(range(40 - len(kept), 40))
        assert store.info().bytes_used > 800_000


def test_a_store_that_is_too_small_for_any_page_keeps_none(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db", max_bytes=1) as store:
        store.put(b"key", page())
        assert store.get(b"key") is None


def test_pages_age_if_they_are_told_to(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db") as store:
        store.put(b"key", page())
    make_older(tmp_path / "notes.db", 3600)
    with Store(tmp_path / "notes.db") as store:
        assert store.get(b"key") is not None
    with Store(tmp_path / "notes.db", max_age_s=1800) as store:
        assert store.get(b"key") is None
        assert store.info().pages == 0
    with Store(tmp_path / "notes.db") as store:
        assert store.info().pages == 0


def make_older(path: Path, seconds: float) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE pages SET stored_at = stored_at - ?", (seconds,))
    connection.close()


def test_a_page_that_this_version_cannot_read_is_a_miss(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db") as store:
        store.put(b"key", page())
    connection = sqlite3.connect(tmp_path / "notes.db")
    with connection:
        connection.execute("""UPDATE pages SET page = '{"sheet": 1}'""")
    connection.close()
    with Store(tmp_path / "notes.db") as store:
        assert store.get(b"key") is None


def test_clearing_deletes_everything_and_gives_the_space_back(tmp_path: Path) -> None:
    with Store(tmp_path / "notes.db") as store:
        for number in range(100):
            store.put(str(number).encode(), page(words=100))
        store.ledger.intend("task")
        with Store(tmp_path / "notes.db") as another:
            another.ledger.intend("task", uncertain=True)
        used = store.info().bytes_used
        assert store.info().uncertain_tasks == 1
        store.close()
        size = store.path.stat().st_size
        store.clear()
        store.close()
        assert store.path.stat().st_size < size / 4
        info = store.info()
        assert (info.pages, info.unfinished_tasks, info.uncertain_tasks) == (0, 0, 0)
        assert info.bytes_used < used / 4


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "notes.db").touch()
    with Store(tmp_path / "notes.db") as store:
        store.put(b"key", page())
        assert store.get(b"key") == page()


@pytest.mark.parametrize(
    "content",
    [b"Dear diary", b"SQLite format 3\0" + bytes(2000)],
    ids=["a text", "another program's database"],
)
def test_a_file_that_is_no_store_is_an_error_and_stays_as_it_is(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "diary.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"diary\.db is no store of notetext"):
        Store(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_store_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    with Store(path) as store:
        for number in range(200):
            store.put(str(number).encode(), page(words=50))
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\x5a" * (len(whole) - 4096))
    damaged = path.read_bytes()
    with pytest.raises(StoreError, match=r"notes\.db cannot be used"), Store(path) as store:
        store.get(b"7")
    assert path.read_bytes() == damaged


def test_a_store_of_another_layout_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    Store(path).close()
    content = bytearray(path.read_bytes())
    content[60:64] = (9).to_bytes(4, "big")
    path.write_bytes(content)
    with pytest.raises(StoreError, match="written by another version of notetext"):
        Store(path)


def test_a_folder_that_is_missing_and_nonsense_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be used: unable to open"):
        Store(tmp_path / "gone" / "notes.db")
    with pytest.raises(StoreError):
        Store(tmp_path)
    with pytest.raises(ConfigurationError, match="must be positive"):
        Store(tmp_path / "notes.db", max_bytes=0)
    with pytest.raises(ConfigurationError, match="must be positive"):
        Store(tmp_path / "notes.db", max_age_s=0)
    with pytest.raises(ConfigurationError, match="on_uncertain"):
        Store(tmp_path / "notes.db", on_uncertain="hope")


def test_one_thread_at_a_time_has_a_key(tmp_path: Path) -> None:
    inside = 0
    most = 0

    def enter(_: int) -> None:
        nonlocal inside, most
        with store.lock(b"key"):
            inside += 1
            most = max(most, inside)
            entered.wait(0.002)
            inside -= 1

    entered = threading.Event()
    with Store(tmp_path / "notes.db") as store, ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, range(32)))
        with store.lock(b"key"), store.lock(b"another"):
            pass
    assert most == 1


def test_nothing_is_kept_of_keys_that_nobody_waits_for() -> None:
    locks = KeyLocks()

    def enter(number: int) -> None:
        with locks.lock(str(number % 3).encode()):
            entered.wait(0.001)

    entered = threading.Event()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(enter, range(48)))
    assert locks._queues == {}

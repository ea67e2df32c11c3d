"""The store as a file: what it keeps, who may share it, and what it refuses."""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notetext.errors import ConfigurationError, StoreError
from notetext.store import Store, StoredPage

MakePage = Callable[..., StoredPage]

WRITER = """
import sys
from notetext.result import Page
from notetext.store import Store, StoredPage
with Store(sys.argv[1]) as store:
    for number in range(int(sys.argv[2]), int(sys.argv[2]) + 50):
        page = Page(number=number, width=60, height=40, engine="x")
        store.put(str(number).encode(), StoredPage(page=page))
"""


def test_a_page_comes_back_as_it_was(path: Path, page: MakePage) -> None:
    with Store(path) as store:
        assert store.get(b"key") is None
        store.put(b"key", page())
    with Store(path) as store:
        assert store.get(b"key") == page()
        assert store.info().pages == 1


def test_a_closed_store_is_one_file(path: Path, tmp_path: Path, page: MakePage) -> None:
    with Store(path) as store:
        store.put(b"key", page())
        assert len(list(tmp_path.iterdir())) > 1
    assert list(tmp_path.iterdir()) == [path]
    assert store.path == path
    assert store.get(b"key") == page()
    store.close()
    assert list(tmp_path.iterdir()) == [path]


def test_threads_share_a_store(path: Path, page: MakePage) -> None:
    with Store(path) as store, ThreadPoolExecutor(8) as pool:
        keys = [str(number).encode() for number in range(200)]
        list(pool.map(lambda key: store.put(key, page()), keys))
        assert all(pool.map(store.get, keys))


@pytest.mark.slow
def test_processes_share_a_store_and_make_it_together(path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(first)])
        for first in (1, 51, 101)
    ]
    assert [writer.wait() for writer in writers] == [0, 0, 0]
    with Store(path) as store:
        assert store.info().pages == 150


def test_a_store_pickles_as_its_path(path: Path, page: MakePage) -> None:
    with Store(path, max_age_s=1e6) as store:
        store.put(b"key", page())
        with pickle.loads(pickle.dumps(store)) as copy:
            assert copy.get(b"key") == page()


def test_how_much_and_how_long_it_keeps_is_the_callers_choice(path: Path, page: MakePage) -> None:
    with Store(path, max_bytes=1) as small:
        small.put(b"key", page())
        assert small.get(b"key") is None
    with Store(path, max_age_s=0.01) as short:
        short.put(b"key", page())
        time.sleep(0.02)
        assert short.get(b"key") is None
        assert short.info().pages == 0


def test_opening_forgets_what_is_too_old(path: Path, page: MakePage) -> None:
    with Store(path) as store:
        store.put(b"key", page())
        time.sleep(0.02)
        Store(path, max_age_s=0.01).close()
        assert store.get(b"key") is None


def test_clearing_deletes_everything_and_gives_the_space_back(path: Path, page: MakePage) -> None:
    with Store(path) as store:
        for number in range(100):
            store.put(str(number).encode(), page(words=100))
        store.ledger.intend("task")
        with Store(path) as another:
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


def test_a_folder_that_is_missing_and_nonsense_are_told(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be used: unable to open"):
        Store(tmp_path / "gone" / "notes.db")
    with pytest.raises(StoreError):
        Store(tmp_path)
    with pytest.raises(ConfigurationError, match="must be positive"):
        Store(path, max_bytes=0)
    with pytest.raises(ConfigurationError, match="must be positive"):
        Store(path, max_age_s=0)
    with pytest.raises(ConfigurationError, match="on_uncertain"):
        Store(path, on_uncertain="hope")

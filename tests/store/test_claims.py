"""Who may work at a task: one at a time, and nobody who is dead."""

from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from notetext.engines import SubmittedTask
from notetext.store import Store

CLAIMING = """
import sys
from notetext.store import Store
store = Store(sys.argv[1])
store.ledger.claim("page 1", "another process")
if len(sys.argv) > 2:
    store.ledger.submitted("page 1", sys.argv[2])
print("claimed", flush=True)
sys.stdin.read()
"""
COMPETING = """
import sys
from notetext.store import Store
with Store(sys.argv[1]) as store:
    sys.stdin.readline()
    for number in range(100):
        if store.ledger.claim(str(number), "a reader") is None:
            print(number)
    print("done", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as store:
        yield store


def started(program: str, *arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def is_held(task: SubmittedTask | None) -> bool:
    return task is not None and task.held


def test_of_all_who_claim_a_task_one_gets_it(path: Path) -> None:
    stores = [Store(path) for _ in range(3)]
    claims = [(store, f"reader {n}") for n in range(4) for store in stores]
    with ThreadPoolExecutor(len(claims)) as pool:
        found = list(pool.map(lambda claim: claim[0].ledger.claim("page 1", claim[1]), claims))
    assert found.count(None) == 1
    assert sum(is_held(task) for task in found) == len(claims) - 1
    for store, claimant in claims:
        store.ledger.released("page 1", claimant)
        store.close()


def test_of_processes_that_claim_tasks_one_gets_each(path: Path) -> None:
    Store(path).close()
    processes = [started(COMPETING, path) for _ in range(3)]
    got: list[str] = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        assert process.stdout is not None
        got += iter(lambda out=process.stdout: out.readline().strip(), "done")  # type: ignore[misc]
    for process in processes:
        process.communicate()
    assert sorted(got, key=int) == [str(number) for number in range(100)]


def test_a_claim_ends_with_its_release(store: Store) -> None:
    assert store.ledger.claim("page 1", "one") is None
    assert is_held(store.ledger.claim("page 1", "two"))
    store.ledger.released("page 1", "two")
    assert is_held(store.ledger.find("page 1"))
    store.ledger.submitted("page 1", "id-7")
    store.ledger.released("page 1", "one")
    task = store.ledger.claim("page 1", "two")
    assert task is not None
    assert (task.task_id, task.held, task.finished) == ("id-7", False, False)


@pytest.mark.parametrize("task_id", [None, "id-7"])
def test_a_claim_ends_with_its_process(path: Path, store: Store, task_id: str | None) -> None:
    process = started(CLAIMING, path, *([task_id] if task_id else []))
    assert process.stdout is not None
    process.stdout.readline()
    assert is_held(store.ledger.find("page 1"))
    assert is_held(store.ledger.claim("page 1", "one"))
    process.kill()
    process.communicate()
    task = store.ledger.claim("page 1", "one")
    assert task is not None
    assert (task.task_id, task.held) == (task_id, False)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_a_forked_process_neither_has_nor_ends_its_parents_claim(path: Path, store: Store) -> None:
    store.ledger.claim("page 1", "one")
    child = os.fork()
    if not child:
        is_parents = is_held(store.ledger.claim("page 1", "one"))
        is_own = store.ledger.claim("page 2", "one") is None
        store.ledger.released("page 2", "one")
        store.close()
        os._exit(0 if is_parents and is_own else 1)
    assert os.waitpid(child, 0)[1] == 0
    looking = "import sys; from notetext.store import Store; "
    looking += "print(Store(sys.argv[1]).ledger.find('page 1').held)"
    ran = subprocess.run([sys.executable, "-c", looking, path], capture_output=True, check=True)
    assert ran.stdout.strip() == b"True"
    store.ledger.released("page 1", "one")


def test_an_interrupted_release_leaves_nothing_held(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    store.ledger.claim("page 1", "one")
    with monkeypatch.context() as patch:
        patch.setattr(store.ledger._database, "changes", interrupted)
        with pytest.raises(KeyboardInterrupt):
            store.ledger.released("page 1", "one")
    assert not is_held(store.ledger.find("page 1"))


def test_what_an_earlier_version_has_left_is_nobodys(path: Path, store: Store) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "INSERT INTO tasks (key, owner, intended_at) VALUES ('page 1', '4711-0123abcd', 0)"
        )
    connection.close()
    assert not is_held(store.ledger.find("page 1"))


def test_who_works_is_told_by_files_that_go_with_them(path: Path) -> None:
    folder = path.with_name("notes.db-owners")
    process = started(CLAIMING, path)
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.communicate()
    assert len(list(folder.iterdir())) == 1
    with Store(path) as store:
        assert not folder.exists()
        store.ledger.claim("page 1", "one")
        store.close()
        assert is_held(Store(path).ledger.find("page 1"))
        store.ledger.released("page 1", "one")
    assert not folder.exists()


def test_a_copy_of_a_store_is_another_claimant(store: Store) -> None:
    store.ledger.claim("page 1", "one")
    copy: Store = pickle.loads(pickle.dumps(store))
    assert is_held(copy.ledger.claim("page 1", "one"))
    copy.ledger.released("page 1", "one")
    copy.close()
    assert is_held(store.ledger.find("page 1"))

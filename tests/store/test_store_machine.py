"""The store under any course of events: runs that share it, are killed and come back."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from notetext.result import Page
from notetext.store import Store, StoredPage

pytestmark = pytest.mark.slow

RUNS = 3
runs, keys, ids = st.integers(0, RUNS - 1), st.sampled_from("abc"), st.sampled_from(["7", "8"])


@dataclass
class Task:
    """What ought to be known of a task.

    Attributes:
        owner: the run that has it, or ``None``.
        task_id: the service's name for it.
        finished: whether its result has come.
    """

    owner: object
    task_id: str | None = None
    finished: bool = False

    def is_held_for(self, ledger: object) -> bool:
        """Whether a run may not have it."""
        return self.owner is not None and self.owner is not ledger


class StoreMachine(RuleBasedStateMachine):
    """Several runs at one store, against a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        self.path = Path(self.folder) / "notes.db"
        self.stores = [Store(self.path) for _ in range(RUNS)]
        self.pages: dict[str, int] = {}
        self.tasks: dict[str, Task] = {}
        self.uncertain = 0

    @rule(run=runs, key=keys, number=st.integers(1, 9))
    def keep_a_page(self, run: int, key: str, number: int) -> None:
        page = Page(number=number, width=9, height=9, engine="x")
        self.stores[run].put(key.encode(), StoredPage(page=page))
        self.pages[key] = number

    @rule(run=runs)
    def kill_the_run(self, run: int) -> None:
        """Another takes its place, and knows nothing but the file."""
        killed = self.stores[run]
        # As the end of a process does it.
        killed.ledger._owners.leave()
        killed._database.close()
        for task in self.tasks.values():
            task.owner = None if task.owner is killed.ledger else task.owner
        self.stores[run] = Store(self.path)

    @rule(run=runs)
    def close_it_for_now(self, run: int) -> None:
        self.stores[run].close()

    @rule(run=runs, key=keys)
    def claim(self, run: int, key: str) -> None:
        ledger = self.stores[run].ledger
        found, task = ledger.claim(key, f"the reader of {key}"), self.tasks.get(key)
        if task is None:
            assert found is None
            self.tasks[key] = Task(ledger)
        else:
            assert found is not None
            assert found.held == task.is_held_for(ledger)
            if not found.held:
                task.owner = ledger

    @rule(run=runs, key=keys, uncertain=st.booleans())
    def be_about_to_submit_again(self, run: int, key: str, uncertain: bool) -> None:
        ledger = self.stores[run].ledger
        if key in self.tasks and self.tasks[key].owner is ledger:
            ledger.intend(key, uncertain=uncertain)
            self.uncertain += uncertain
            self.tasks[key] = Task(ledger)

    @rule(run=runs, key=keys)
    def release(self, run: int, key: str) -> None:
        ledger = self.stores[run].ledger
        ledger.released(key, f"the reader of {key}")
        task = self.tasks.get(key)
        if task is not None and task.owner is ledger:
            task.owner = None

    @rule(run=runs, key=keys, task_id=ids)
    def get_an_id(self, run: int, key: str, task_id: str) -> None:
        self.stores[run].ledger.submitted(key, task_id)
        if key in self.tasks:
            self.tasks[key].task_id = task_id

    @rule(run=runs, key=keys)
    def get_the_result(self, run: int, key: str) -> None:
        self.stores[run].ledger.finished(key)
        if key in self.tasks:
            self.tasks[key].finished = True

    @rule(run=runs, key=keys)
    def be_told_that_it_is_unknown(self, run: int, key: str) -> None:
        self.stores[run].ledger.lost(key)
        if key in self.tasks:
            self.tasks[key].task_id = None

    @rule(run=runs, key=keys)
    def lose_the_task(self, run: int, key: str) -> None:
        self.stores[run].ledger.withdrawn(key)
        self.tasks.pop(key, None)

    @rule(run=runs)
    def clear(self, run: int) -> None:
        self.stores[run].clear()
        self.pages.clear()
        self.tasks.clear()
        self.uncertain = 0

    @invariant()
    def every_run_knows_all_pages(self) -> None:
        for store in self.stores:
            for key in "abc":
                stored = store.get(key.encode())
                assert (stored and stored.page.number) == self.pages.get(key)

    @invariant()
    def every_run_knows_the_tasks_of_the_others(self) -> None:
        for store in self.stores:
            for key in "abc":
                task, found = self.tasks.get(key), store.ledger.find(key)
                if task is None:
                    assert found is None
                else:
                    assert found is not None
                    assert found.task_id == task.task_id
                    assert found.finished == task.finished
                    assert found.held == (task.owner is not None)
                    assert 0 <= found.age_s < 60

    @invariant()
    def what_it_tells_of_itself_is_true(self) -> None:
        info = self.stores[0].info()
        unfinished = [task for task in self.tasks.values() if not task.finished]
        assert (info.pages, info.unfinished_tasks, info.uncertain_tasks) == (
            len(self.pages),
            len(unfinished),
            self.uncertain,
        )

    def teardown(self) -> None:
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(
    max_examples=20,
    stateful_step_count=20,
)

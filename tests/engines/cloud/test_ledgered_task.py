"""What the ledger knows of a task."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from parrot import PARROT, submission

from notetext.engines.cloud.announcer import Announcer
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.events import Event, Waited, WaitFor
from notetext.engines.cloud.ledgered_task import LedgeredTask
from notetext.engines.cloud.usage import UsageCounter
from notetext.errors import (
    CancelledError,
    CloudError,
    EngineTimeoutError,
    StoreError,
    SubmissionUncertainError,
    TaskTimeoutError,
)
from notetext.store import Store
from notetext.testing import NoWaiting

ADDRESS = "https://api.parrot.example/tasks"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as store:
        yield store


def task(store: Store, content: bytes = b"picture", address: str = ADDRESS) -> LedgeredTask:
    return LedgeredTask(store.ledger, PARROT, address, submission(content))


def submit(store: Store, task_id: str | None) -> None:
    """Submits, and notes the id, if one came."""
    one = task(store)
    with one.claimed(), one.submission(UsageCounter()):
        if task_id is not None:
            one.submitted(task_id)


def known_id(store: Store, content: bytes = b"picture", address: str = ADDRESS) -> str | None:
    """The id that is known to one who claims the task."""
    one = task(store, content, address)
    with one.claimed() as mine:
        assert mine
        return one.task_id


def test_a_task_is_known_to_the_next_run_by_its_address_and_content(path: Path) -> None:
    with Store(path) as before:
        submit(before, "t7")
    with Store(path) as store:
        assert known_id(store) == "t7"
        assert known_id(store, b"another") is None
        assert known_id(store, address="https://elsewhere.example/tasks") is None


@pytest.mark.parametrize("hours", [-25, 25, 1000])
def test_a_task_is_known_however_old_the_clock_says_that_it_is(path: Path, hours: int) -> None:
    with Store(path) as before:
        submit(before, "t7")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(f"UPDATE tasks SET submitted_at = submitted_at - 3600 * {hours}")
    connection.close()
    with Store(path) as store:
        assert known_id(store) == "t7"


@pytest.mark.parametrize("how", ["no id", "lost"])
def test_what_nobody_knows_is_uncertain(path: Path, how: str) -> None:
    with Store(path) as before:
        submit(before, None if how == "no id" else "t7")
        if how == "lost":
            one = task(before)
            with one.claimed():
                one.lose()
    for _ in range(2):
        with Store(path, on_uncertain="error") as strict:
            one, counter = task(strict), UsageCounter()
            refused = pytest.raises(SubmissionUncertainError, match='on_uncertain="submit"')
            with refused as caught, one.claimed(), one.submission(counter):
                raise AssertionError("it may not be submitted")
            assert (caught.value.engine, counter.uncertain) == ("parrot", 1)
            assert strict.info().uncertain_tasks == 0
    with Store(path) as store:
        one, counter = task(store), UsageCounter()
        with one.claimed(), one.submission(counter):
            one.submitted("t8")
        assert counter.uncertain == 1
        assert store.info().uncertain_tasks == 1
        assert known_id(store) == "t8"


def test_a_result_that_came_before_and_is_gone_is_no_doubt(store: Store) -> None:
    submit(store, "t7")
    one, counter = task(store), UsageCounter()
    with one.claimed():
        one.finish()
    one = task(store)
    with one.claimed():
        one.lose()
        with one.submission(counter):
            one.submitted("t8")
    assert (counter.uncertain, store.info().uncertain_tasks) == (0, 0)


def test_one_at_a_time_has_a_task_and_the_others_wait(store: Store) -> None:
    first, second, clock = task(store), task(store), NoWaiting()
    second.wait_for_others(Deadline("parrot", clock), 60)
    with first.claimed() as mine, second.claimed() as mine_too:
        assert (mine, mine_too) == (True, False)
        first.submitted("t7")
        with pytest.raises(TaskTimeoutError, match="shares the store") as caught:
            second.wait_for_others(Deadline("parrot", clock), 60)
        assert caught.value.task_id == "t7"
        assert 60 <= sum(clock.waits) < 62
        with pytest.raises(EngineTimeoutError):
            second.wait_for_others(Deadline("parrot", clock, clock.now() + 5), 60)
        cancelled = threading.Event()
        cancelled.set()
        with pytest.raises(CancelledError):
            second.wait_for_others(Deadline("parrot", clock, cancel=cancelled), 60)
    second.wait_for_others(Deadline("parrot", clock), 0)
    assert known_id(store) == "t7"


def test_a_wait_for_others_is_told_once_and_only_if_there_is_one(store: Store) -> None:
    heard: list[Event] = []
    first, second, clock = task(store), task(store), NoWaiting()
    deadline = Deadline("parrot", clock, announcer=Announcer("parrot", heard.append))
    second.wait_for_others(deadline, 60)
    assert heard == []
    with first.claimed(), pytest.raises(TaskTimeoutError):
        second.wait_for_others(deadline, 60)
    (waited,) = heard
    assert isinstance(waited, Waited)
    assert waited.what is WaitFor.PAGE
    assert 60 <= waited.seconds < 62


@pytest.mark.parametrize(("submissions", "left"), [(0, 0), (1, 1)])
def test_only_a_submission_that_certainly_failed_is_withdrawn(
    store: Store, submissions: int, left: int
) -> None:
    counter = UsageCounter()

    def fail() -> None:
        one = task(store)
        with one.claimed(), one.submission(counter):
            counter.submissions += submissions
            raise CloudError("no", engine="parrot")

    with pytest.raises(CloudError):
        fail()
    assert store.info().unfinished_tasks + store.info().uncertain_tasks == left


def test_a_result_is_worth_more_than_its_note(
    store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    one = task(store)
    for name in ("submitted", "finished", "lost", "withdrawn", "released"):
        monkeypatch.setattr(store.ledger, name, full)
    caplog.set_level(logging.WARNING)
    with one.claimed(), one.submission(UsageCounter()):
        one.submitted("t7")
        one.finish()
        one.lose()
        one.withdraw()
    assert [record.getMessage() for record in caplog.records] == [
        "the id of the task t7 could not be noted: the disk is full",
        "a finished task could not be noted: the disk is full",
        "a task that the service does not know could not be noted: the disk is full",
        "a task without a result could not be noted: the disk is full",
        "the end of a task's work could not be noted: the disk is full",
    ]

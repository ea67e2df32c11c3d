"""What the ledger knows of a task."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from parrot import PARROT, submission

from notetext.engines.cloud.ledgered_task import LedgeredTask
from notetext.engines.cloud.usage import UsageCounter
from notetext.errors import CloudError, StoreError, SubmissionUncertainError
from notetext.store import Store

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
    with task(store).submission(UsageCounter()) as note:
        if task_id is not None:
            note(task_id)


def test_a_task_is_known_to_the_next_run_by_its_address_and_content(path: Path) -> None:
    with Store(path) as before:
        submit(before, "t7")
    with Store(path) as store:
        assert task(store).task_id() == "t7"
        assert task(store, b"another").task_id() is None
        assert task(store, address="https://elsewhere.example/tasks").task_id() is None


def test_a_task_is_known_as_long_as_the_service_keeps_its_result(path: Path) -> None:
    with Store(path) as before:
        submit(before, "t7")
    for seconds, known in ((7000, "t7"), (300, None)):
        connection = sqlite3.connect(path)
        with connection:
            connection.execute(f"UPDATE tasks SET submitted_at = submitted_at - {seconds}")
        connection.close()
        with Store(path) as store:
            assert task(store).task_id() == known


def test_an_intent_without_an_id_is_uncertain(path: Path) -> None:
    with Store(path) as before:
        submit(before, None)
    with Store(path, on_uncertain="error") as strict:
        counter = UsageCounter()
        refused = pytest.raises(SubmissionUncertainError, match='on_uncertain="submit"')
        with refused as caught, task(strict).submission(counter):
            raise AssertionError("it may not be submitted")
        assert (caught.value.engine, counter.uncertain) == ("parrot", 1)
    with Store(path) as store:
        counter = UsageCounter()
        with task(store).submission(counter) as note:
            note("t8")
        assert counter.uncertain == 1


@pytest.mark.parametrize(("submissions", "left"), [(0, 0), (1, 1)])
def test_only_a_submission_that_certainly_failed_is_withdrawn(
    store: Store, submissions: int, left: int
) -> None:
    counter = UsageCounter()

    def fail() -> None:
        with task(store).submission(counter):
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
    for name in ("submitted", "finished", "withdrawn"):
        monkeypatch.setattr(store.ledger, name, full)
    caplog.set_level(logging.WARNING)
    with one.submission(UsageCounter()) as note:
        note("t7")
    one.finish()
    one.withdraw()
    assert [record.getMessage() for record in caplog.records] == [
        "the id of the task t7 could not be noted: the disk is full",
        "a finished task could not be noted: the disk is full",
        "a task without a result could not be noted: the disk is full",
    ]

"""The engine with a ledger: a run that was killed pays for nothing twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from notetext.engines import CancelToken, Request, SubmittedTask
from notetext.engines.aspose import AsposeEngine
from notetext.errors import (
    CancelledError,
    QuotaError,
    StoreError,
    SubmissionUncertainError,
    TaskFailedError,
    TaskTimeoutError,
)
from notetext.page_image import PageImage
from notetext.store import Store
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase

MakeEngine = Callable[..., AsposeEngine]


class Killed(BaseException):
    """The end of a process, as far as one test can have it."""


class KilledInFirstWait(NoWaiting):
    """A clock on which the process is killed while it waits for its task."""

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        raise Killed


def page() -> PageImage:
    """The same small page, each time as if it had come from a file again."""
    return PageImage(np.full((30, 40), 200, np.uint8))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """The store as this run opened it."""
    with Store(path) as store:
        yield store


@pytest.fixture
def request_(by_hand: Request, store: Store) -> Request:
    """A request of this run."""
    return replace(by_hand, ledger=store.ledger)


@pytest.fixture
def before(by_hand: Request, path: Path) -> Iterator[Request]:
    """A request of the run before."""
    with Store(path) as store:
        yield replace(by_hand, ledger=store.ledger)


def test_a_page_whose_run_was_killed_is_fetched_and_not_submitted_again(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    before: Request,
    request_: Request,
) -> None:
    with pytest.raises(Killed):
        make_engine(waiting=KilledInFirstWait()).read(page(), before)
    reading = make_engine().read(page(), request_)
    assert [line.text for line in reading.lines] == ["Hello"]
    assert (reading.usage.submissions, reading.usage.looks) == (0, 1)
    assert len(server.submissions) == 1


def test_another_page_another_setting_and_another_address_are_other_tasks(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    request_: Request,
    in_print: Request,
) -> None:
    make_engine().read(page(), request_)
    make_engine().read(page().resized(20, 20), request_)
    make_engine(details=True).read(page(), request_)
    make_engine().read(page(), replace(in_print, ledger=request_.ledger))
    make_engine(base_url=server.url.replace("127.0.0.1", "localhost")).read(page(), request_)
    assert len(server.submissions) == 5


def test_an_intent_without_an_id_is_submitted_again_and_counted(
    engine: AsposeEngine,
    server: FakeAsposeServer,
    before: Request,
    request_: Request,
    store: Store,
) -> None:
    server.script(Phase.SUBMIT, Fault.reset(after_body=True))
    with pytest.raises(SubmissionUncertainError):
        engine.read(page(), before)
    reading = engine.read(page(), request_)
    assert (reading.usage.submissions, reading.usage.uncertain) == (1, 1)
    assert len(server.submissions) == 2
    assert store.info().uncertain_tasks == 1


def test_an_intent_without_an_id_may_be_an_error(
    engine: AsposeEngine, server: FakeAsposeServer, before: Request, path: Path
) -> None:
    server.script(Phase.SUBMIT, Fault.reset(after_body=True))
    with pytest.raises(SubmissionUncertainError):
        engine.read(page(), before)
    with Store(path, on_uncertain="error") as strict:
        with pytest.raises(SubmissionUncertainError, match="on_uncertain"):
            engine.read(page(), replace(before, ledger=strict.ledger))
        assert strict.info().uncertain_tasks == 0
    assert len(server.submissions) == 1


def test_an_id_older_than_a_day_is_submitted_again(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    before: Request,
    request_: Request,
    path: Path,
) -> None:
    with pytest.raises(Killed):
        make_engine(waiting=KilledInFirstWait()).read(page(), before)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("UPDATE tasks SET submitted_at = submitted_at - 86401")
    connection.close()
    reading = make_engine().read(page(), request_)
    assert (reading.usage.submissions, reading.usage.uncertain) == (1, 0)
    assert len(server.submissions) == 2


def test_an_id_that_the_service_no_longer_knows_is_submitted_again(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    before: Request,
    request_: Request,
) -> None:
    with pytest.raises(Killed):
        make_engine(waiting=KilledInFirstWait()).read(page(), before)
    server.script(Phase.LOOK, Fault.not_exist())
    reading = make_engine().read(page(), request_)
    assert [line.text for line in reading.lines] == ["Hello"]
    assert len(server.submissions) == 2


def test_a_task_that_was_too_slow_is_fetched_by_the_next_run(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    before: Request,
    request_: Request,
) -> None:
    server.script(Phase.LOOK, Fault.pending(looks=50))
    with pytest.raises(TaskTimeoutError):
        make_engine(task_timeout_s=5).read(page(), before)
    server.script(Phase.LOOK, None)
    make_engine().read(page(), request_)
    assert len(server.submissions) == 1


@pytest.mark.parametrize(
    ("phase", "fault", "error"),
    [
        (Phase.SUBMIT, Fault.answer(402, "no credits"), QuotaError),
        (Phase.LOOK, Fault.task_error("too dark"), TaskFailedError),
    ],
    ids=["refused", "failed"],
)
def test_a_task_that_gives_no_result_leaves_nothing_behind(
    engine: AsposeEngine,
    server: FakeAsposeServer,
    request_: Request,
    store: Store,
    phase: Phase,
    fault: Fault,
    error: type[Exception],
) -> None:
    server.script(phase, fault)
    with pytest.raises(error):
        engine.read(page(), request_)
    assert store.info().unfinished_tasks == 0


def test_a_task_that_was_deleted_for_a_caller_who_gave_up_is_forgotten(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    request_: Request,
    path: Path,
) -> None:
    class Flag:
        def is_set(self) -> bool:
            return bool(server.requests_for(Phase.SUBMIT))

    with pytest.raises(CancelledError):
        make_engine().read(page(), replace(request_, cancel=Flag()))
    assert len(server.deleted) == 1
    with Store(path) as store:
        assert store.info().unfinished_tasks == 0


def test_nothing_is_submitted_if_it_cannot_be_noted(
    engine: AsposeEngine, server: FakeAsposeServer, by_hand: Request, path: Path
) -> None:
    class Full:
        on_uncertain = Store(path).ledger.on_uncertain

        def find(self, key: str) -> SubmittedTask | None:
            return None

        def intend(self, key: str) -> None:
            raise StoreError("the disk is full")

        submitted = finished = withdrawn = intend

    with pytest.raises(StoreError, match="the disk is full"):
        engine.read(page(), replace(by_hand, ledger=Full()))  # type: ignore[arg-type]
    assert server.submissions == []

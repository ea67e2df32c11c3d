"""The engine with a ledger: a run that was killed pays for nothing twice."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from notetext.engines import CancelToken, Reading, Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import (
    QuotaError,
    StoreError,
    SubmissionUncertainError,
    TaskFailedError,
    TaskTimeoutError,
)
from notetext.page_image import PageImage
from notetext.store import Store
from notetext.store.ledger import StoredLedger
from notetext.testing import FakeAsposeServer, Fault, NoWaiting, Phase

MakeEngine = Callable[..., AsposeEngine]


class Killed(BaseException):
    """The end of a process, as far as one test can have it."""


class KilledInFirstWait(NoWaiting):
    """A clock on which the process is killed while it waits for its task."""

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        raise Killed


@pytest.fixture
def before(by_hand: Request, path: Path) -> Iterator[Request]:
    """A request of the run before."""
    with Store(path) as store:
        yield replace(by_hand, ledger=store.ledger)


def test_a_page_whose_run_was_killed_is_fetched_and_not_submitted_again(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    before: Request,
    noted: Request,
    caplog: pytest.LogCaptureFixture,
    page: PageImage,
    page_again: PageImage,
) -> None:
    with pytest.raises(Killed):
        make_engine(waiting=KilledInFirstWait()).read(page, before)
    with caplog.at_level(logging.INFO, "notetext"):
        reading = make_engine().read(page_again, noted)
    assert [line.text for line in reading.lines] == ["Hello"]
    assert (reading.usage.submissions, reading.usage.looks) == (0, 1)
    assert len(server.submissions) == 1
    assert "which was submitted before" in caplog.text


def test_another_page_another_setting_and_another_address_are_other_tasks(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    noted: Request,
    in_print: Request,
    page: PageImage,
    page_again: PageImage,
) -> None:
    make_engine().read(page, noted)
    make_engine().read(page_again.resized(20, 20), noted)
    make_engine(details=True).read(page_again, noted)
    make_engine().read(page_again, replace(in_print, ledger=noted.ledger))
    make_engine(base_url=server.url.replace("127.0.0.1", "localhost")).read(page_again, noted)
    assert len(server.submissions) == 5


def test_an_intent_without_an_id_is_submitted_again_and_counted(
    engine: AsposeEngine,
    server: FakeAsposeServer,
    before: Request,
    noted: Request,
    store: Store,
    page: PageImage,
    page_again: PageImage,
) -> None:
    server.script(Phase.SUBMIT, Fault.reset(after_body=True))
    with pytest.raises(SubmissionUncertainError):
        engine.read(page, before)
    reading = engine.read(page_again, noted)
    assert (reading.usage.submissions, reading.usage.uncertain) == (1, 1)
    assert len(server.submissions) == 2
    assert store.info().uncertain_tasks == 1


def test_an_intent_without_an_id_may_be_an_error(
    engine: AsposeEngine,
    server: FakeAsposeServer,
    before: Request,
    path: Path,
    page: PageImage,
    page_again: PageImage,
) -> None:
    server.script(Phase.SUBMIT, Fault.reset(after_body=True))
    with pytest.raises(SubmissionUncertainError):
        engine.read(page, before)
    with Store(path, on_uncertain="error") as strict:
        with pytest.raises(SubmissionUncertainError, match="on_uncertain"):
            engine.read(page_again, replace(before, ledger=strict.ledger))
        assert strict.info().uncertain_tasks == 0
    assert len(server.submissions) == 1


@pytest.mark.parametrize("hours", [-25, 25])
def test_a_clock_that_jumps_costs_a_poll_and_no_submission(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    before: Request,
    noted: Request,
    path: Path,
    hours: int,
    page: PageImage,
    page_again: PageImage,
) -> None:
    with pytest.raises(Killed):
        make_engine(waiting=KilledInFirstWait()).read(page, before)
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(f"UPDATE tasks SET submitted_at = submitted_at - 3600 * {hours}")
    connection.close()
    reading = make_engine().read(page_again, noted)
    assert (reading.usage.submissions, reading.usage.looks) == (0, 1)
    assert len(server.submissions) == 1


def test_an_id_that_the_service_no_longer_knows_is_submitted_again_and_counted(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    before: Request,
    noted: Request,
    store: Store,
    page: PageImage,
    page_again: PageImage,
) -> None:
    with pytest.raises(Killed):
        make_engine(waiting=KilledInFirstWait()).read(page, before)
    server.script(Phase.LOOK, Fault.not_exist().repeated(4))
    reading = make_engine().read(page_again, noted)
    assert [line.text for line in reading.lines] == ["Hello"]
    assert (reading.usage.submissions, reading.usage.uncertain) == (1, 1)
    assert len(server.submissions) == 2
    assert store.info().uncertain_tasks == 1


def test_an_id_that_the_service_does_not_know_once_is_fetched(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    before: Request,
    noted: Request,
    page: PageImage,
    page_again: PageImage,
) -> None:
    with pytest.raises(Killed):
        make_engine(waiting=KilledInFirstWait()).read(page, before)
    server.script(Phase.LOOK, Fault.answer(404), Fault.not_exist())
    reading = make_engine().read(page_again, noted)
    assert (reading.usage.submissions, reading.usage.looks) == (0, 3)
    assert len(server.submissions) == 1


@pytest.mark.parametrize("fault", [Fault.not_exist(), Fault.answer(404)])
def test_a_task_that_is_lost_right_after_its_submission_does_not_block_its_page(
    engine: AsposeEngine,
    server: FakeAsposeServer,
    noted: Request,
    store: Store,
    fault: Fault,
    page: PageImage,
    page_again: PageImage,
) -> None:
    server.script(Phase.LOOK, fault.repeated(4))
    with pytest.raises(TaskFailedError, match="does not know it") as caught:
        engine.read(page, noted)
    assert caught.value.usage is not None
    assert caught.value.usage.uncertain == 1
    reading = engine.read(page_again, noted)
    assert (reading.usage.submissions, reading.usage.uncertain) == (1, 1)
    assert store.info().uncertain_tasks == 1


@pytest.mark.parametrize("how", ["reset", "lost"])
def test_with_on_uncertain_error_nothing_is_paid_again_in_the_same_process_either(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    by_hand: Request,
    path: Path,
    how: str,
    page: PageImage,
) -> None:
    if how == "reset":
        server.script(Phase.SUBMIT, Fault.reset(after_body=True))
    else:
        server.script(Phase.LOOK, Fault.not_exist().repeated(4))
    with Store(path, on_uncertain="error") as strict:
        request = replace(by_hand, ledger=strict.ledger)
        # The ledger's word is the last.
        engine = make_engine(resubmit=True)
        for number in range(3):
            kind = TaskFailedError if how == "lost" and not number else SubmissionUncertainError
            with pytest.raises(kind):
                engine.read(PageImage(page.pixels), request)
    assert len(server.submissions) == 1


def test_a_task_that_was_too_slow_is_fetched_by_the_next_run(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    before: Request,
    noted: Request,
    page: PageImage,
    page_again: PageImage,
) -> None:
    server.script(Phase.LOOK, Fault.pending(looks=50))
    with pytest.raises(TaskTimeoutError):
        make_engine(task_timeout_s=5).read(page, before)
    server.script(Phase.LOOK, None)
    make_engine().read(page_again, noted)
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
    noted: Request,
    store: Store,
    phase: Phase,
    fault: Fault,
    error: type[Exception],
    page: PageImage,
) -> None:
    server.script(phase, fault)
    with pytest.raises(error):
        engine.read(page, noted)
    assert store.info().unfinished_tasks == 0


def test_two_runs_that_want_a_page_at_once_pay_for_it_once(
    make_engine: MakeEngine, by_hand: Request, path: Path, page: PageImage
) -> None:
    stores = [Store(path) for _ in range(3)]
    with FakeAsposeServer("Hello", ready_after_s=0.3) as server:
        engines = [make_engine(base_url=server.url, waiting=None) for _ in stores]

        def read(number: int) -> Reading:
            ledger = stores[number % 3].ledger
            return engines[number % 3].read(PageImage(page.pixels), replace(by_hand, ledger=ledger))

        with ThreadPoolExecutor(6) as pool:
            readings = list(pool.map(read, range(6)))
        assert len(server.submissions) == 1
    assert [reading.lines[0].text for reading in readings] == ["Hello"] * 6
    # The others wait until it is there, and fetch it with one poll each.
    assert sorted(reading.usage.submissions for reading in readings) == [0] * 5 + [1]
    assert [reading.usage.looks for reading in readings if not reading.usage.submissions] == [1] * 5
    for store in stores:
        store.close()


def test_what_was_asked_to_be_cancelled_is_deleted_and_uncertain(
    make_engine: MakeEngine,
    server: FakeAsposeServer,
    before: Request,
    noted: Request,
    page: PageImage,
    page_again: PageImage,
) -> None:
    with pytest.raises(Killed):
        make_engine(waiting=KilledInFirstWait()).read(page, before)
    engine = make_engine()
    assert isinstance(noted.ledger, StoredLedger)
    (task_id,) = noted.ledger.unfinished()
    engine.cancel(task_id)
    engine.cancel(task_id)
    assert server.deleted == [task_id, task_id]
    assert engine.read(page_again, noted).usage.uncertain == 1


def test_nothing_is_submitted_if_it_cannot_be_noted(
    engine: AsposeEngine,
    server: FakeAsposeServer,
    noted: Request,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    page: PageImage,
) -> None:
    def full(*_: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr(store.ledger, "claim", full)
    with pytest.raises(StoreError, match="the disk is full"):
        engine.read(page, noted)
    assert server.submissions == []

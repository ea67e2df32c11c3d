"""A second service's tasks, from their submission to their result."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from parrot import Parrot, ParrotServer, submission

from notetext.engines import CancelToken, Request
from notetext.engines.cloud.usage import UsageCounter
from notetext.errors import CancelledError, TaskFailedError, TaskTimeoutError
from notetext.store import Store
from notetext.testing import Fault, NoWaiting, Phase, ReceivedRequest

MakeParrot = Callable[..., Parrot]


class Cancelling(NoWaiting):
    """A clock on which the caller cancels in the first wait."""

    def __init__(self) -> None:
        super().__init__()
        self.token = threading.Event()

    def wait(self, seconds: float, cancel: CancelToken | None) -> None:
        super().wait(seconds, cancel)
        self.token.set()


def test_a_task_is_waited_for(server: ParrotServer, parrot: Parrot, request_: Request) -> None:
    server.script(Phase.LOOK, Fault.pending(looks=3), Fault.task_status("moulting"))
    counter = UsageCounter()
    assert parrot.tasks.result(submission(), request_, counter) == "Hello"
    assert (counter.submissions, counter.polls) == (1, 5)


def test_a_task_that_failed_tells_the_services_words(
    server: ParrotServer, parrot: Parrot, request_: Request
) -> None:
    server.script(Phase.LOOK, Fault.task_error("too loud"))
    with pytest.raises(TaskFailedError, match="too loud") as caught:
        parrot.tasks.result(submission(), request_, UsageCounter())
    assert caught.value.engine == "parrot"


def test_a_task_that_was_too_slow_is_resumed(make_parrot: MakeParrot, request_: Request) -> None:
    ready = threading.Event()

    def pending(request: ReceivedRequest) -> Fault | None:
        return Fault.pending() if request.phase is Phase.LOOK and not ready.is_set() else None

    with ParrotServer("At last", on_request=pending) as server:
        parrot = make_parrot(url=server.url)
        with pytest.raises(TaskTimeoutError, match=r"for up to 2 hours: engine\.resume") as caught:
            parrot.tasks.result(submission(), request_, UsageCounter())
        ready.set()
        assert caught.value.task_id is not None
        counter = UsageCounter()
        assert parrot.tasks.resume(caught.value.task_id, None, counter) == "At last"
        assert (counter.submissions, counter.polls) == (0, 1)


def test_the_task_of_a_caller_who_gave_up_is_deleted(
    server: ParrotServer, make_parrot: MakeParrot, request_: Request
) -> None:
    clock = Cancelling()
    parrot = make_parrot(clock=clock)
    with pytest.raises(CancelledError):
        parrot.tasks.result(submission(), replace(request_, cancel=clock.token), UsageCounter())
    assert len(server.deleted) == 1
    assert server.submissions == []


def test_with_a_ledger_it_is_kept(
    server: ParrotServer, make_parrot: MakeParrot, request_: Request, tmp_path: Path
) -> None:
    clock, counter = Cancelling(), UsageCounter()
    with Store(tmp_path / "notes.db") as store:
        noted = replace(request_, ledger=store.ledger)
        with pytest.raises(CancelledError):
            make_parrot(clock=clock).tasks.result(
                submission(), replace(noted, cancel=clock.token), counter
            )
        assert make_parrot().tasks.result(submission(), noted, counter) == "Hello"
    assert (counter.submissions, server.deleted) == (1, [])


def test_a_task_is_deleted_for_those_who_ask_for_that(server: ParrotServer, parrot: Parrot) -> None:
    parrot.tasks.cancel("7")
    assert server.deleted == ["7"]


def test_a_task_that_is_unknown_is_a_failed_one_and_in_doubt(
    server: ParrotServer, parrot: Parrot, request_: Request
) -> None:
    server.script(Phase.LOOK, Fault.not_exist().repeated(8))
    counter = UsageCounter()
    with pytest.raises(TaskFailedError, match="older than 2 hours") as caught:
        parrot.tasks.result(submission(), request_, counter)
    assert type(caught.value) is TaskFailedError
    assert (counter.submissions, counter.polls, counter.uncertain) == (1, 4, 1)
    with pytest.raises(TaskFailedError) as caught:
        parrot.tasks.resume("7", None, counter)
    assert type(caught.value) is TaskFailedError


def test_what_was_paid_before_is_fetched_and_not_submitted_again(
    server: ParrotServer, make_parrot: MakeParrot, request_: Request, tmp_path: Path
) -> None:
    server.script(Phase.LOOK, Fault.answer(400))
    counter = UsageCounter()
    for number in range(2):
        with Store(tmp_path / "notes.db") as store:
            noted = replace(request_, ledger=store.ledger)
            parrot = make_parrot()
            if number == 0:
                with pytest.raises(Exception, match="400"):
                    parrot.tasks.result(submission(), noted, counter)
            else:
                assert parrot.tasks.result(submission(), noted, counter) == "Hello"
                assert store.info().unfinished_tasks == 0
    assert counter.submissions == len(server.submissions) == 1

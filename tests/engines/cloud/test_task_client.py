"""The requests of a task: what is made again, what is counted, what is spent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from parrot import Parrot, ParrotApi, ParrotServer, Said, submission

from notetext.engines import Budget
from notetext.engines.cloud.base64_body import Base64Body
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.rate_limit import RateLimit
from notetext.engines.cloud.usage import UsageCounter
from notetext.errors import (
    AuthenticationError,
    BadResponseError,
    CloudError,
    EngineTimeoutError,
    QuotaError,
    SubmissionUncertainError,
)
from notetext.store import Store
from notetext.testing import Fault, NoWaiting, Phase

API = ParrotApi()
MakeParrot = Callable[..., Parrot]


def submit(parrot: Parrot, counter: UsageCounter | None = None) -> str:
    return parrot.task_client.submit(
        API.submission(submission()), API.task_id, parrot.deadline, counter or UsageCounter()
    )


def poll(parrot: Parrot, task_id: str, counter: UsageCounter | None = None) -> Said:
    return parrot.task_client.poll(
        API.poll(task_id), API.progress, task_id, parrot.deadline, counter or UsageCounter()
    )


def cancel(parrot: Parrot, task_id: str) -> None:
    parrot.task_client.cancel(API.cancellation(task_id), task_id, parrot.deadline)


def test_what_is_submitted_is_what_the_service_takes(
    server: ParrotServer, parrot: Parrot, body: Base64Body
) -> None:
    task_id = submit(parrot)
    assert server.submissions == [b"picture"]
    assert poll(parrot, task_id) == Said("said", "Hello")
    cancel(parrot, task_id)
    assert server.deleted == [task_id]
    assert server.submissions == []


def test_a_submission_is_counted_once_however_often_it_was_refused(
    server: ParrotServer, parrot: Parrot
) -> None:
    server.script(Phase.SUBMIT, Fault.rate_limited(seconds=1).repeated(2))
    counter = UsageCounter()
    submit(parrot, counter)
    assert (counter.submissions, counter.uncertain) == (1, 0)
    assert len(server.requests_for(Phase.SUBMIT)) == 3


def test_what_is_uncertain_is_counted_and_not_sent_again(
    server: ParrotServer, parrot: Parrot
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(500, processed=True))
    counter = UsageCounter()
    with pytest.raises(SubmissionUncertainError):
        submit(parrot, counter)
    assert (counter.submissions, counter.uncertain) == (1, 1)


def test_it_is_sent_again_for_a_caller_who_would_rather_pay_twice(
    server: ParrotServer, make_parrot: MakeParrot
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(500, processed=True))
    counter = UsageCounter()
    submit(make_parrot(resubmit=True), counter)
    assert (counter.submissions, counter.uncertain) == (2, 1)


def test_only_what_may_cost_is_taken_from_the_budget(
    server: ParrotServer, make_parrot: MakeParrot
) -> None:
    parrot = make_parrot(budget=Budget(1))
    server.script(Phase.SUBMIT, Fault.answer(400), Fault.expired_token())
    server.script(Phase.TOKEN, None, Fault.invalid_client())
    with pytest.raises(CloudError, match="400"):
        submit(parrot)
    # The token that was to be renewed does not come.
    with pytest.raises(AuthenticationError):
        submit(parrot)
    parrot = make_parrot(budget=Budget(1))
    submit(parrot)
    with pytest.raises(QuotaError, match="max_submissions=1"):
        submit(parrot)
    assert len(server.submissions) == 1


def test_nothing_is_submitted_after_the_deadline_however_long_the_turn_took(
    server: ParrotServer, make_parrot: MakeParrot, clock: NoWaiting
) -> None:
    parrot = make_parrot(rate_limit=RateLimit(requests_per_second=0.1, max_in_flight=None))
    parrot.tokens.token(parrot.deadline)
    until = Deadline("parrot", clock, clock.now() + 5)
    with pytest.raises(EngineTimeoutError, match="not submitted in time"):
        parrot.task_client.submit(API.submission(submission()), API.task_id, until, UsageCounter())
    assert server.submissions == []


def test_nor_after_a_token_was_renewed(
    server: ParrotServer, make_parrot: MakeParrot, clock: NoWaiting
) -> None:
    parrot = make_parrot(rate_limit=RateLimit(requests_per_second=0.1, max_in_flight=None))
    parrot.tokens.token(parrot.deadline)
    server.script(Phase.SUBMIT, Fault.expired_token())
    until = Deadline("parrot", clock, clock.now() + 15)
    with pytest.raises(EngineTimeoutError, match=r"not submitted in time|no time left"):
        parrot.task_client.submit(API.submission(submission()), API.task_id, until, UsageCounter())
    assert server.submissions == []


def test_a_ledger_that_wants_nothing_paid_twice_has_the_last_word(
    server: ParrotServer, make_parrot: MakeParrot, tmp_path: Path
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(500, processed=True))
    parrot = make_parrot(resubmit=True)
    with (
        Store(tmp_path / "notes.db", on_uncertain="error") as store,
        pytest.raises(SubmissionUncertainError),
    ):
        parrot.task_client.submit(
            API.submission(submission()),
            API.task_id,
            parrot.deadline,
            UsageCounter(),
            store.ledger,
        )
    assert len(server.submissions) == 1


def test_a_garbled_poll_is_repeated_and_each_one_counted(
    server: ParrotServer, parrot: Parrot
) -> None:
    task_id = submit(parrot)
    server.script(Phase.LOOK, Fault.answer(200, "kraa"), Fault.truncated_json())
    counter = UsageCounter()
    assert poll(parrot, task_id, counter).text == "Hello"
    assert counter.polls == 3
    server.script(Phase.LOOK, Fault.answer(200, "kraa").repeated(4))
    with pytest.raises(BadResponseError, match="no word of a parrot"):
        poll(parrot, task_id)


@pytest.mark.parametrize("status", [404, 410])
def test_a_task_that_is_gone_need_not_be_cancelled(
    server: ParrotServer, parrot: Parrot, status: int
) -> None:
    server.script(Phase.CANCEL, Fault.answer(status))
    cancel(parrot, "7")


def test_a_service_without_tasks_answers_a_submission_with_the_text(
    server: ParrotServer, parrot: Parrot
) -> None:
    server.script(Phase.SUBMIT, Fault.answer(200, "Hello at once", processed=True))
    counter = UsageCounter()
    text = parrot.task_client.submit(
        API.submission(submission()), lambda answer: answer.body.decode(), parrot.deadline, counter
    )
    assert (text, counter.submissions) == ("Hello at once", 1)

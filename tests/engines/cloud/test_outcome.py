"""What an answer means, and what none means."""

from __future__ import annotations

import pytest
from parrot import PARROT

from notetext.engines.cloud.no_answer import NoAnswerError
from notetext.engines.cloud.outcome import (
    Outcome,
    failure_of,
    is_refusal,
    submission_failure,
    succeeded,
    token_failure,
)
from notetext.engines.cloud.retry import TransientError
from notetext.engines.cloud.transport import Answer
from notetext.errors import (
    AuthenticationError,
    BadResponseError,
    CloudError,
    EngineUnavailableError,
    NoteTextError,
    QuotaError,
    RateLimitError,
    ServerError,
    SubmissionUncertainError,
    TaskTimeoutError,
)

NOT_SENT = NoAnswerError("the connection was refused", sent=False)
SENT = NoAnswerError("the connection broke", sent=True)


def answer(
    status: int,
    retry_after: str | None = None,
    *,
    whole: bool = True,
    body: str = '{"title": "So it is"}',
) -> Answer:
    headers = {} if retry_after is None else {"Retry-After": retry_after}
    return Answer(status, headers, body.encode(), whole)


def told(failure: Exception) -> tuple[type[Exception], bool]:
    """The error, and whether the request is made again."""
    if isinstance(failure, TransientError):
        return type(failure.error), True
    return type(failure), False


@pytest.mark.parametrize(
    ("outcome", "submission", "other"),
    [
        (NOT_SENT, (EngineUnavailableError, True), (EngineUnavailableError, True)),
        (SENT, (SubmissionUncertainError, False), (EngineUnavailableError, True)),
        (answer(408), (SubmissionUncertainError, False), (ServerError, True)),
        (answer(500), (SubmissionUncertainError, False), (ServerError, True)),
        (answer(503), (SubmissionUncertainError, False), (ServerError, True)),
        (answer(503, "7"), (ServerError, True), (ServerError, True)),
        (answer(503, "99"), (ServerError, False), (ServerError, False)),
        (answer(429), (RateLimitError, True), (RateLimitError, True)),
        (answer(429, "99"), (RateLimitError, False), (RateLimitError, False)),
        (answer(200, whole=False), (SubmissionUncertainError, False), (BadResponseError, False)),
        (answer(307), (BadResponseError, False), (BadResponseError, False)),
        (answer(400), (CloudError, False), (CloudError, False)),
        (answer(401), (AuthenticationError, False), (AuthenticationError, False)),
        (answer(402), (QuotaError, False), (QuotaError, False)),
        (answer(403), (QuotaError, False), (QuotaError, False)),
        (answer(413), (CloudError, False), (CloudError, False)),
    ],
    ids=str,
)
def test_what_may_have_been_done_is_not_done_again_where_it_costs(
    outcome: Outcome, submission: tuple[type[Exception], bool], other: tuple[type[Exception], bool]
) -> None:
    assert told(submission_failure(outcome, PARROT, "sing", 60, resubmit=False)) == submission
    assert told(failure_of(outcome, PARROT, "sing", 60)) == other


def test_a_caller_may_want_what_is_uncertain_to_be_done_again() -> None:
    failure = submission_failure(SENT, PARROT, "sing", 60, resubmit=True)
    assert told(failure) == (SubmissionUncertainError, True)
    assert "ParrotEngine(resubmit=True) does that" in str(failure)


def test_a_permanent_failure_is_not_tried_again() -> None:
    untrusted = NoAnswerError("no trust", sent=False, permanent=True)
    assert told(failure_of(untrusted, PARROT, "sing", 60)) == (EngineUnavailableError, False)


@pytest.mark.parametrize("outcome", [SENT, answer(500)], ids=str)
def test_an_error_about_a_task_leads_back_to_it(outcome: Outcome) -> None:
    failure = failure_of(outcome, PARROT, "sing", 60, "t7")
    assert isinstance(failure, TransientError)
    assert isinstance(failure.error, TaskTimeoutError | ServerError)
    assert failure.error.message.endswith("; the task goes on there: engine.resume('t7')")
    assert (failure.error.engine, failure.error.task_id) == ("parrot", "t7")


def test_the_services_words_and_pause_are_told() -> None:
    failure = failure_of(answer(429, "7"), PARROT, "sing", 60)
    assert isinstance(failure, TransientError)
    assert failure.retry_after_s == 7
    assert str(failure) == "the service answered 429 when asked to sing: So it is"


@pytest.mark.parametrize("status", [400, 401, 403])
def test_refused_credentials_are_told_with_the_services_advice(status: int) -> None:
    failure = token_failure(answer(status), PARROT, 60, proven=False)
    assert isinstance(failure, AuthenticationError)
    assert str(failure) == "the service refused the credentials (So it is): ask the parrot"


OAUTH = '{"error": "invalid_client", "error_description": "no"}'
BUSY = '{"error": "temporarily_unavailable"}'
PAGE = "\r\n <!DOCTYPE html><title>403 Forbidden</title>"


@pytest.mark.parametrize("status", [400, 401, 403])
@pytest.mark.parametrize(
    ("body", "refused_at_first", "refused_once_proven"),
    [
        (OAUTH, True, True),
        ('{"error": "unauthorized_client"}', True, True),
        (BUSY, False, False),
        (PAGE, False, False),
        ('{"title": "Bad Request"}', True, False),
        ('{"error": {"code": 7}}', True, False),
        ("Access denied by policy", True, False),
        ("", True, False),
    ],
)
def test_what_a_proxy_may_say_is_no_verdict_on_credentials(
    status: int, body: str, refused_at_first: bool, refused_once_proven: bool
) -> None:
    for proven, refused in ((False, refused_at_first), (True, refused_once_proven)):
        failure = token_failure(answer(status, body=body), PARROT, 60, proven=proven)
        expected = (AuthenticationError, False) if refused else (ServerError, True)
        assert told(failure) == expected
        assert ("not in doubt" in str(failure)) is not refused


def test_a_proxy_may_ask_for_a_pause() -> None:
    for asked, again in (("7", True), ("99", False)):
        failure = token_failure(answer(403, asked, body=PAGE), PARROT, 60, proven=True)
        assert told(failure) == (ServerError, again)


def test_no_token_for_another_reason_is_as_any_failure() -> None:
    for proven in (True, False):
        assert told(token_failure(answer(502), PARROT, 60, proven=proven)) == (ServerError, True)
        assert told(token_failure(answer(404), PARROT, 60, proven=proven)) == (CloudError, False)


def test_success_is_a_whole_answer() -> None:
    assert succeeded(answer(202))
    assert not succeeded(answer(200, whole=False))
    assert not succeeded(answer(304))
    assert is_refusal(answer(503, "1"))
    assert not is_refusal(answer(503, "soon"))


def test_every_error_is_one_of_ours() -> None:
    for status in range(300, 600):
        failure = failure_of(answer(status), PARROT, "sing", 60)
        error = failure.error if isinstance(failure, TransientError) else failure
        assert isinstance(error, NoteTextError)

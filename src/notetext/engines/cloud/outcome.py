"""What a refusal or a silence means: not sent, maybe processed, or answered.

====================================================  ===================  ======================
what came of a request                                a submission         anything else
====================================================  ===================  ======================
not sent (refused, DNS, TLS, connect time-out)        again                again
sent, and no whole answer                             uncertain            again
408, 500, 502, 504, 503 without ``Retry-After``       uncertain            again
429, 503 with ``Retry-After``                         again, after that    again, after that
401, 403                                              once more with a new token
3xx                                                   `BadResponseError`   `BadResponseError`
other 4xx                                             an error             an error
====================================================  ===================  ======================

A 400, 401 or 403 of the token endpoint refuses the credentials if its body is an error of OAuth, or
if they have never worked and it is no page of HTML. Else a proxy may have said it, and it may pass.
"""

from __future__ import annotations

from typing import TypeAlias

from notetext.engines.cloud.no_answer import NoAnswerError
from notetext.engines.cloud.problem import json_of, problem
from notetext.engines.cloud.request_id import request_id
from notetext.engines.cloud.retry import TransientError, retry_after_s
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.transport import Answer
from notetext.errors import (
    AuthenticationError,
    BadResponseError,
    CloudError,
    EngineTimeoutError,
    EngineUnavailableError,
    NoteTextError,
    QuotaError,
    RateLimitError,
    ServerError,
    SubmissionUncertainError,
    TaskTimeoutError,
)

_OAUTH_REFUSALS = frozenset(
    {
        "access_denied",
        "invalid_client",
        "invalid_grant",
        "invalid_request",
        "invalid_scope",
        "unauthorized_client",
        "unsupported_grant_type",
    }
)
"""Of RFC 6749, 5.2; ``access_denied`` is what some services say besides."""

_OAUTH_FAILURES = frozenset({"server_error", "temporarily_unavailable"})

Outcome: TypeAlias = Answer | NoAnswerError
"""What came of a request."""


def succeeded(answer: Answer) -> bool:
    """Whether the service did what it was asked."""
    return 200 <= answer.status < 300 and answer.whole


def is_refusal(answer: Answer) -> bool:
    """Whether the service certainly did nothing, although it may later."""
    return answer.status == 429 or (answer.status == 503 and _pause(answer) is not None)


def failure_of(
    outcome: Outcome,
    service: Service,
    doing: str,
    max_pause_s: float,
    task_id: str | None = None,
) -> NoteTextError | TransientError:
    """The error that a request ends in when it may be repeated without harm.

    Args:
        outcome: an answer that is no success, or none.
        service: whom it came from.
        doing: what was asked, for the message: "submit the page".
        max_pause_s: a longer ``Retry-After`` is not waited for.
        task_id: the task that it was about.
    """
    if isinstance(outcome, NoAnswerError):
        return _unreachable(outcome, service, doing, task_id)
    status = outcome.status
    error: CloudError
    reason = problem(outcome) or "no reason given"
    said = f"the service answered {status} when asked to {doing}: {reason}"
    resumable = _going_on(service, task_id) if task_id else ""
    if status in {408, 429} or status >= 500:
        pause = _pause(outcome)
        if status == 429:
            error = RateLimitError(
                said + resumable,
                engine=service.engine,
                task_id=task_id,
                status_code=status,
                retry_after_s=pause,
            )
        else:
            error = ServerError(
                said + resumable, engine=service.engine, task_id=task_id, status_code=status
            )
        error.about_request(request_id(outcome))
        return error if pause is not None and pause > max_pause_s else TransientError(error, pause)
    kind: type[CloudError] = CloudError
    advice = ""
    if not outcome.whole:
        kind, advice = BadResponseError, "; the answer is longer than allowed"
    elif status < 400:
        kind, advice = BadResponseError, "; redirects are not followed, check base_url"
    elif status == 401:
        kind, advice = AuthenticationError, "; even with a new token, so check the application"
    elif status in {402, 403}:
        kind, advice = QuotaError, "; the account's quota is used up, or it lacks the right"
    elif status == 413:
        advice = "; send a smaller picture, such as one resized by a preprocessor"
    error = kind(said + advice, engine=service.engine, task_id=task_id, status_code=status)
    return error.about_request(request_id(outcome))


def submission_failure(
    outcome: Outcome, service: Service, doing: str, max_pause_s: float, *, resubmit: bool
) -> NoteTextError | TransientError:
    """The error that a submission ends in: what may have been processed is not repeated.

    Args:
        outcome: an answer that is no success, or none.
        service: whom it came from.
        doing: what was asked, for the message.
        max_pause_s: a longer ``Retry-After`` is not waited for.
        resubmit: the caller would rather pay twice than miss the page.
    """
    if isinstance(outcome, NoAnswerError):
        uncertain, reason, status = outcome.sent, str(outcome), None
    else:
        status = outcome.status
        taken = status < 300 or status == 408 or status >= 500
        uncertain = taken and not is_refusal(outcome)
        reason = f"it answered {status} ({problem(outcome) or 'no reason given'})"
    if not uncertain:
        return failure_of(outcome, service, doing, max_pause_s)
    error = SubmissionUncertainError(
        f"nobody can tell whether the service took the task when asked to {doing}: {reason}. "
        f"Sending it again may cost twice; {service.resubmitting} does that",
        engine=service.engine,
        status_code=status,
    )
    if not isinstance(outcome, NoAnswerError):
        error.about_request(request_id(outcome))
    return TransientError(error) if resubmit else error


def token_failure(
    outcome: Outcome, service: Service, max_pause_s: float, *, proven: bool
) -> NoteTextError | TransientError:
    """The error that a request for a token ends in.

    Args:
        outcome: an answer that is no success, or none.
        service: whom it came from.
        max_pause_s: a longer ``Retry-After`` is not waited for.
        proven: the credentials have worked before.

    Returns:
        An `AuthenticationError` if the service refused the credentials.
    """
    if isinstance(outcome, NoAnswerError) or outcome.status not in {400, 401, 403}:
        return failure_of(outcome, service, "give a token", max_pause_s)
    said = problem(outcome)
    if _refuses_credentials(outcome, proven=proven):
        return AuthenticationError(
            f"the service refused the credentials ({said or outcome.status}): "
            + service.refused_credentials,
            engine=service.engine,
            status_code=outcome.status,
        ).about_request(request_id(outcome))
    error = ServerError(
        f"the service was asked to give a token, and the answer, {outcome.status}, may be a "
        f"proxy's ({said or 'no reason given'}); look at HTTPS_PROXY, or try later: the "
        "credentials are not in doubt",
        engine=service.engine,
        status_code=outcome.status,
    ).about_request(request_id(outcome))
    pause = _pause(outcome)
    return error if pause is not None and pause > max_pause_s else TransientError(error, pause)


def _refuses_credentials(answer: Answer, *, proven: bool) -> bool:
    value = json_of(answer.body)
    error = value.get("error") if isinstance(value, dict) else None
    if isinstance(error, str) and error in _OAUTH_REFUSALS | _OAUTH_FAILURES:
        return error in _OAUTH_REFUSALS
    return not proven and not answer.body.lstrip().startswith(b"<")


def _unreachable(
    outcome: NoAnswerError, service: Service, doing: str, task_id: str | None
) -> NoteTextError | TransientError:
    said = f"the service cannot be reached to {doing}: {outcome}"
    error: NoteTextError
    if task_id is None:
        kind = EngineTimeoutError if outcome.late else EngineUnavailableError
        advice = "; raise limits.timeout_s" if outcome.late else ""
        error = kind(said + advice, engine=service.engine)
    else:
        # The task is paid for and goes on, so the error has to lead back to it.
        error = TaskTimeoutError(
            said + _going_on(service, task_id),
            engine=service.engine,
            task_id=task_id,
        )
    return error if outcome.permanent or outcome.late else TransientError(error)


def _going_on(service: Service, task_id: str) -> str:
    return f"; the task goes on there: {service.resuming(task_id)}"


def _pause(answer: Answer) -> float | None:
    return retry_after_s(answer.headers.get("Retry-After"), answer.headers.get("Date"))

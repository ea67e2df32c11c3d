"""The requests of a task: its submission, a poll, its cancellation."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from notetext.engines import OnUncertain, TaskLedger
from notetext.engines.cloud.api_client import ApiRequest, AuthorizedClient
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.outcome import failure_of, submission_failure, succeeded
from notetext.engines.cloud.purse import Purse
from notetext.engines.cloud.request_id import request_id, told_by
from notetext.engines.cloud.retry import RetryPolicy, TransientError
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.task_api import UnknownTaskError
from notetext.engines.cloud.transport import Answer
from notetext.engines.cloud.usage import UsageCounter
from notetext.errors import BadResponseError, NoteTextError, SubmissionUncertainError

_T = TypeVar("_T")
_GONE = frozenset({404, 410})


class TaskClient:
    """Makes the requests of tasks, again where that does no harm. Safe to use from several threads.

    Args:
        service: whom the errors are about.
        client: makes single requests.
        retry: how often a request is made.
        purse: what may be submitted.
        resubmit: submit again where nobody knows whether the service took the task.
    """

    def __init__(
        self,
        service: Service,
        client: AuthorizedClient,
        retry: RetryPolicy,
        purse: Purse,
        *,
        resubmit: bool = False,
    ) -> None:
        self._service = service
        self._client = client
        self._retry = retry
        self._purse = purse
        self._resubmit = resubmit

    def submit(
        self,
        request: ApiRequest,
        parse: Callable[[Answer], _T],
        deadline: Deadline,
        counter: UsageCounter,
        ledger: TaskLedger | None = None,
    ) -> _T:
        """Submits what costs, at most once unless that certainly failed.

        Args:
            request: what to submit.
            parse: reads the answer, such as a task's id.
            deadline: the caller's; nothing is submitted after it.
            counter: counts it.
            ledger: counts it as well, for all who share it; if it wants nothing to be submitted
                twice, nothing is.

        Raises:
            SubmissionUncertainError: nobody knows whether the service took it.
            QuotaError: the account or the budget allows no more.
            EngineTimeoutError: the deadline came before it was its turn.
            CloudError: the service refused it.
            EngineUnavailableError: the service cannot be reached.
        """
        strict = ledger is not None and ledger.on_uncertain is OnUncertain.ERROR

        def attempt() -> _T:
            deadline.check()
            token = self._client.token_for_turn(deadline)
            # Turns may be far apart.
            deadline.check()
            self._purse.take(ledger)
            try:
                outcome = self._client.exchange(request, token, deadline)
            except NoteTextError:
                # No new token came, or the file could not be read: nothing was taken.
                self._purse.give_back(ledger)
                raise
            if isinstance(outcome, Answer) and succeeded(outcome):
                counter.submissions += 1
                with told_by(outcome):
                    return parse(outcome)
            error = submission_failure(
                outcome,
                self._service,
                "read the page",
                self._retry.max_retry_after_s,
                resubmit=self._resubmit and not strict,
            )
            if isinstance(_final(error), SubmissionUncertainError):
                counter.submissions += 1
                counter.uncertain += 1
            else:
                self._purse.give_back(ledger)
            raise error

        return self._retry.call(attempt, deadline)

    def poll(
        self,
        request: ApiRequest,
        parse: Callable[[Answer, str], _T],
        task_id: str,
        deadline: Deadline,
        counter: UsageCounter,
    ) -> _T:
        """Asks how far a task is; brings the results once it is completed.

        Args:
            request: what to ask.
            parse: reads the answer about the task of that id.
            task_id: the task.
            deadline: the caller's.
            counter: counts it.

        Raises:
            UnknownTaskError: there is no such task, as far as this answer tells.
            TaskTimeoutError: the service cannot be reached; the task goes on there.
            BadResponseError: nobody can understand the answer.
            CloudError: the service failed.
        """

        def attempt() -> _T:
            token = self._client.token_for_turn(deadline)
            counter.polls += 1
            outcome = self._client.exchange(request, token, deadline)
            if isinstance(outcome, Answer) and succeeded(outcome):
                try:
                    with told_by(outcome):
                        return parse(outcome, task_id)
                except BadResponseError as error:
                    # A second poll costs little; a lost result costs a submission.
                    garbled = TransientError(error)
                raise garbled
            if isinstance(outcome, Answer) and outcome.status in _GONE:
                unknown = UnknownTaskError.of(
                    self._service, task_id, f"it answered {outcome.status}"
                )
                raise unknown.about_request(request_id(outcome))
            raise failure_of(
                outcome,
                self._service,
                "tell how far the task is",
                self._retry.max_retry_after_s,
                task_id,
            )

        return self._retry.call(attempt, deadline)

    def cancel(self, request: ApiRequest, task_id: str, deadline: Deadline) -> None:
        """Takes a task out of the service's queue.

        Raises:
            CloudError: the service failed.
        """

        def attempt() -> None:
            token = self._client.token_for_turn(deadline)
            outcome = self._client.exchange(request, token, deadline)
            gone = isinstance(outcome, Answer) and outcome.status in _GONE
            if gone or (isinstance(outcome, Answer) and succeeded(outcome)):
                return
            raise failure_of(
                outcome,
                self._service,
                "delete the task",
                self._retry.max_retry_after_s,
                task_id,
            )

        self._retry.call(attempt, deadline)


def _final(error: Exception) -> Exception:
    return error.error if isinstance(error, TransientError) else error

"""The REST client: submit, look, cancel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from pydantic import SecretStr
from requests.auth import AuthBase

from notetext.engines.aspose.auth import BearerAuth, NoAuth, Token, TokenSource
from notetext.engines.aspose.connections import IDLE_LIMIT_S
from notetext.engines.aspose.credentials import Credentials
from notetext.engines.aspose.pace import Pace
from notetext.engines.aspose.retry import RetryPolicy, TransientError
from notetext.engines.aspose.settings import Endpoint
from notetext.engines.aspose.transport import Answer, NoAnswerError, Timeouts, Transport
from notetext.engines.aspose.usage import SubmissionBudget, Tally
from notetext.engines.aspose.verdict import (
    submission_verdict,
    succeeded,
    token_verdict,
    verdict,
)
from notetext.engines.aspose.waiting import Patience
from notetext.engines.aspose.wire import (
    TaskAnswer,
    TaskBody,
    TokenAnswer,
    parse_task,
    parse_task_id,
    parse_token,
)
from notetext.errors import BadResponseError, NoteTextError, SubmissionUncertainError

_SMALL_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """How the client behaves on the network.

    Attributes:
        retry: when requests are repeated.
        timeouts: of each request.
        max_answer_bytes: the largest result, decoded.
        resubmit: submit again where nobody knows whether the service took the task.
        max_submissions: the most tasks, or ``None`` for any number.
        idle_limit_s: seconds after which a connection is not used again.
    """

    retry: RetryPolicy
    timeouts: Timeouts
    max_answer_bytes: int
    resubmit: bool = False
    max_submissions: int | None = None
    idle_limit_s: float = IDLE_LIMIT_S


class AsposeClient:
    """Speaks REST v5.0 with the service; safe to call from several threads.

    Args:
        base_url: without a slash at its end.
        credentials: gives the pair when a token is needed.
        options: how to behave.
        pace: how fast.
    """

    def __init__(
        self,
        base_url: str,
        credentials: Callable[[], Credentials],
        options: ClientOptions,
        pace: Pace | None = None,
    ) -> None:
        self._base_url = base_url
        self._credentials = credentials
        self._options = options
        self._transport = Transport(options.timeouts, options.idle_limit_s)
        self._tokens = TokenSource(self._fetch_token)
        self._pace = pace or Pace(None, None)
        self._budget = SubmissionBudget(options.max_submissions)

    def log_in(self, patience: Patience) -> None:
        """Fetches a token, unless there is one.

        Raises:
            AuthenticationError: the service refused the credentials.
            CloudError: the service failed.
            EngineUnavailableError: the service cannot be reached.
        """
        self._tokens.token(patience)

    def submit(self, endpoint: Endpoint, body: TaskBody, patience: Patience, tally: Tally) -> str:
        """Submits a task, at most once unless that certainly failed.

        Returns:
            The task's id.

        Raises:
            SubmissionUncertainError: nobody knows whether the service took it.
            QuotaError: the account or ``max_submissions`` allows no more.
            CloudError: the service refused it.
            EngineUnavailableError: the service cannot be reached.
        """

        def attempt() -> str:
            patience.check()
            self._pace.wait_for_request(patience)
            token = self._tokens.token(patience)
            self._budget.take()
            try:
                outcome = self._authorized(
                    "POST",
                    endpoint.path,
                    patience,
                    token=token,
                    body=body,
                    accept="text/plain, application/json",
                )
            except NoteTextError:
                # No new token came, or the file could not be read: nothing was taken.
                self._budget.give_back()
                raise
            if isinstance(outcome, Answer) and succeeded(outcome):
                tally.submissions += 1
                return parse_task_id(outcome)
            error = submission_verdict(
                outcome,
                "read the page",
                self._options.retry.max_retry_after_s,
                resubmit=self._options.resubmit,
            )
            if isinstance(_final(error), SubmissionUncertainError):
                tally.submissions += 1
                tally.uncertain += 1
            else:
                self._budget.give_back()
            raise error

        return self._options.retry.call(attempt, patience)

    def look(
        self, endpoint: Endpoint, task_id: str, patience: Patience, tally: Tally
    ) -> TaskAnswer:
        """Asks how far a task is; brings the results once it is completed.

        Raises:
            TaskTimeoutError: the service cannot be reached; the task goes on there.
            BadResponseError: nobody can understand the answer.
            CloudError: the service failed.
        """

        def attempt() -> TaskAnswer:
            self._pace.wait_for_request(patience)
            token = self._tokens.token(patience)
            tally.looks += 1
            outcome = self._authorized(
                "GET",
                endpoint.path,
                patience,
                token=token,
                query={"id": task_id},
                max_bytes=self._options.max_answer_bytes,
            )
            if isinstance(outcome, Answer) and succeeded(outcome):
                try:
                    return parse_task(outcome, task_id)
                except BadResponseError as error:
                    # A second look costs little; a lost result costs a submission.
                    garbled = TransientError(error)
                raise garbled
            raise verdict(outcome, "tell how far the task is", self._max_pause_s, task_id)

        return self._options.retry.call(attempt, patience)

    def cancel(self, endpoint: Endpoint, task_id: str, patience: Patience) -> None:
        """Takes a task out of the service's queue.

        Raises:
            CloudError: the service failed.
        """

        def attempt() -> None:
            self._pace.wait_for_request(patience)
            token = self._tokens.token(patience)
            outcome = self._authorized(
                "DELETE", endpoint.path, patience, token=token, query={"id": task_id}
            )
            gone = isinstance(outcome, Answer) and outcome.status in {404, 410}
            if gone or (isinstance(outcome, Answer) and succeeded(outcome)):
                return
            raise verdict(outcome, "delete the task", self._max_pause_s, task_id)

        self._options.retry.call(attempt, patience)

    def close(self) -> None:
        """Closes the connections; the client may be used again."""
        self._transport.close()

    @property
    def _max_pause_s(self) -> float:
        return self._options.retry.max_retry_after_s

    def _fetch_token(self, patience: Patience) -> TokenAnswer:
        credentials = self._credentials()
        form = {
            "grant_type": "client_credentials",
            "client_id": credentials.client_id.get_secret_value(),
            "client_secret": credentials.client_secret.get_secret_value(),
        }

        def attempt() -> TokenAnswer:
            self._pace.wait_for_request(patience)
            outcome = self._exchange(
                "POST", "/connect/token", NoAuth(), credentials.client_secret, form=form
            )
            if isinstance(outcome, Answer) and succeeded(outcome):
                return parse_token(outcome)
            raise token_verdict(outcome, self._max_pause_s)

        return self._options.retry.call(attempt, patience)

    def _authorized(
        self,
        method: str,
        path: str,
        patience: Patience,
        *,
        token: Token,
        query: Mapping[str, str] | None = None,
        body: TaskBody | None = None,
        accept: str = "application/json",
        max_bytes: int = _SMALL_BYTES,
    ) -> Answer | NoAnswerError:
        """Makes a request; once more with a new token if the service wants one."""

        def exchange(token: Token) -> Answer | NoAnswerError:
            return self._exchange(
                method,
                path,
                BearerAuth(token.value),
                token.value,
                query=query,
                body=body,
                accept=accept,
                max_bytes=max_bytes,
                # A submission has its full time: cut short, it would be uncertain.
                read_s=self._options.timeouts.read_s if body else self._read_s(patience),
            )

        outcome = exchange(token)
        if isinstance(outcome, Answer) and self._tokens.may_renew(token, outcome.status, patience):
            outcome = exchange(self._tokens.renewed(token, patience))
        return outcome

    def _exchange(
        self,
        method: str,
        path: str,
        auth: AuthBase,
        secret: SecretStr,
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        body: TaskBody | None = None,
        accept: str = "application/json",
        max_bytes: int = _SMALL_BYTES,
        read_s: float | None = None,
    ) -> Answer | NoAnswerError:
        try:
            answer = self._transport.request(
                method,
                f"{self._base_url}{path}",
                auth=auth,
                query=query,
                form=form,
                body=body,
                accept=accept,
                max_bytes=max_bytes,
                read_s=read_s,
            )
        except NoAnswerError as error:
            return error
        # Words of a refusal go into messages: a secret that the service echoes must not.
        echoed = secret.get_secret_value().encode()
        if not succeeded(answer) and echoed in answer.body:
            answer = replace(answer, body=answer.body.replace(echoed, b"(hidden)"))
        return answer

    def _read_s(self, patience: Patience) -> float:
        return min(self._options.timeouts.read_s, max(1.0, patience.remaining_s()))


def _final(error: Exception) -> Exception:
    return error.error if isinstance(error, TransientError) else error

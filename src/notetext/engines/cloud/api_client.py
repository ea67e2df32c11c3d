"""A service's requests: at its address, at the rate that it is asked at, with a token."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import SecretStr
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict

from notetext.engines.cloud.auth import BearerAuth
from notetext.engines.cloud.deadline import PATIENCE_S, Deadline
from notetext.engines.cloud.events import RequestAnswered, RequestFailed, RequestSent
from notetext.engines.cloud.no_answer import NoAnswerError
from notetext.engines.cloud.outcome import Outcome, succeeded
from notetext.engines.cloud.rate_limit import RateLimit
from notetext.engines.cloud.request_id import request_id
from notetext.engines.cloud.retry import attempt_number
from notetext.engines.cloud.secret_mask import SecretMask
from notetext.engines.cloud.tokens import Token, TokenSource
from notetext.engines.cloud.transport import Answer, SentBody, Transport
from notetext.errors import NoteTextError

_E = TypeVar("_E", bound=BaseException)

_SMALL_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """What a service is asked.

    Attributes:
        method: of HTTP.
        path: below the service's address.
        query: goes into the URL.
        form: makes what goes into the body, as a form; called when it is sent, so that nothing
            holds secrets in plain until then.
        body: in place of a form.
        accept: the ``Accept`` header.
        max_bytes: the longest answer.
    """

    method: str
    path: str
    query: Mapping[str, str] | None = None
    form: Callable[[], Mapping[str, str]] | None = field(default=None, repr=False)
    body: SentBody | None = None
    accept: str = "application/json"
    max_bytes: int = _SMALL_BYTES


class ApiClient:
    """Makes requests of one service; safe to call from several threads.

    Args:
        base_url: the service's address, without a slash at its end.
        transport: makes them.
        rate_limit: says when.
    """

    def __init__(self, base_url: str, transport: Transport, rate_limit: RateLimit) -> None:
        self._base_url = base_url
        self._transport = transport
        self._rate_limit = rate_limit
        self._mask = SecretMask()

    def hide(self, *secrets: SecretStr) -> None:
        """Keeps secrets out of the words of answers, though the service may say them."""
        self._mask.add(*secrets)

    def wait_for_turn(self, deadline: Deadline) -> None:
        """Returns when the next request may go out; every request waits for a turn of its own.

        Raises:
            CancelledError: the caller gave up.
        """
        self._rate_limit.wait_for_request(deadline)

    def exchange(self, request: ApiRequest, auth: AuthBase, deadline: Deadline) -> Outcome:
        """Makes one request; it ends with the deadline, or at most a second later.

        Args:
            request: what to ask.
            auth: lets it in.
            deadline: the caller's.

        Returns:
            What came of it, with the secrets hidden in its headers, and in its body unless that is
            what was asked for; words of such a body go through `Answer.hidden`.

        Raises:
            NoteTextError: the request's body could not be made.
        """
        within_s = deadline.request_s()
        if not within_s:
            return NoAnswerError("there is no time left", sent=False, late=True)
        self.hide(*self._transport.secrets)
        attempt, start = attempt_number(), time.monotonic()
        deadline.tell(RequestSent(request.method, request.path, attempt))

        def tell_failed(reason: str, *, sent: bool) -> None:
            seconds = time.monotonic() - start
            what = (request.method, request.path, attempt, seconds)
            deadline.tell(RequestFailed(*what, reason, sent))

        try:
            outcome = self._outcome(request, auth, deadline, within_s)
        except NoteTextError as error:
            tell_failed(error.message, sent=True)
            raise
        except BaseException as interruption:
            tell_failed(type(interruption).__name__, sent=True)
            raise
        if isinstance(outcome, NoAnswerError):
            tell_failed(str(outcome), sent=outcome.sent)
        else:
            seconds, named = time.monotonic() - start, request_id(outcome)
            deadline.tell(
                RequestAnswered(
                    request.method, request.path, attempt, seconds, outcome.status, named
                )
            )
        return outcome

    def _outcome(
        self, request: ApiRequest, auth: AuthBase, deadline: Deadline, within_s: float
    ) -> Outcome:
        ended: BaseException
        try:
            answer = self._transport.request(
                request.method,
                f"{self._base_url}{request.path}",
                auth=auth,
                query=request.query,
                form=request.form() if request.form else None,
                body=request.body,
                accept=request.accept,
                max_bytes=request.max_bytes,
                within_s=within_s,
                cancel=deadline.cancel,
                # Cut off, a submission would be uncertain.
                patience_s=PATIENCE_S if request.body else 0.0,
            )
            return self._masked(answer)
        except NoAnswerError as error:
            error.args = (self._mask.hidden(str(error)),)
            return _without_frames(error)
        except BaseException as error:  # noqa: BLE001 (raised again below)
            ended = error
        # Whatever ends a request, Ctrl-C among it, comes through frames that hold the secret or the
        # token in plain, and error trackers show the variables of frames.
        raise _without_frames(ended)

    def _masked(self, answer: Answer) -> Answer:
        headers = answer.headers
        said = "\n".join(headers.values())
        if self._mask.hidden(said) != said:
            headers = CaseInsensitiveDict(
                {name: self._mask.hidden(value) for name, value in headers.items()}
            )
        if succeeded(answer):
            return replace(answer, headers=headers, hidden=self._mask.hidden)
        # The beginning of too long an answer says nothing, and may be a token.
        words = b"" if answer.status < 300 else answer.body
        body = self._mask.hidden_bytes(words)
        return replace(answer, headers=headers, body=body)

    def close(self) -> None:
        """Closes the connections; the client may be used again."""
        self._transport.close()


class AuthorizedClient:
    """Makes requests with a token, and once more with a new one where the service wants that.

    Safe to call from several threads.

    Args:
        client: makes them without.
        tokens: where tokens come from.
        auth: how a token goes into a request.
    """

    def __init__(
        self,
        client: ApiClient,
        tokens: TokenSource,
        auth: Callable[[SecretStr], AuthBase] = BearerAuth,
    ) -> None:
        self._client = client
        self._tokens = tokens
        self._auth = auth

    def log_in(self, deadline: Deadline) -> None:
        """Fetches a token, unless there is one.

        Raises:
            AuthenticationError: the service refused the credentials.
            CloudError: the service failed.
            EngineUnavailableError: the service cannot be reached.
        """
        self._tokens.token(deadline)

    def token_for_turn(self, deadline: Deadline) -> Token:
        """The token for one request, once it is that request's turn.

        Raises:
            NoteTextError: as for `log_in`.
            CancelledError: the caller gave up.
        """
        # In this order: a token that has to be fetched takes a turn of its own.
        token = self._tokens.token(deadline)
        self._client.wait_for_turn(deadline)
        return token

    def exchange(self, request: ApiRequest, token: Token, deadline: Deadline) -> Outcome:
        """Makes a request whose turn it is.

        Args:
            request: what to ask.
            token: as `token_for_turn` gave it.
            deadline: the caller's.

        Raises:
            NoteTextError: no new token came, or the request's body could not be made.
        """
        outcome = self._sent(request, token, deadline)
        if isinstance(outcome, Answer) and self._tokens.may_renew(token, outcome.status, deadline):
            token = self._tokens.renewed(token, deadline)
            self._client.wait_for_turn(deadline)
            if request.body is not None:
                deadline.check()
            outcome = self._sent(request, token, deadline)
        return outcome

    def close(self) -> None:
        """Closes the connections; the client may be used again."""
        self._client.close()

    def _sent(self, request: ApiRequest, token: Token, deadline: Deadline) -> Outcome:
        self._client.hide(token.value)
        return self._client.exchange(request, self._auth(token.value), deadline)


def _without_frames(error: _E) -> _E:
    """The error as if it had been made here, but for the cause that an error of ours has."""
    error.__context__ = None
    if not isinstance(error, NoteTextError):
        error.__cause__ = None
    return error.with_traceback(None)

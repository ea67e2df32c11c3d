"""A service's requests: at its address, at the rate that it is asked at, with a token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from pydantic import SecretStr
from requests.auth import AuthBase

from notetext.engines.cloud.auth import BearerAuth
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.outcome import Outcome, succeeded
from notetext.engines.cloud.rate_limit import RateLimit
from notetext.engines.cloud.tokens import Token, TokenSource
from notetext.engines.cloud.transport import Answer, NoAnswerError, SentBody, Transport

_SMALL_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """What a service is asked.

    Attributes:
        method: of HTTP.
        path: below the service's address.
        query: goes into the URL.
        form: goes into the body, as a form.
        body: in place of a form.
        accept: the ``Accept`` header.
        max_bytes: the longest answer.
    """

    method: str
    path: str
    query: Mapping[str, str] | None = None
    form: Mapping[str, str] | None = field(default=None, repr=False)
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

    def wait_for_turn(self, deadline: Deadline) -> None:
        """Returns when the next request may go out; every request waits for a turn of its own.

        Raises:
            CancelledError: the caller gave up.
        """
        self._rate_limit.wait_for_request(deadline)

    def exchange(
        self, request: ApiRequest, auth: AuthBase, secret: SecretStr, read_s: float | None = None
    ) -> Outcome:
        """Makes one request.

        Args:
            request: what to ask.
            auth: lets it in.
            secret: what no message may show, though the service may say it.
            read_s: in place of the usual read time-out.

        Raises:
            NoteTextError: the request's body could not be made.
        """
        try:
            answer = self._transport.request(
                request.method,
                f"{self._base_url}{request.path}",
                auth=auth,
                query=request.query,
                form=request.form,
                body=request.body,
                accept=request.accept,
                max_bytes=request.max_bytes,
                read_s=read_s,
            )
        except NoAnswerError as error:
            return error
        # Words of a refusal go into messages: a secret that the service echoes must not.
        echoed = secret.get_secret_value().encode()
        if not succeeded(answer) and echoed in answer.body:
            answer = replace(answer, body=answer.body.replace(echoed, b"(hidden)"))
        return answer

    def close(self) -> None:
        """Closes the connections; the client may be used again."""
        self._transport.close()


class AuthorizedClient:
    """Makes requests with a token, and once more with a new one where the service wants that.

    Safe to call from several threads.

    Args:
        client: makes them without.
        tokens: where tokens come from.
        read_s: the usual read time-out.
        auth: how a token goes into a request.
    """

    def __init__(
        self,
        client: ApiClient,
        tokens: TokenSource,
        read_s: float,
        auth: Callable[[SecretStr], AuthBase] = BearerAuth,
    ) -> None:
        self._client = client
        self._tokens = tokens
        self._read_s = read_s
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
        # A submission has its full time: cut short, it would be uncertain.
        left_s = self._read_s if request.body else max(1.0, deadline.remaining_s())
        auth = self._auth(token.value)
        return self._client.exchange(request, auth, token.value, min(self._read_s, left_s))

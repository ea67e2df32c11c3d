"""OAuth's client credentials grant (RFC 6749, 4.4): a token for a client id and its secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from notetext.engines.cloud.api_client import ApiClient, ApiRequest
from notetext.engines.cloud.auth import NoAuth
from notetext.engines.cloud.bounded_json import bounded_json
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.outcome import succeeded, token_failure
from notetext.engines.cloud.problem import problem
from notetext.engines.cloud.refusals import ClientCredentials, Refusals
from notetext.engines.cloud.request_id import request_id
from notetext.engines.cloud.retry import RetryPolicy
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.tokens import IssuedToken
from notetext.engines.cloud.transport import Answer
from notetext.errors import AuthenticationError, BadResponseError, RateLimitError


class ClientCredentialsGrant:
    """Asks a service for tokens, and never in vain; called by one thread at a time.

    Args:
        service: whom the errors are about.
        client: makes the requests.
        path: of the token endpoint.
        credentials: gives the pair when a token is needed.
        retry: how often a request is made.
    """

    def __init__(
        self,
        service: Service,
        client: ApiClient,
        path: str,
        credentials: Callable[[], ClientCredentials],
        retry: RetryPolicy,
    ) -> None:
        self._service = service
        self._client = client
        self._path = path
        self._credentials = credentials
        self._retry = retry
        self._refusals = Refusals(service)

    def fetch(self, deadline: Deadline) -> IssuedToken:
        """Asks for a token.

        Raises:
            ConfigurationError: there are no credentials.
            AuthenticationError: the service refused them, now or not long ago.
            RateLimitError: the service asked for a pause that is not over.
            CloudError: the service failed.
            EngineUnavailableError: the service cannot be reached.
        """
        credentials = self._credentials()
        self._client.hide(credentials.client_id, credentials.client_secret)
        request = ApiRequest("POST", self._path, form=lambda: _form(credentials))

        def attempt() -> IssuedToken:
            self._refusals.check(credentials, deadline.now())
            self._client.wait_for_turn(deadline)
            outcome = self._client.exchange(request, NoAuth(), deadline)
            if not isinstance(outcome, Answer) or not succeeded(outcome):
                error = token_failure(
                    outcome,
                    self._service,
                    self._retry.max_retry_after_s,
                    proven=self._refusals.proven,
                )
                if isinstance(outcome, Answer) and isinstance(error, AuthenticationError):
                    said_so = bool(problem(outcome))
                    self._refusals.refused(error, deadline.now(), certain=said_so)
                raise error
            token = token_in(outcome.body)
            if token is None:
                status, named = outcome.status, request_id(outcome)
                # A token that is of no use is still nobody else's: no frame keeps it.
                del outcome
                raise BadResponseError(
                    "the service's token cannot be understood",
                    engine=self._service.engine,
                    status_code=status,
                ).about_request(named)
            self._refusals.accepted()
            return token

        try:
            return self._retry.call(attempt, deadline)
        except RateLimitError as error:
            self._refusals.paused(error, deadline.now())
            raise


def _form(credentials: ClientCredentials) -> dict[str, str]:
    """What is sent: in plain, so it is made where no frame of a traceback keeps it."""
    return {
        "grant_type": "client_credentials",
        "client_id": credentials.client_id.get_secret_value(),
        "client_secret": credentials.client_secret.get_secret_value(),
    }


class _TokenAnswer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    access_token: SecretStr
    expires_in: Annotated[float, Field(allow_inf_nan=False)] = 300.0


def token_in(body: bytes) -> IssuedToken | None:
    """The token in the answer of a token endpoint, or ``None`` if no header could carry it.

    >>> from notetext.engines.cloud.client_credentials import token_in
    >>> token_in(b'{"access_token": "abc"}')
    IssuedToken(value=SecretStr('**********'), lifetime_s=300.0)
    """
    try:
        answer = _TokenAnswer.model_validate_json(bounded_json(body))
    except ValueError:
        return None
    value = answer.access_token.get_secret_value()
    if not value or not all("!" <= character <= "~" for character in value):
        return None
    return IssuedToken(answer.access_token, answer.expires_in)

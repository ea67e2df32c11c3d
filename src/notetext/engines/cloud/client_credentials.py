"""OAuth's client credentials grant (RFC 6749, 4.4): a token for a client id and its secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from notetext.engines.cloud.api_client import ApiClient, ApiRequest
from notetext.engines.cloud.auth import NoAuth
from notetext.engines.cloud.bounded_json import bounded_json
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.outcome import succeeded, token_failure
from notetext.engines.cloud.retry import RetryPolicy
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.tokens import IssuedToken
from notetext.engines.cloud.transport import Answer
from notetext.errors import BadResponseError


class ClientCredentials(Protocol):
    """A pair that the service knows."""

    @property
    def client_id(self) -> SecretStr:
        """Which client."""
        ...

    @property
    def client_secret(self) -> SecretStr:
        """What proves it."""
        ...


class ClientCredentialsGrant:
    """Asks a service for tokens; safe to call from several threads.

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

    def fetch(self, deadline: Deadline) -> IssuedToken:
        """Asks for a token.

        Raises:
            ConfigurationError: there are no credentials.
            AuthenticationError: the service refused them.
            CloudError: the service failed.
            EngineUnavailableError: the service cannot be reached.
        """
        credentials = self._credentials()
        secret = credentials.client_secret
        form = {
            "grant_type": "client_credentials",
            "client_id": credentials.client_id.get_secret_value(),
            "client_secret": secret.get_secret_value(),
        }
        request = ApiRequest("POST", self._path, form=form)

        def attempt() -> IssuedToken:
            self._client.wait_for_turn(deadline)
            outcome = self._client.exchange(request, NoAuth(), secret, deadline)
            if isinstance(outcome, Answer) and succeeded(outcome):
                return parse_token(outcome, self._service.engine)
            raise token_failure(outcome, self._service, self._retry.max_retry_after_s)

        return self._retry.call(attempt, deadline)


class _TokenAnswer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    access_token: SecretStr
    expires_in: Annotated[float, Field(allow_inf_nan=False)] = 300.0


def parse_token(answer: Answer, engine: str) -> IssuedToken:
    """Reads the answer of a token endpoint; without ``expires_in``, a token lasts 300 s.

    Raises:
        BadResponseError: there is no token that a header could carry. The message holds no part
            of it.
    """
    try:
        token = _TokenAnswer.model_validate_json(bounded_json(answer.body))
    except ValueError:
        token = None
    value = token.access_token.get_secret_value() if token else ""
    if token is None or not value or not all("!" <= character <= "~" for character in value):
        raise BadResponseError(
            "the service's token cannot be understood", engine=engine, status_code=answer.status
        )
    return IssuedToken(token.access_token, token.expires_in)

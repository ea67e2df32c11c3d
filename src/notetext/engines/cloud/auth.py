"""The header that lets a request in, and no other."""

from __future__ import annotations

from pydantic import SecretStr
from requests import PreparedRequest
from requests.auth import AuthBase


class BearerAuth(AuthBase):
    """Sets our token, and keeps requests from setting a password out of ``.netrc`` instead."""

    def __init__(self, token: SecretStr) -> None:
        self._token = token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Sets the header."""
        request.headers["Authorization"] = f"Bearer {self._token.get_secret_value()}"
        return request


class NoAuth(AuthBase):
    """Sets nothing, and keeps requests from setting a password out of ``.netrc``."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        """Leaves the request alone."""
        return request

"""Who pays: the client id and the client secret."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from notetext.errors import ConfigurationError

BASE_URL = "https://api.aspose.cloud"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A pair that the service knows. Its repr shows neither half."""

    client_id: SecretStr
    client_secret: SecretStr


class AsposeEnvironment(BaseSettings):
    """``ASPOSE_CLIENT_ID``, ``ASPOSE_CLIENT_SECRET`` and ``ASPOSE_BASE_URL``."""

    model_config = SettingsConfigDict(
        env_prefix="ASPOSE_", extra="ignore", str_strip_whitespace=True, hide_input_in_errors=True
    )

    client_id: SecretStr | None = None
    client_secret: SecretStr | None = None
    base_url: str = BASE_URL


def credentials_from_environment() -> Credentials:
    """Reads ``ASPOSE_CLIENT_ID`` and ``ASPOSE_CLIENT_SECRET``.

    Raises:
        ConfigurationError: one of them is missing or empty; the message names it.
    """
    environment = AsposeEnvironment()
    given = {
        "ASPOSE_CLIENT_ID": environment.client_id,
        "ASPOSE_CLIENT_SECRET": environment.client_secret,
    }
    missing = [name for name, value in given.items() if not value or not value.get_secret_value()]
    if missing or environment.client_id is None or environment.client_secret is None:
        raise ConfigurationError(
            f"the environment variable {' and '.join(missing)} is not set; set it, or pass "
            "AsposeEngine(client_id=…, client_secret=…). Both come from "
            "https://dashboard.aspose.cloud/applications"
        )
    return Credentials(environment.client_id, environment.client_secret)


def given_credentials(
    client_id: str | SecretStr | None, client_secret: str | SecretStr | None
) -> Credentials | None:
    """The pair that the caller passed, or ``None`` to read the environment when it is needed.

    Raises:
        ConfigurationError: only half of the pair was passed, or a half is empty.
    """
    if client_id is None and client_secret is None:
        return None
    if not client_id or not client_secret:
        raise ConfigurationError("client_id and client_secret go together; pass both or neither")
    return Credentials(_secret(client_id), _secret(client_secret))


def checked_base_url(base_url: str | None) -> str:
    """The service's address without a slash at its end.

    Raises:
        ConfigurationError: it is no URL, or would carry the secret over a network in the clear.
    """
    url = (base_url or AsposeEnvironment().base_url).rstrip("/")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"} or parts.query or parts.username:
        raise ConfigurationError(f"base_url={url!r} is no address such as {BASE_URL!r}")
    if parts.scheme == "http" and host not in {"localhost", "127.0.0.1", "::1"}:
        raise ConfigurationError(
            f"base_url={url!r} would send the client secret unencrypted; use https://"
        )
    return url


def _secret(value: str | SecretStr) -> SecretStr:
    return value if isinstance(value, SecretStr) else SecretStr(value)

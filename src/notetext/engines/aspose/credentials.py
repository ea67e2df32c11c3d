"""Who pays, and where: the client id, the client secret, the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from notetext.engines.cloud.base_url import checked_base_url
from notetext.errors import ConfigurationError

BASE_URL = "https://api.aspose.cloud"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A pair that the service knows. Its repr shows neither half."""

    client_id: SecretStr
    client_secret: SecretStr

    def __post_init__(self) -> None:
        for name in ("client_id", "client_secret"):
            if not _is_plausible(getattr(self, name)):
                raise ConfigurationError(
                    f"the {name} holds characters that no {name} has; copy it once more from "
                    "https://dashboard.aspose.cloud/applications"
                )


class AsposeEnvironment(BaseSettings):
    """``ASPOSE_CLIENT_ID``, ``ASPOSE_CLIENT_SECRET`` and ``ASPOSE_BASE_URL``."""

    model_config = SettingsConfigDict(
        env_prefix="ASPOSE_", extra="ignore", hide_input_in_errors=True
    )

    client_id: SecretStr = SecretStr("")
    client_secret: SecretStr = SecretStr("")
    base_url: str = BASE_URL


def credentials_from_environment() -> Credentials:
    """Reads ``ASPOSE_CLIENT_ID`` and ``ASPOSE_CLIENT_SECRET``.

    Raises:
        ConfigurationError: one of them is missing or empty; the message names it.
    """
    environment = AsposeEnvironment()
    client_id, client_secret = (
        _stripped(environment.client_id),
        _stripped(environment.client_secret),
    )
    given = {"ASPOSE_CLIENT_ID": client_id, "ASPOSE_CLIENT_SECRET": client_secret}
    missing = [name for name, value in given.items() if not value.get_secret_value()]
    if missing:
        raise ConfigurationError(
            f"{_not_set(missing)}, or pass "
            "AsposeEngine(client_id=…, client_secret=…). Both come from "
            "https://dashboard.aspose.cloud/applications"
        )
    return Credentials(client_id, client_secret)


def _not_set(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"the environment variable {names[0]} is not set; set it"
    return f"the environment variables {' and '.join(names)} are not set; set both"


def given_credentials(
    client_id: str | SecretStr | None, client_secret: str | SecretStr | None
) -> Credentials | None:
    """The pair that the caller passed, or ``None`` to read the environment when it is needed.

    Raises:
        ConfigurationError: only half of the pair was passed, or a half is empty.
    """
    client_id, client_secret = concealed(client_id), concealed(client_secret)
    if client_id is None and client_secret is None:
        return None
    given = Credentials(client_id or SecretStr(""), client_secret or SecretStr(""))
    if not given.client_id.get_secret_value() or not given.client_secret.get_secret_value():
        raise ConfigurationError("client_id and client_secret go together; pass both or neither")
    return given


def base_url_of(base_url: str | None) -> str:
    """The service's address without a slash at its end: as given, of the environment, or usual.

    Raises:
        ConfigurationError: it is no URL, or would carry the secret over a network in the clear.
    """
    return checked_base_url(base_url or AsposeEnvironment().base_url, BASE_URL)


def concealed(value: str | SecretStr | None) -> SecretStr | None:
    """A half of a pair, as what no traceback and no repr shows."""
    return None if value is None else _stripped(value)


def _stripped(value: str | SecretStr) -> SecretStr:
    # What is copied and pasted often brings a line break along.
    return SecretStr((value.get_secret_value() if isinstance(value, SecretStr) else value).strip())


def _is_plausible(secret: SecretStr) -> bool:
    # In a function that raises nothing: an error's frames show their variables.
    value = secret.get_secret_value()
    return value.isascii() and value.isprintable()

"""Where a service is, checked before a secret goes there."""

from __future__ import annotations

from urllib.parse import urlsplit

from notetext.errors import ConfigurationError

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


def checked_base_url(base_url: str, usual: str) -> str:
    """The service's address without a slash at its end.

    >>> from notetext.engines.cloud.base_url import checked_base_url
    >>> checked_base_url("https://ocr.example/", "https://api.example")
    'https://ocr.example'

    Args:
        base_url: as the user or the environment gave it.
        usual: the service's own address, for the message.

    Raises:
        ConfigurationError: it is no URL, or would carry the secret over a network in the clear.
    """
    url = base_url.rstrip("/")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
    if "@" in url:
        # The address is shown in messages.
        raise ConfigurationError("base_url holds a user name or a password; leave it out")
    if not host or parts.scheme not in {"http", "https"} or parts.query:
        raise ConfigurationError(f"base_url={url!r} is no address such as {usual!r}")
    if parts.scheme == "http" and host not in _THIS_MACHINE:
        raise ConfigurationError(
            f"base_url={url!r} would send the client secret unencrypted; use https://"
        )
    return url

"""How a service is reached: whom to trust, who we are, and through which proxy."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Self, TypeAlias
from urllib.parse import urlsplit

from pydantic import SecretStr

from notetext.errors import ConfigurationError

Verify: TypeAlias = str | os.PathLike[str] | ssl.SSLContext | Literal[True] | None
"""Whom to trust: a file or folder of authorities, or a context that checks certificates."""

Certificate: TypeAlias = str | os.PathLike[str] | tuple[str | os.PathLike[str], ...] | None
"""A file with a client certificate and its key, or one of each."""

Proxies: TypeAlias = str | SecretStr | Mapping[str, str | SecretStr] | None
"""A URL, or URLs by ``"https"`` or ``"all"``; an empty mapping for none at all."""

_ADVICE = (
    "certificates are always checked, since the client secret and your pages would go to whoever "
    "answers; to trust an authority of your own, such as a proxy's, give verify= its file"
)


class TlsFileError(OSError):
    """A file that TLS needs is not there, or is of no use."""


@dataclass(frozen=True, slots=True)
class Network:
    """How a service is reached; what is left out comes from the environment, as requests does it.

    Attributes:
        bundle: a file or folder of authorities to trust, in place of ``REQUESTS_CA_BUNDLE``.
        context: in place of a bundle; one that checks certificates.
        certificate: the files of a client certificate and its key.
        proxy: a URL, in place of ``HTTPS_PROXY`` and ``NO_PROXY``; an empty one for none at all.
        proxy_withheld: the proxy's password stayed behind when this was pickled.
    """

    bundle: str | None = None
    context: ssl.SSLContext | None = field(default=None, repr=False)
    certificate: tuple[str, str] | None = None
    proxy: SecretStr | None = None
    proxy_withheld: bool = False

    @classmethod
    def of(cls, verify: Verify, cert: Certificate, proxies: Proxies) -> Self:
        """What a user asked for, looked at; the proxies as `concealed_proxies` gives them.

        Raises:
            ConfigurationError: certificates would not be checked, a file is of no use, or the
                proxy has no address.
        """
        if verify is not None and not verify:
            raise ConfigurationError(f"verify={verify!r} is not allowed: {_ADVICE}")
        network = cls(
            bundle=None if isinstance(verify, bool | ssl.SSLContext | None) else os.fspath(verify),
            context=verify if isinstance(verify, ssl.SSLContext) else None,
            certificate=_pair(cert),
            proxy=_proxy(proxies),
        )
        network.check_context()
        try:
            network.check_files()
        except TlsFileError as error:
            reason = str(error)
        else:
            return network
        raise ConfigurationError(reason)

    @property
    def secrets(self) -> tuple[SecretStr, ...]:
        """What must not be shown: the proxy's address, if it holds a password, and that."""
        password = _password(self.proxy)
        return () if password is None or self.proxy is None else (self.proxy, password)

    @property
    def proxy_url(self) -> str | None:
        """In plain, for the moment of its use; ``None``: as the environment says.

        Raises:
            ConfigurationError: its password stayed behind, and the environment has no proxy.
        """
        if not self.proxy_withheld:
            return None if self.proxy is None else self.proxy.get_secret_value()
        if os.environ.get("HTTPS_PROXY") or os.environ.get("https_proxy"):
            return None
        raise ConfigurationError(
            "the proxy's password is not pickled with the engine, so its copy takes the proxy from "
            "HTTPS_PROXY, which is not set; set it in the process where the copy is used"
        )

    def without_secrets(self) -> Network:
        """What may be pickled: the same, without a proxy that has a password.

        Raises:
            ConfigurationError: there is a context, which cannot be pickled.
        """
        if self.context is not None:
            raise ConfigurationError(
                "an engine with an ssl context as verify= cannot be pickled for another process; "
                "give verify= and cert= files, or read in threads"
            )
        if not self.secrets:
            return self
        return replace(self, proxy=None, proxy_withheld=True)

    def check(self) -> None:
        """Looks whether requests may go out this way.

        Raises:
            ConfigurationError: certificates would not be checked, or the proxy is not known.
        """
        self.check_context()
        _ = self.proxy_url

    def check_context(self) -> None:
        """Looks whether the context, which its owner may change at any time, still checks.

        Raises:
            ConfigurationError: it does not.
        """
        context = self.context
        if context is None or (context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname):
            return
        raise ConfigurationError(
            "the context that verify= was given does not check certificates or names (verify_mode, "
            f"check_hostname): {_ADVICE}, or ssl.create_default_context()"
        )

    def check_files(self) -> None:
        """Looks whether the files are of use; what requests and ssl say of them is a riddle.

        Raises:
            TlsFileError: one is not.
        """
        if self.bundle is not None:
            check_bundle(self.bundle, "give verify= another")
        if self.certificate is not None:
            _check_certificate(*self.certificate)


def check_bundle(path: str, advice: str) -> None:
    """Looks whether a file holds authorities; a folder is taken as it is.

    Raises:
        TlsFileError: it does not.
    """
    reason = ""
    if not Path(path).exists():
        reason = "is not there"
    elif Path(path).is_file():
        try:
            ssl.create_default_context(cafile=path)
        except ssl.SSLError:
            reason = "holds no certificates"
        except OSError as error:
            reason = f"cannot be read ({error.strerror})"
    if reason:
        raise TlsFileError(f"the file of trusted authorities {path!r} {reason}; {advice}") from None


def _check_certificate(certificate: str, key: str) -> None:
    reason = ""
    for path in (certificate, key):
        if not Path(path).is_file():
            reason = f"{path!r} is not there"
    if not reason:
        try:
            # With a passphrase, OpenSSL would ask for it on the terminal.
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_cert_chain(
                certificate, key, password=lambda: "-"
            )
        except ssl.SSLError as error:
            reason = (
                f"{certificate!r} and {key!r} do not go together, are none, or need a passphrase "
                f"({error.reason or 'no reason given'})"
            )
        except OSError as error:
            reason = f"it cannot be read ({error.strerror})"
    if reason:
        raise TlsFileError(
            f"the client certificate cannot be used: {reason}; for a key with a passphrase, load "
            "both into an ssl.create_default_context() and give that to verify="
        ) from None


def _pair(cert: Certificate) -> tuple[str, str] | None:
    """The files of a certificate and of its key, perhaps the same."""
    if cert is None:
        return None
    if isinstance(cert, tuple):
        if len(cert) != 2:
            raise ConfigurationError("cert= is a file, or a pair of files: certificate and key")
        return os.fspath(cert[0]), os.fspath(cert[1])
    return os.fspath(cert), os.fspath(cert)


def concealed_proxies(proxies: Proxies) -> Proxies:
    """The same, as what no traceback and no repr shows."""
    if isinstance(proxies, Mapping):
        return {name: _stripped(url) for name, url in proxies.items()}
    return None if proxies is None else _stripped(proxies)


def _proxy(proxies: Proxies) -> SecretStr | None:
    """The proxy for https://, the only thing that proxies are asked for.

    Returns:
        Its URL; an empty one for no proxy, ``None`` for that of the environment.

    Raises:
        ConfigurationError: it is no address.
    """
    if proxies is None:
        return None
    if isinstance(proxies, Mapping):
        unknown = sorted({*proxies} - {"http", "https", "all"})
        if unknown:
            raise ConfigurationError(
                f"proxies= has {unknown!r}; it takes 'https' and 'all', since the service is one "
                "address"
            )
        proxies = proxies.get("https", proxies.get("all", ""))
    url = _stripped(proxies)
    if url.get_secret_value() and not _is_address(url):
        raise ConfigurationError(
            "proxies= is no address such as 'http://proxy.example:3128' (http:// or https://; "
            "quote what is special in a user name or a password, such as '@' as '%40')"
        )
    return url


def _stripped(url: str | SecretStr | None) -> SecretStr:
    value = url.get_secret_value() if isinstance(url, SecretStr) else url
    return SecretStr((value or "").strip())


def _is_address(url: SecretStr) -> bool:
    # In functions that raise nothing: an error's frames show their variables.
    try:
        parts = urlsplit(url.get_secret_value())
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and parts.scheme in {"http", "https"} and not parts.query


def _password(url: SecretStr | None) -> SecretStr | None:
    """What stands before the host of a URL, if there is something: a password, or a token."""
    if url is None or "@" not in url.get_secret_value():
        return None
    parts = urlsplit(url.get_secret_value())
    return SecretStr(parts.password or parts.username or "")

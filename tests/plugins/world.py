"""What surrounds a client: whom it trusts, a proxy that says nothing, and the environment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
import trustme
from raw_server import RawServer

Surroundings = Literal["no bundle", "mute proxy", "closing when idle"]
"""What goes wrong on this side of the connection, or between two requests on it."""


class World:
    """What surrounds the client: whom it trusts, and the environment.

    Args:
        folder: of the test.
        monkeypatch: of the test.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.authority = trustme.CA()
        self._bundle = folder / "ca.pem"
        self.authority.cert_pem.write_to_path(str(self._bundle))
        self._monkeypatch = monkeypatch
        self._proxy = RawServer(lingers=True)
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        self.mend()

    @contextmanager
    def with_proxy(self) -> Iterator[World]:
        """A block in which the proxy listens."""
        with self._proxy:
            yield self

    def spoil(self, what: str) -> None:
        """From now on something is wrong."""
        if what == "no bundle":
            self._monkeypatch.setenv("REQUESTS_CA_BUNDLE", f"{self._bundle}.gone")
        else:
            self._monkeypatch.setenv("https_proxy", self._proxy.url)

    def mend(self) -> None:
        """From now on all is well."""
        self._monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(self._bundle))
        self._monkeypatch.delenv("https_proxy", raising=False)

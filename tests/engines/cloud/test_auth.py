"""The header that lets a request in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from parrot import Parrot, ParrotServer
from pydantic import SecretStr

from notetext.engines.cloud.auth import BearerAuth, NoAuth


def test_a_token_goes_into_the_header_and_not_into_the_repr() -> None:
    auth = BearerAuth(SecretStr("t0ken"))
    request = requests.Request("GET", "http://127.0.0.1/", auth=auth).prepare()
    assert request.headers["Authorization"] == "Bearer t0ken"
    assert "t0ken" not in repr(auth)
    bare = requests.Request("GET", "http://127.0.0.1/", auth=NoAuth()).prepare()
    assert "Authorization" not in bare.headers


def test_an_entry_in_netrc_does_not_replace_the_token(
    server: ParrotServer,
    make_parrot: Callable[..., Parrot],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    # It would, without our own authentication:
    requests.get(f"{server.url}/proof", timeout=5)
    assert server.requests.pop().headers["authorization"].startswith("Basic ")
    parrot = make_parrot()
    token = parrot.client.token_for_turn(parrot.deadline)
    parrot.client.exchange(parrot.tasks._api.poll("7"), token, parrot.deadline)
    asked, polled = server.requests
    assert "authorization" not in asked.headers
    assert polled.headers["authorization"] == f"Bearer {token.value.get_secret_value()}"

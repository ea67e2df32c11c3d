"""Where the credentials come from, and where the service is."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from notetext.engines.aspose import AsposeEngine
from notetext.engines.aspose.credentials import (
    base_url_of,
    credentials_from_environment,
    given_credentials,
)
from notetext.errors import ConfigurationError


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ASPOSE_CLIENT_ID", "ASPOSE_CLIENT_SECRET", "ASPOSE_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def test_they_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASPOSE_CLIENT_ID", "me")
    monkeypatch.setenv("ASPOSE_CLIENT_SECRET", "hush\n")
    pair = credentials_from_environment()
    assert pair.client_id.get_secret_value() == "me"
    assert pair.client_secret.get_secret_value() == "hush"
    assert "hush" not in repr(pair)


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch, empty: str | None) -> None:
    monkeypatch.setenv("ASPOSE_CLIENT_ID", "me")
    if empty is not None:
        monkeypatch.setenv("ASPOSE_CLIENT_SECRET", empty)
    with pytest.raises(ConfigurationError, match="ASPOSE_CLIENT_SECRET is not set") as caught:
        credentials_from_environment()
    assert "ASPOSE_CLIENT_ID is" not in str(caught.value)


def test_they_are_not_asked_for_before_they_are_needed() -> None:
    engine = AsposeEngine()
    for need in (engine.check, engine.load):
        with pytest.raises(ConfigurationError, match="ASPOSE_CLIENT_ID and ASPOSE_CLIENT_SECRET"):
            need()
    AsposeEngine(client_id="me", client_secret="hush").check()


def test_both_kinds_of_strings_will_do() -> None:
    pair = given_credentials("me", SecretStr("hush "))
    assert pair is not None
    assert pair.client_secret.get_secret_value() == "hush"


@pytest.mark.parametrize("pair", [("me", None), (None, "hush"), ("", "hush"), ("me", " ")])
def test_half_a_pair_is_an_error(pair: tuple[str | None, str | None]) -> None:
    with pytest.raises(ConfigurationError, match="go together"):
        given_credentials(*pair)


@pytest.mark.parametrize("secret", ["hu\nsh", "hu\udc80sh", "hüsh"])
def test_a_secret_that_cannot_be_one_is_an_error_that_does_not_show_it(secret: str) -> None:
    with pytest.raises(ConfigurationError, match="the client_secret holds") as caught:
        given_credentials("me", secret)
    assert "sh" not in str(caught.value).replace("dashboard", "").replace("https", "")
    assert caught.value.__context__ is None


def test_the_address_is_the_services_unless_another_is_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert base_url_of(None) == "https://api.aspose.cloud"
    assert base_url_of("https://ocr.example/") == "https://ocr.example"
    monkeypatch.setenv("ASPOSE_BASE_URL", "http://127.0.0.1:8000")
    assert base_url_of(None) == "http://127.0.0.1:8000"


def test_what_is_no_address_is_an_error_that_names_the_usual_one() -> None:
    with pytest.raises(
        ConfigurationError, match=r"no address such as 'https://api\.aspose\.cloud'"
    ):
        base_url_of("api.aspose.cloud")

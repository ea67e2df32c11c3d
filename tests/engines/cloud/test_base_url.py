"""Where a service is."""

from __future__ import annotations

import pytest

from notetext.engines.cloud.base_url import checked_base_url
from notetext.errors import ConfigurationError

USUAL = "https://api.parrot.example"


@pytest.mark.parametrize(
    ("given", "checked"),
    [
        ("https://ocr.example/", "https://ocr.example"),
        ("https://ocr.example/v2", "https://ocr.example/v2"),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
    ],
)
def test_an_address_loses_its_slash_and_nothing_else(given: str, checked: str) -> None:
    assert checked_base_url(given, USUAL) == checked


@pytest.mark.parametrize(
    "url", ["api.parrot.example", "ftp://x", "https://", "https://c?x=1", "http://["]
)
def test_what_is_no_address_is_an_error(url: str) -> None:
    with pytest.raises(ConfigurationError, match=f"is no address such as '{USUAL}'"):
        checked_base_url(url, USUAL)


@pytest.mark.parametrize("url", ["https://me:hush@c", "https://:hush@c", "https://c/#@hush"])
def test_an_address_with_a_password_is_an_error_that_does_not_show_it(url: str) -> None:
    with pytest.raises(ConfigurationError, match="leave it out") as caught:
        checked_base_url(url, USUAL)
    assert "hush" not in str(caught.value)


def test_the_secret_does_not_cross_a_network_unencrypted() -> None:
    with pytest.raises(ConfigurationError, match="unencrypted"):
        checked_base_url("http://api.parrot.example", USUAL)

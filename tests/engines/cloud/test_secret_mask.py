"""Secrets in words from outside, in whatever form."""

from __future__ import annotations

import base64
import html
import json
import re
import time
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from notetext.engines.cloud.secret_mask import SecretMask

SECRET = 's3c"R&t/w1th+\\=<%41>~ yes'
PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=8, max_size=60)


def b64(text: str, before: str = "", after: str = "") -> str:
    return base64.b64encode(f"{before}{text}{after}".encode()).decode()


def lower_percent(text: str) -> str:
    return re.sub("%..", lambda code: code[0].lower(), quote(text, safe=""))


FORMS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "URL-quoted": quote,
    "URL-quoted as a form": quote_plus,
    "URL-quoted wholly": lambda text: quote(text, safe=""),
    "URL-quoted in small letters": lower_percent,
    "URL-quoted, every character": lambda text: "".join(f"%{ord(c):02X}" for c in text),
    "URL-quoted twice": lambda text: quote(quote(text, safe=""), safe=""),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON with slashes escaped": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "JSON, every character": lambda text: "".join(f"\\u{ord(c):04x}" for c in text),
    "JSON, capital digits": lambda text: "".join(f"\\u{ord(c):04X}" for c in text),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text))[3:-3],
    "repr": lambda text: repr(text)[1:-1],
    "HTML": html.escape,
    "HTML, every character": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "HTML, in hex": lambda text: "".join(f"&#x{ord(c):X};" for c in text),
    "HTML of JSON": lambda text: html.escape(json.dumps(text)[1:-1]),
    "URL of JSON": lambda text: quote(json.dumps(text)[1:-1]),
    "hex": lambda text: text.encode().hex(),
    "HEX": lambda text: text.encode().hex().upper(),
    "hex dump": lambda text: text.encode().hex(" "),
    "Base64": lambda text: b64(text).rstrip("="),
    "Base64 after one": lambda text: b64(text, ":")[2:].rstrip("="),
    "Base64 after two": lambda text: b64(text, "a:")[3:].rstrip("="),
    "Base64 with more": lambda text: b64(text, "id:", "."),
    "Base64 for URLs": lambda text: b64(text).replace("+", "-").replace("/", "_").rstrip("="),
    "Base64, URL-quoted": lambda text: quote(b64(text), safe="").removesuffix("%3D%3D"),
    "Base64 in lines": lambda text: base64.encodebytes(text.encode() * 4).decode(),
    "Base64 in lines, in JSON": lambda text: json.dumps(
        base64.encodebytes(text.encode() * 4).decode()
    )[1:-1],
    "Base64 of URL-quoted": lambda text: b64(quote(text, safe="")),
    "NULs between": lambda text: text.encode("utf-16-le").decode("latin-1"),
    "broken": lambda text: f"{text[:9]}\r\n {text[9:]}",
}


def mask_of(*secrets: str) -> SecretMask:
    mask = SecretMask()
    mask.add(*map(SecretStr, secrets))
    return mask


def plain_of(words: str) -> str:
    """What a patient reader makes of words."""
    for _ in range(6):
        words = html.unescape(re.sub("(?i)%([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), words))
        words = re.sub(r"\\u(....)", lambda m: chr(int(m[1], 16)), words)
    return re.sub(r"[\\\s\0]", "", words).lower()


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("secret", [SECRET, "6fd1c0e4a79b4d2fa1c9e04b7d3358ac", "pa55word"])
def test_a_secret_is_hidden_in_every_form(form: str, secret: str) -> None:
    written = FORMS[form](secret)
    for words in (written, f"no client has {written}, sorry", f'{{"error": "{written}"}}'):
        hidden = mask_of(secret).hidden(words)
        assert "(hidden)" in hidden
        assert written not in hidden
        assert plain_of(secret) not in plain_of(hidden)
    assert mask_of(secret).hidden_bytes(f"ü{written}".encode()).startswith("ü".encode())


@given(PRINTABLE, st.sampled_from(sorted(FORMS)), st.text(max_size=20), st.text(max_size=20))
def test_so_is_any_secret_between_any_words(
    secret: str, form: str, before: str, after: str
) -> None:
    if len(secret.strip().replace(" ", "").replace("\\", "")) < 8:
        return
    written = FORMS[form](secret)
    assert written not in mask_of(secret).hidden(f"{before} {written} {after}")


@given(st.text(max_size=200))
def test_other_words_stay(words: str) -> None:
    assert mask_of("6fd1c0e4a79b4d2fa1c9e04b7d3358ac").hidden(words) == words


def test_what_is_no_secret_stays() -> None:
    words = "invalid_client: any id%20of b\r\n&amp; \\u0041"
    assert mask_of("any", "b", "another-secret").hidden(words) == words
    assert SecretMask().hidden(words) == words
    assert mask_of("a-secret").hidden("no a-secret, or a-secret?") == "no (hidden), or (hidden)?"
    assert mask_of("a-secret", "a-secret-too").hidden("a-secret-too") == "(hidden)"


def test_the_last_secrets_are_remembered_and_shown_in_no_repr() -> None:
    mask = SecretMask()
    for number in range(1000):
        mask.add(SecretStr("the-pair"), SecretStr(f"token-{number:05}"))
    shown = "the-pair token-00999 token-00998 token-00001"
    assert mask.hidden(shown) == "(hidden) (hidden) (hidden) token-00001"
    assert "token" not in repr(vars(mask))


def test_hostile_words_take_linear_time() -> None:
    mask = mask_of(*(f"{number:064}" for number in range(8)))
    for hostile in ("%25", "\\", "&#x00000", "\\u00", "0", " "):
        began = time.process_time()
        mask.hidden(hostile * (65536 // len(hostile)))
        assert time.process_time() - began < 5

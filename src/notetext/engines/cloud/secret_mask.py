"""Hides secrets, in whatever form they come back, in words that come from outside."""

from __future__ import annotations

import base64
import re
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from html.entities import html5
from itertools import product
from typing import NamedTuple
from urllib.parse import quote

from pydantic import SecretStr

HIDDEN = "(hidden)"

_SHORTEST = 6
"""Characters; what is shorter is in many words, and protects nothing."""

_LONGEST = 1 << 16
"""Characters; a service that says more would take time and memory."""

_KEPT = 8
"""How many secrets are remembered: a pair, and the tokens that may still come back."""

_MOST_LAYERS = 5
"""How often text may be encoded, one on the other, such as JSON within JSON."""

# What stands for one character in URLs, JSON, programs and HTML; then what says nothing itself:
# blanks and breaks of long lines, and the backslash before a character.
_CHARACTER = (
    r"%(?:25)*(?P<url>[0-9a-f]{2})"
    r"|\\+(?:u00|x)(?P<json>[0-9a-f]{2})"
    r"|&#x0*(?P<hex>[0-9a-f]{1,2});"
    r"|&#0*(?P<decimal>[0-9]{1,3});"
    r"|&(?P<name>[a-z]{2,6};)"
)
# A backslash before an n is either before an n, or a break.
_ENCODED = tuple(
    re.compile(f"{_CHARACTER}|{silent}", re.IGNORECASE)
    for silent in (r"[\s\0]+|\\+", r"[\s\0]+|\\+[rnt]?")
)


class SecretMask:
    """Hides the secrets that it was told, wherever words hold them. Threads may share it.

    Found are they in capitals or not; quoted for URLs, escaped for JSON, programs and HTML, mixed
    and one on the other; in Base64 of either alphabet, as a part of something longer too; in hex;
    and broken into lines. It keeps them as `SecretStr`; in plain they are there only while words
    are searched.

    >>> from pydantic import SecretStr
    >>> from notetext.engines.cloud.secret_mask import SecretMask
    >>> mask = SecretMask()
    >>> mask.add(SecretStr("s3cret/or+so"))
    >>> mask.hidden("no client has s3cret%2For%2bso, that is czNjcmV0L29yK3Nv")
    'no client has (hidden), that is (hidden)'
    """

    def __init__(self) -> None:
        self._secrets: deque[SecretStr] = deque(maxlen=_KEPT)
        self._lock = threading.Lock()

    def add(self, *secrets: SecretStr) -> None:
        """Remembers secrets; the 8 that were told last are hidden."""
        with self._lock:
            for secret in secrets:
                if secret in self._secrets:
                    self._secrets.remove(secret)
                self._secrets.append(secret)

    def hidden(self, words: str) -> str:
        """The words, up to 65,536 characters of them, with ``(hidden)`` in place of each secret."""
        words = words[:_LONGEST]
        if len(words) < _SHORTEST:
            return words
        with self._lock:
            secrets = [secret for secret in self._secrets if len(secret) >= _SHORTEST]
        spans = sorted(_spans(words, secrets))
        pieces = []
        done = 0
        for start, end in spans:
            if start >= done:
                pieces += [words[done:start], HIDDEN]
            done = max(done, end)
        return "".join([*pieces, words[done:]])

    def hidden_bytes(self, body: bytes) -> bytes:
        """The same for bytes of which nobody knows what they are."""
        words = body.decode("latin-1")
        hidden = self.hidden(words)
        return body if hidden == words else hidden.encode("latin-1")


def _spans(words: str, secrets: Sequence[SecretStr]) -> Iterator[tuple[int, int]]:
    """Where the secrets stand."""
    layers = list(_layers(words))
    for secret in secrets:
        for form in _forms(secret.get_secret_value()):
            for layer in layers:
                at = layer.text.find(form)
                while at >= 0:
                    yield layer.starts[at], layer.ends[at + len(form) - 1]
                    at = layer.text.find(form, at + len(form))


class _Layer(NamedTuple):
    """Words without some of their encodings, and where each character stood in the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def _layers(words: str) -> Iterator[_Layer]:
    """The words in small letters, and what is left of them when encodings are undone."""
    small = words.lower()
    if len(small) != len(words):
        # One character stays one, so that places stay.
        small = "".join(c if len(c.lower()) != 1 else c.lower() for c in words)
    written = _Layer(small, range(len(words)), range(1, len(words) + 1))
    yield written
    for encoded in _ENCODED if "\\" in words else _ENCODED[:1]:
        layer: _Layer | None = written
        for _ in range(_MOST_LAYERS):
            layer = layer and _decoded(layer, encoded)
            if layer is not None:
                yield layer


def _decoded(layer: _Layer, encoded: re.Pattern[str]) -> _Layer | None:
    """The layer below, or ``None`` if nothing is encoded."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def take(begin: int, end: int) -> None:
        pieces.append(layer.text[begin:end])
        starts.extend(layer.starts[begin:end])
        ends.extend(layer.ends[begin:end])

    done = 0
    for match in encoded.finditer(layer.text):
        take(done, match.start())
        done = match.end()
        character = _meant(match)
        if character:
            pieces.append(character.lower())
            starts.append(layer.starts[match.start()])
            ends.append(layer.ends[done - 1])
    if done == 0:
        return None
    take(done, len(layer.text))
    return _Layer("".join(pieces), starts, ends)


def _meant(match: re.Match[str]) -> str:
    """The one character that something encoded stands for, or none."""
    found = match.groupdict()
    digits = found["url"] or found["json"] or found["hex"]
    if digits:
        return chr(int(digits, 16))
    if found["decimal"]:
        return chr(int(found["decimal"]))
    if found["name"]:
        return html5.get(found["name"], "")[:1]
    return ""


def _forms(secret: str) -> set[str]:
    """The secret as it may be written, in small letters, but for what `_layers` undoes."""
    written = {secret, secret.replace(" ", "+"), quote(secret, safe=""), quote(secret)}
    forms = {layer.text for text in written for layer in _layers(text)}
    for text in written:
        forms.add(text.encode().hex())
        forms.update(_base64_cores(text.encode()))
    return {form for form in forms if len(form) >= _SHORTEST}


def _base64_cores(secret: bytes) -> Iterator[str]:
    """The characters that are sure in the Base64 of whatever holds the secret."""
    for shift, alphabet in product(range(3), (b"+/", b"-_")):
        encoded = base64.b64encode(bytes(shift) + secret, alphabet).decode()
        first = (0, 2, 3)[shift]
        last = (shift + len(secret)) * 8 // 6
        yield encoded[first:last].lower()

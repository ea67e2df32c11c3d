"""JSON that is looked through before anything is made of it."""

from __future__ import annotations

import re

from notetext.engines.cloud.answer_limits import AnswerLimits

_MARK = b"\xef\xbb\xbf"
_LONGEST_KEY = 1_000
# None of it goes back over what it has passed. A quotation mark alone has no partner.
_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["{}\[\],:]', re.DOTALL)


def bounded_json(body: bytes, limits: AnswerLimits | None = None) -> bytes:
    r"""The same JSON, without a byte order mark, if it keeps within the limits.

    Whether it is JSON at all is for a parser to say.

    >>> from notetext.engines.cloud.bounded_json import bounded_json
    >>> bounded_json(b'\xef\xbb\xbf{"id": 7}')
    b'{"id": 7}'
    >>> bounded_json(b'{"id": 7, "id": 8}')
    Traceback (most recent call last):
    ValueError: an object has one key twice

    Args:
        body: of an answer.
        limits: how many values, how deep; those for 1 MiB if left out.

    Raises:
        ValueError: it goes beyond them, or an object has one key twice, so that nobody knows which
            value is meant.
    """
    limits = limits or AnswerLimits()
    keys: list[set[bytes]] = []
    values, escaped, string = 1, 0, (0, 0)
    for found in _TOKEN.finditer(body):
        start, end = found.span()
        token = body[start : start + 1]
        if token == b'"':
            if end - start == 1:
                raise ValueError("a string has no end")
            string = start, end
            if body.find(b"\\", start, end) >= 0:
                escaped += end - start
        elif token == b":":
            key = body[string[0] : min(string[1], string[0] + _LONGEST_KEY)]
            if not keys or key in keys[-1]:
                raise ValueError("an object has one key twice")
            keys[-1].add(key)
        elif token in b"]}":
            del keys[-1:]
        else:
            values += 1
            if token != b",":
                keys.append(set())
        if values > limits.values or escaped > limits.escaped_bytes:
            raise ValueError("it holds more than any answer")
        if len(keys) > limits.depth:
            raise ValueError("it is deeper than any answer")
    return body.removeprefix(_MARK)

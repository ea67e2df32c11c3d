"""What a service itself says of a refusal."""

from __future__ import annotations

from pydantic_core import from_json

from notetext.engines.cloud.transport import Answer

NO_JSON = object()
"""What `json_of` returns for a body that is none."""

_FIELDS = ("error_description", "error", "title", "detail", "message", "errors")
"""Of OAuth (RFC 6749), of problem details (RFC 9457), and of everybody else."""


def problem(answer: Answer) -> str:
    """The service's own words for a refusal, cut to a line, or an empty string."""
    value = json_of(answer.body)
    text = ""
    if isinstance(value, dict):
        text = ": ".join(str(value[key]) for key in _FIELDS if value.get(key))
    elif isinstance(value, str):
        text = value
    elif not answer.body.lstrip().startswith((b"<", b"{", b"[")):
        text = answer.body[:1000].decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:300]


def json_of(body: bytes) -> object:
    """What a body holds as JSON, or `NO_JSON`."""
    try:
        # Unlike `json.loads`, it takes no harm from brackets a thousand deep.
        parsed: object = from_json(without_mark(body))
    except ValueError:
        return NO_JSON
    return parsed


def without_mark(body: bytes) -> bytes:
    """The body without a byte order mark."""
    return body.removeprefix(b"\xef\xbb\xbf")

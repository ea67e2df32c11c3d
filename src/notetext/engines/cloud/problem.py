"""What a service itself says of a refusal."""

from __future__ import annotations

from pydantic_core import from_json

from notetext.engines.cloud.bounded_json import bounded_json
from notetext.engines.cloud.transport import Answer

NO_JSON = object()
"""What `json_of` returns for a body that is none."""

_FIELDS = ("error_description", "error", "title", "detail", "message", "errors")
"""Of OAuth (RFC 6749), of problem details (RFC 9457), and of everybody else."""

_LONGEST_BYTES = 1 << 16
_MOST_CHARACTERS = 300


def problem(answer: Answer) -> str:
    """The service's own words for a refusal, cut to a line, or an empty string."""
    body = answer.body
    value = json_of(body) if len(body) <= _LONGEST_BYTES else NO_JSON
    text = ""
    if isinstance(value, dict):
        text = ": ".join(str(value[key]) for key in _FIELDS if value.get(key))
    elif isinstance(value, str):
        text = value
    elif not body[:_LONGEST_BYTES].lstrip().startswith((b"<", b"{", b"[")):
        text = body[:1000].decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_MOST_CHARACTERS]


def json_of(body: bytes) -> object:
    """What a body holds as JSON, or `NO_JSON`; 1 MiB at most, and few values."""
    try:
        # Unlike `json.loads`, it takes no harm from brackets a thousand deep.
        parsed: object = from_json(bounded_json(body))
    except ValueError:
        return NO_JSON
    return parsed

"""A service's own name for a request, by which its operators find it again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from notetext.engines.cloud.problem import json_of
from notetext.engines.cloud.transport import Answer
from notetext.errors import CloudError

_HEADERS = ("x-request-id", "request-id")
_TRACE_FIELD, _TRACE_HEADER = "traceId", "traceparent"
_MOST_CHARACTERS = 100


def request_id(answer: Answer) -> str | None:
    """The id in an answer, or ``None`` if it has none.

    It stands in a header ``x-request-id`` or ``request-id``, in the ``traceId`` of problem
    details, or in a header ``traceparent``; the first of them counts.

    Args:
        answer: with its secrets hidden.
    """
    for header in _HEADERS:
        if found := _plain(answer.headers.get(header)):
            return found
    if answer.status >= 400:
        value = json_of(answer.body)
        if isinstance(value, dict) and (found := _plain(value.get(_TRACE_FIELD))):
            return found
    return _plain(answer.headers.get(_TRACE_HEADER))


@contextmanager
def told_by(answer: Answer) -> Iterator[None]:
    """A block that makes something of an answer; errors that leave it name the request."""
    try:
        yield
    except CloudError as error:
        error.about_request(request_id(answer))
        raise


def _plain(value: object) -> str | None:
    """What may be shown of an id, or ``None`` if nothing is left."""
    if not isinstance(value, str):
        return None
    return "".join(c for c in value if "!" <= c <= "~")[:_MOST_CHARACTERS] or None

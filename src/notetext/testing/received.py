"""What a fake service was asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from notetext.testing.faults import Phase


@dataclass(frozen=True, slots=True)
class Submission:
    """What was submitted to a service.

    Attributes:
        image: the picture or PDF.
        settings: how it is to be read, in the service's own words.
    """

    image: bytes = field(repr=False)
    settings: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """One request, whatever became of it.

    Attributes:
        phase: what was asked for; ``None`` if there is no such endpoint.
        method: of HTTP.
        path: without the query.
        query: the first value of each name.
        headers: by lower-case names.
        body: as it came; empty if the connection was reset before it was read.
        connection: counts from 1; the same for requests on one connection.
        read_submission: reads the body of a submission to this service.
    """

    phase: Phase | None
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    connection: int
    read_submission: Callable[[bytes], Submission] = field(repr=False, compare=False)

    @property
    def media_type(self) -> str:
        """The ``Content-Type`` without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().casefold()

    @property
    def settings(self) -> Mapping[str, object]:
        """The settings of a submission."""
        return self.read_submission(self.body).settings

    @property
    def image(self) -> bytes:
        """The picture or PDF of a submission."""
        return self.read_submission(self.body).image

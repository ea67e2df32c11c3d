"""What a `FakeAsposeServer` was asked."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from notetext.testing.faults import Phase


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
    """

    phase: Phase | None
    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    connection: int

    @property
    def settings(self) -> Mapping[str, object]:
        """The settings of a submission."""
        settings = json.loads(self.body)["settings"]
        assert isinstance(settings, dict)
        return settings

    @property
    def image(self) -> bytes:
        """The picture or PDF of a submission."""
        return base64.b64decode(json.loads(self.body)["image"])

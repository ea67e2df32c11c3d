"""JSON: everything that is known about the result."""

from __future__ import annotations

from notetext.exporters import Exporter, PageImages
from notetext.result import RecognitionResult


class JsonExporter(Exporter):
    """The result's own model; `RecognitionResult.from_json` reads it back without loss."""

    name = "json"
    suffixes = (".json",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns JSON, indented, ended by a newline."""
        return result.to_json(indent=2) + "\n"

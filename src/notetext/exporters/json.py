"""JSON: everything that is known about the result, as one value or as a line of many."""

from __future__ import annotations

import json

from notetext.exporters import Exporter, PageImages
from notetext.exporters.merging import Merger, Separated, text_of
from notetext.result import SCHEMA_VERSION, RecognitionResult


class JsonExporter(Exporter):
    """The result's own model; `RecognitionResult.from_json` reads it back without loss."""

    name = "json"
    suffixes = (".json",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns JSON, indented, ended by a newline."""
        return result.to_json(indent=2) + "\n"

    def merger(self) -> Merger:
        """Makes an array of results."""
        return _Array()


class JsonLinesExporter(Exporter):
    """The same in one line, as https://jsonlines.org has it: a file of many grows at its end."""

    name = "jsonl"
    suffixes = (".jsonl", ".ndjson")

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns JSON without line breaks, ended by one."""
        return result.to_json() + "\n"

    def merger(self) -> Separated:
        """Sets one line below the other."""
        return Separated("")


class _Array(Merger):
    """A JSON array; each result is written as it comes."""

    def __init__(self) -> None:
        self._opening = "[\n"

    def add(self, result: RecognitionResult, rendered: str | bytes) -> str:
        opening, self._opening = self._opening, ",\n"
        return opening + text_of(rendered).removesuffix("\n")

    def end(self) -> str:
        return "[]\n" if self._opening.startswith("[") else "\n]\n"


def json_schema() -> str:
    """The JSON schema (2020-12) of what `JsonExporter` writes, as JSON."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A recognition result of notetext, schema version {SCHEMA_VERSION}",
    }
    schema |= RecognitionResult.model_json_schema(mode="serialization") | schema
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

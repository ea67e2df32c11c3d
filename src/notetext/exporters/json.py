"""JSON: everything that is known about the result."""

from __future__ import annotations

import json

from notetext.exporters import Exporter, PageImages
from notetext.result import SCHEMA_VERSION, RecognitionResult


class JsonExporter(Exporter):
    """The result's own model; `RecognitionResult.from_json` reads it back without loss."""

    name = "json"
    suffixes = (".json",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns JSON, indented, ended by a newline."""
        return result.to_json(indent=2) + "\n"


def json_schema() -> str:
    """The JSON schema (2020-12) of what `JsonExporter` writes, as JSON."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"A recognition result of notetext, schema version {SCHEMA_VERSION}",
    }
    schema |= RecognitionResult.model_json_schema(mode="serialization") | schema
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

"""JSON and its published schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from notetext import RecognitionResult
from notetext.exporters.json import json_schema

PUBLISHED = Path(__file__).parents[2] / "docs" / "result.schema.json"


def test_the_published_schema_is_current() -> None:
    # Parsed, since one version of pydantic writes 0 where another writes 0.0.
    published, current = (
        json.loads(PUBLISHED.read_text(encoding="utf-8")),
        json.loads(json_schema()),
    )
    assert published == current, "run python docs/make_schema.py"


def test_what_is_written_keeps_the_published_schema(
    letter: RecognitionResult, result_of: Callable[..., RecognitionResult]
) -> None:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    for result in (letter, result_of([]), result_of([[["one two"]]])):
        jsonschema.validate(json.loads(result.to("json")), schema)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data.pop("mode"),
        lambda data: data["pages"][0].update(width=-1),
        lambda data: data["pages"][0]["paragraphs"][0]["lines"][0]["words"][0].update(box=[1, 2]),
    ],
)
def test_the_schema_refuses_what_is_no_result(
    letter: RecognitionResult, spoil: Callable[[dict[str, Any]], object]
) -> None:
    data = json.loads(letter.to("json"))
    spoil(data)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json.loads(PUBLISHED.read_text(encoding="utf-8")))

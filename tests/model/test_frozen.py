"""Values: they do not change, compare by what they hold, and come back from JSON."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from notetext.model import Artifact, Box, SourceInfo, Word


def test_a_value_does_not_change() -> None:
    word = Word(text="read")
    with pytest.raises(ValidationError):
        word.text = "red"
    assert word == Word(text="read")
    assert hash(word) == hash(Word(text="read"))


@given(st.binary(max_size=50))
def test_bytes_come_back_from_json_as_they_were(data: bytes) -> None:
    artifact = Artifact(name="service.pdf", data=data)
    assert Artifact.model_validate_json(artifact.model_dump_json()) == artifact


@given(st.text(st.characters(exclude_categories=["Cs"])), st.floats(0, 1), st.booleans())
def test_a_value_is_the_same_after_json_and_pickle(
    text: str, confidence: float, has_place: bool
) -> None:
    place = Box.rectangle(0.1, 2.5, 1 / 3, 1e5) if has_place else None
    word = Word(text=text, confidence=confidence, box=place, alternatives=(text, "other"))
    assert Word.model_validate_json(word.model_dump_json()) == word
    assert pickle.loads(pickle.dumps(word)) == word


def test_fields_of_a_newer_version_are_skipped() -> None:
    assert SourceInfo.model_validate({"name": "a.jpg", "colour": "red"}) == SourceInfo(name="a.jpg")

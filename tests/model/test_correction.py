"""Corrections: what they say, and what can be none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from notetext import Box, Correction
from notetext.model import CorrectionKind

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)
corrections = st.builds(
    Correction,
    kind=st.sampled_from(CorrectionKind),
    page=st.integers(1, 99),
    line=st.integers(0, 99),
    word=st.integers(0, 99),
    old=st.lists(texts, max_size=3).map(tuple),
    new=st.lists(texts, max_size=3).map(tuple),
    box=st.none() | st.just(Box.rectangle(1, 2, 30, 40)),
)


@given(corrections)
def test_a_correction_is_the_same_after_json(correction: Correction) -> None:
    assert Correction.model_validate_json(correction.model_dump_json()) == correction


def test_words_are_what_is_corrected_unless_said_otherwise() -> None:
    correction = Correction(page=1, line=0, old=("libary",), new=("library",))
    assert (correction.kind, correction.word) == (CorrectionKind.WORDS, 0)


@pytest.mark.parametrize(
    "wrong",
    [{"page": 0}, {"line": -1}, {"word": -1}, {"new": ("",)}, {"kind": "erased"}, {"box": (1, 2)}],
    ids=str,
)
def test_what_stands_nowhere_or_says_nothing_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Correction.model_validate({"page": 1, "line": 0} | wrong)

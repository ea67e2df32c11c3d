"""Blanks between words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notetext.model.spacing import blank_between, join_words


@given(st.lists(st.text(max_size=8), max_size=5))
def test_joining_words_loses_no_character(parts: list[str]) -> None:
    assert join_words(parts).replace(" ", "") == "".join(parts).replace(" ", "")


def test_an_empty_word_adds_no_blank() -> None:
    assert join_words(["a", "", "b"]) == "a b"
    assert not blank_between("", "b")

"""Blanks between words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notetext.model.spacing import blank_between, sets_blanks


def test_an_empty_word_adds_no_blank() -> None:
    assert blank_between("a", "b")
    assert not blank_between("a", "")
    assert not blank_between("", "b")


@given(st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=8))
def test_between_texts_of_scripts_that_set_blanks_stands_one(before: str, after: str) -> None:
    if sets_blanks(before) or sets_blanks(after):
        assert blank_between(before, after)

"""Blanks between words."""

from __future__ import annotations

import pytest
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


@pytest.mark.parametrize(
    ("before", "after", "has_blank"),
    [
        ("\uff4f\uff46", "\uff57\uff41", True),  # letters
        ("\uff12", "\uff13", True),  # digits
        ("\u65e5", "\u672c", False),
        ("\u6708", "\uff13", False),
        ("\uff13", "\u65e5", False),
        ("\u3002", "\uff4f", False),
    ],
)
def test_letters_and_digits_of_full_width_have_blanks_between_them(
    before: str, after: str, has_blank: bool
) -> None:
    assert blank_between(before, after) is has_blank

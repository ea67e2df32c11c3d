"""From a service's plain text to lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.cloud.plain_text import lines_of


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n\n", []),
        ("one", ["one"]),
        ("one\r\ntwo\n", ["one", "two"]),
        ("one\rtwo", ["one", "two"]),
        ("\n  one   two \n\n\nthree\n\n", ["one two", "", "", "three"]),
    ],
)
def test_text_keeps_its_line_breaks(text: str, lines: list[str]) -> None:
    assert [line.text for line in lines_of(text)] == lines
    assert all(word.box is None for line in lines_of(text) for word in line.words)


@given(st.text())
def test_no_character_of_a_text_is_lost(text: str) -> None:
    kept = "".join(word.text for line in lines_of(text) for word in line.words)
    assert kept == "".join(text.split())

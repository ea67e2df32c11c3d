from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measuring.scoring import ErrorRate, character_errors, normalized, total, word_errors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It’s ‘so’", "It's 'so'"),
        ("“so”", '"so"'),
        ("1914–18 — or so", "1914-18 - or so"),
        ("presto ! ( he said )", "presto! ( he said)"),
        ("one\ntwo\n\n  three\t", "one two three"),
        ("ﬁne ½", "fine 1⁄2"),
        ("e\N{COMBINING ACUTE ACCENT}", "é"),
        ("", ""),
    ],
)
def test_typography_does_not_count(text: str, expected: str) -> None:
    assert normalized(text) == expected


@given(st.text())
def test_a_normalized_text_stays_as_it_is(text: str) -> None:
    assert normalized(normalized(text)) == normalized(text)


@given(st.text(min_size=1))
def test_a_text_read_as_it_stands_has_no_errors(text: str) -> None:
    assert character_errors(text, text).errors == 0
    assert word_errors(text, text).errors == 0


@given(st.text(), st.text())
def test_errors_are_no_more_than_the_longer_text(reference: str, reading: str) -> None:
    longest = max(len(normalized(reference)), len(normalized(reading)))
    assert character_errors(reference, reading).errors <= longest


def test_a_wrong_letter_is_one_wrong_character_and_one_wrong_word() -> None:
    assert character_errors("two words", "two worbs") == ErrorRate(1, 9)
    assert word_errors("two words", "two worbs") == ErrorRate(1, 2)


def test_nothing_read_is_everything_wrong() -> None:
    assert character_errors("all of it", "").percent == 100
    assert word_errors("all of it", "").percent == 100


def test_a_long_page_counts_for_more_than_a_short_one() -> None:
    assert total([ErrorRate(5, 10), ErrorRate(0, 90)]).percent == 5


def test_no_text_has_no_error_rate_but_zero() -> None:
    assert total([]).percent == 0

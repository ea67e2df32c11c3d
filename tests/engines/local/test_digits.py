import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.digits import in_digits


@pytest.mark.parametrize(
    ("seen", "written"),
    [
        ("7,48o", "7,480"),
        ("1,0oo,000", "1,000,000"),
        ("21:o5.", "21:05."),
        ("1:3o", "1:30"),
        ("II:00", "11:00"),
        ("l2:3o", "12:30"),
        ("I2.03.2020", "12.03.2020"),
        ("(£1o5)", "(£105)"),
    ],
)
def test_in_a_number_letters_that_look_like_digits_are_digits(seen: str, written: str) -> None:
    assert in_digits(seen) == written


@pytest.mark.parametrize(
    "word",
    ["oil", "Il", "I:12", "I.12", "12.I.2020", "37,5o", "2o", "5l.", "3,5l", "B1O2", "0o755", "O2"],
)
def test_what_may_be_a_letter_stays_one(word: str) -> None:
    assert in_digits(word) == word


@given(st.text(alphabet="oOIl019.,:-€%(/x", max_size=8))
def test_nothing_but_such_letters_is_changed_and_not_twice(word: str) -> None:
    written = in_digits(word)

    assert len(written) == len(word)
    assert all(old == new or old in "oOIl" for old, new in zip(word, written, strict=True))
    assert in_digits(written) == written

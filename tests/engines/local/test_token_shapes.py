from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.local.token_shapes import Shape, shape_of, worth_in_token


def test_every_kind_may_follow_every_other_and_none_is_certain() -> None:
    worths = [worth_in_token(before, after) for before in Shape for after in " 7aA/%"]

    assert all(0 < worth <= 0.5 for worth in worths)


@given(st.characters(exclude_categories=["Cs"]))
def test_every_character_is_of_a_kind(character: str) -> None:
    shape = shape_of(character)

    assert (shape is Shape.DIGIT) == (character.isdigit() and not character.isalpha())
    assert (shape is Shape.EDGE) == character.isspace()


def test_capitals_and_accents_are_letters() -> None:
    assert [shape_of(character) for character in "Žž"] == [Shape.CAPITAL, Shape.LOWER]


def test_after_a_digit_a_token_has_no_letter_that_looks_like_one() -> None:
    assert worth_in_token(Shape.DIGIT, "O") == 0
    assert worth_in_token(Shape.DIGIT, "K") > 0
    assert worth_in_token(Shape.CAPITAL, "O") > 0

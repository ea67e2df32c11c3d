import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from notetext.engines.local.beam import Candidate
from notetext.engines.local.seen_tokens import tokens_in, weighed

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
ALPHABET = ("", *_LETTERS, *_LETTERS.upper(), *"0123456789.,:/@=+#-_", " ")


def shown(text: str) -> NDArray[np.float32]:
    """What a network gives that sees a text clearly."""
    steps = np.full((2 * len(text), len(ALPHABET)), 1e-6, np.float32)
    for index, character in enumerate(text):
        steps[2 * index, ALPHABET.index(character)] = 1
        steps[2 * index + 1, 0] = 1
    steps /= steps.sum(axis=1, keepdims=True)
    return np.log(steps)


def chosen(text: str, likelier: str, by: float = 1.0) -> str:
    """Which of two is taken if the network shows the one and the language likes the other."""
    found = [Candidate(likelier, -10.0), Candidate(text, -10.0 - by)]
    return weighed(found, shown(text), ALPHABET)[0].text


@pytest.mark.parametrize(
    ("text", "likelier"),
    [
        ("mail.org/login", "mail. org/login"),
        ("126 kWh", "126 kwh"),
        ("www.example.com", "wow.example.com"),
        ("tomas@web.net", "tomas @web. net"),
        ("7am", "70m"),
        ("at 1.22 pm", "at 122 pm"),
        ("11+76=87", "1176=87"),
        ("AE71 UGZ", "AE7/1 UGZ"),
    ],
)
def test_a_token_that_the_network_shows_stands(text: str, likelier: str) -> None:
    assert chosen(text, likelier) == text


@pytest.mark.parametrize(
    ("text", "likelier"),
    [
        ("the cat.The dog", "the cat. The dog"),
        ("Tue", "The"),
        ("8nails", "8 nails"),
        ("2at309.86", "2 at 309.86"),
        ("coffee-9", "coffee -9"),
        ("7,48o", "7,480"),
        ("_25", "25"),
        ("3 for", "8 for"),
        ("23", "#23"),
        ("64W", "646W"),
    ],
)
def test_elsewhere_the_language_tells(text: str, likelier: str) -> None:
    assert chosen(text, likelier) == likelier


def test_what_is_far_likelier_is_taken_all_the_same() -> None:
    assert chosen("20/19", "2019", by=20) == "2019"


def test_each_token_of_a_line_counts() -> None:
    assert chosen("a.b@c.de 1.22 pm", "a. b@c. de 122 pm", by=5) == "a.b@c.de 1.22 pm"


def test_how_sure_a_text_is_stays_as_it_was() -> None:
    found = [Candidate("122 pm", -10.0), Candidate("1.22 pm", -11.0)]

    first, second = weighed(found, shown("1.22 pm"), ALPHABET)

    assert (first.score, second.score) == (-11.0, -10.0)


PROSE = ("window", "Garden", "o'clock", "end.", '"Yes,"', "(so)", "McKay", "up-to")


@given(st.lists(st.sampled_from(PROSE)))
def test_prose_has_no_tokens(words: list[str]) -> None:
    assert tokens_in(" ".join(words)) == []


@given(st.text(max_size=30))
def test_tokens_come_in_their_order_and_hold_no_blank(text: str) -> None:
    rest = "".join(text.split())
    for token in tokens_in(text):
        assert not any(character.isspace() for character in token)
        assert token in rest
        rest = rest[rest.index(token) + len(token) :]

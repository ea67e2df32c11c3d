import math

import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.engines.local.language_model import LanguageModel
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.scripts.tuning import Trust
from notetext.engines.local.state_kinds import StateKinds
from notetext.engines.local.text_states import TextStates
from notetext.engines.local.text_tree import TextTree
from notetext.engines.local.vocabulary import load_vocabulary

CHARACTERS = "abcdefghijklmnopqrstuvwxyzéèçJABNHTLÉ'’-,.:/(0127€ "
TEXTS = (
    "He said: don't, José",
    "L'été, c'est l'heure d'aller",
    "d'éclair l'ét l'xé ’tis",
    "NASA-H. 12/10 (at 7:01) a  b",
    "Bréqt 'tis JABA a-b",
    "Hausaufgabe, Landrecht",
)
LINKS = {"s": 0.05, "es": 0.01}


@pytest.fixture(scope="module", params=["en", "fr", "de"])
def model(request: pytest.FixtureRequest) -> LanguageModel:
    links = LINKS if request.param == "de" else None
    vocabulary = load_vocabulary([request.param], (), links)
    return LanguageModel(vocabulary, Trust(0.7, 1.2), plain=LATIN.plain)


def one(number: int) -> NDArray[np.intp]:
    return np.array([number], np.intp)


class Text:
    """A text that grows by a character at a time."""

    def __init__(self, model: LanguageModel) -> None:
        self.tree = TextTree(1)
        self.kinds = StateKinds(model, CHARACTERS)
        self.states = TextStates(self.tree, self.kinds)
        self.node = one(0)
        self.columns = self.kinds.columns_of(np.arange(len(CHARACTERS)))

    def worths(self) -> NDArray[np.float64]:
        """Of all characters after it."""
        return self.states.judge(np.repeat(self.node, len(self.columns)), self.columns).worth

    def grow(self, character: str) -> None:
        column = self.columns[[CHARACTERS.index(character)]]
        judged = self.states.judge(self.node, column)
        self.node = self.tree.grow(self.node, column)
        self.states.grow(self.node, judged)


@pytest.mark.parametrize("text", TEXTS)
def test_many_characters_are_worth_what_the_model_says_of_each(
    model: LanguageModel, text: str
) -> None:
    grown, state = Text(model), model.start
    for character in text:
        if character not in CHARACTERS:
            continue
        expected = [model.weigh(state, other) for other in CHARACTERS]
        assert grown.worths() == pytest.approx(expected, rel=1e-6)
        assert grown.states.ends(grown.node) == pytest.approx([model.end(state)])
        assert grown.states.tokens[grown.node] == pytest.approx([state.token])
        grown.grow(character)
        state = model.follow(state, character)


@pytest.mark.parametrize("power", [0.3, 0.7])
def test_what_is_surely_no_prose_is_no_surer_than_that(power: float) -> None:
    text = Text(LanguageModel(load_vocabulary(["en"]), Trust(power, 0.5)))
    for character in "12/10/2012-7012.01/2017:0021" * 4:
        worths = text.worths()
        assert np.isfinite(worths).all()
        assert (worths >= 0).all()
        assert text.states.tokens[text.node][0] <= 1
        text.grow(character)


def test_texts_that_go_different_ways_do_not_know_of_each_other(model: LanguageModel) -> None:
    text = Text(model)
    for character in "a b":
        text.grow(character)
    before, node = text.worths(), text.node
    for character in "cde":
        text.grow(character)

    text.node = node

    assert text.worths() == pytest.approx(before, rel=1e-12)


def test_a_run_of_hundreds_of_letters_is_worth_something() -> None:
    text = Text(LanguageModel(load_vocabulary(["en"]), Trust(0.7, 1.2)))
    for _ in range(600):
        text.grow("z")

    assert (text.worths() > 0).all()
    assert math.isfinite(float(text.states.ends(text.node)[0]))

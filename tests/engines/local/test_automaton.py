import numpy as np
import pytest
from numpy.typing import NDArray

from notetext.engines.local import automaton as automaton_module
from notetext.engines.local.automaton import Automaton
from notetext.engines.local.language_model import LanguageModel
from notetext.engines.local.model_states import START
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.scripts.tuning import Trust
from notetext.engines.local.vocabulary import load_vocabulary

CHARACTERS = "abcdefghijklmnopqrstuvwxyzéèçJABNHTL'’-,.:/(0127€ "
TEXTS = (
    "He said: don't, José",
    "L'été, c'est l'heure d'aller",
    "NASA-H. 12/10 (at 7:01) a  b",
    "Bréqt 'tis JABA a-b",
)


@pytest.fixture(scope="module", params=["en", "fr"])
def model(request: pytest.FixtureRequest) -> LanguageModel:
    return LanguageModel(load_vocabulary([request.param]), Trust(0.7, 1.2), plain=LATIN.plain)


def one(number: int) -> NDArray[np.intp]:
    return np.array([number], np.intp)


@pytest.mark.parametrize("text", TEXTS)
def test_the_tables_hold_what_the_model_says(model: LanguageModel, text: str) -> None:
    tables = Automaton(model, CHARACTERS)
    columns = tables.columns_of(np.arange(len(CHARACTERS)))
    number, state = START, model.start
    for character in text:
        if character not in CHARACTERS:
            continue
        worths = tables.weigh(np.full(len(columns), number), columns)
        expected = [model.weigh(state, other) for other in CHARACTERS]
        assert worths == pytest.approx(expected, rel=1e-9)
        assert tables.ends(one(number)) == pytest.approx([model.end(state)])
        column = columns[CHARACTERS.index(character)]
        number = int(tables.follow(one(number), one(int(column)))[0])
        state = model.follow(state, character)


@pytest.mark.parametrize("power", [0.3, 0.7])
def test_what_is_surely_no_prose_is_no_surer_than_that(power: float) -> None:
    model = LanguageModel(load_vocabulary(["en"]), Trust(power, 0.5))
    tables = Automaton(model, CHARACTERS)
    columns = tables.columns_of(np.arange(len(CHARACTERS)))
    number = START
    for character in "12/10/2012-7012.01/2017:0021" * 4:
        column = columns[CHARACTERS.index(character)]
        worths = tables.weigh(np.full(len(columns), number), columns)
        assert np.isfinite(worths).all()
        assert (worths >= 0).all()
        number = int(tables.follow(one(number), one(int(column)))[0])


def test_what_was_weighed_is_known(model: LanguageModel) -> None:
    tables = Automaton(model, CHARACTERS)
    a, b = tables.columns_of(np.array([0, 1]))
    assert tables.known_worths(one(START), one(a)) == -1

    worth = tables.weigh(one(START), one(a))

    assert tables.known_worths(one(START), one(a)) == worth
    assert tables.known_worths(one(START), one(b)) == -1


def test_the_same_character_leads_from_a_state_to_one_other(model: LanguageModel) -> None:
    tables = Automaton(model, CHARACTERS)
    (column,) = tables.columns_of(np.array([0]))
    states, columns = np.full(3, START), np.full(3, column)
    tables.weigh(states, columns)

    first = tables.follow(states, columns)

    assert len(set(first.tolist())) == 1
    assert tables.follow(states, columns).tolist() == first.tolist()


def test_states_are_forgotten_before_they_fill_the_memory(
    model: LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = Automaton(model, CHARACTERS)
    columns = tables.columns_of(np.arange(3))
    states = np.full(3, START)
    worths = tables.weigh(states, columns)
    tables.follow(states, columns)
    tables.forget_if_large()
    assert (tables.known_worths(states, columns) == worths).all()

    monkeypatch.setattr(automaton_module, "_MOST_STATES", 2)
    tables.forget_if_large()

    assert (tables.known_worths(states, columns) == -1).all()
    assert tables.weigh(states, columns) == pytest.approx(worths)


def test_the_tables_grow_with_the_states(model: LanguageModel) -> None:
    tables = Automaton(model, CHARACTERS)
    columns = tables.columns_of(np.arange(26))
    states = np.array([START])
    for _ in range(3):
        pairs = np.repeat(states, 26), np.tile(columns, len(states))
        tables.weigh(*pairs)
        states = np.unique(tables.follow(*pairs))
        if len(states) > 100:
            states = states[::8]

    assert len(tables.follow(*pairs)) == len(pairs[0])
    assert int(states.max()) > 1024

import pytest

from notetext.engines.local.language_model import LanguageModel
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.scripts.tuning import Trust
from notetext.engines.local.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def english() -> LanguageModel:
    return LanguageModel(load_vocabulary(["en"]), Trust(1.0, 0.0))


@pytest.fixture(scope="module")
def french() -> LanguageModel:
    return LanguageModel(load_vocabulary(["fr"]), Trust(1.0, 0.0))


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("about fishing", "atout fihing"),
        ("the man", "theman"),
        ("together", "to ge ther"),
        ("He said", "he Said"),
        ("It ends. Then", "It ends. then"),
        ("NASA", "NaSA"),
        ("home, then", "home ,then"),
        ("home, then", "home,then"),
        ("well-known", "well -known"),
        ("well-known", "well- known"),
        ("a man - and", "a man -and"),
        ("at 10 am", "at 1o am"),
        ("don't", "dont't"),
        ("a word", "a  word"),
        ("* bread and milk", "*bread and milk"),
        ('It ends. "Then', 'It ends. "then'),
        ("* Bread", "*bread"),
        ("Brontwell said", "Brntwlel said"),
    ],
)
def test_english_as_it_is_written_is_likelier(
    english: LanguageModel, likely: str, unlikely: str
) -> None:
    assert english.worth(likely) > english.worth(unlikely)


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("l'homme", "l homme"),
        ("l'homme", "l' homme"),
        ("l'homme", "lhomme"),
        ("aujourd'hui", "aujourd hui"),
        ("L'eau", "L'Eau"),
        ("être", "etre"),
    ],
)
def test_french_as_it_is_written_is_likelier(
    french: LanguageModel, likely: str, unlikely: str
) -> None:
    assert french.worth(likely) > french.worth(unlikely)


def test_german_nouns_may_have_capitals() -> None:
    vocabulary = load_vocabulary(["de"])
    plain, nouns = (LanguageModel(vocabulary, Trust(1.0, 0.0), nouns) for nouns in (False, True))

    assert nouns.worth("das Haus") > plain.worth("das Haus")


def test_without_trust_in_the_language_every_text_is_worth_the_same() -> None:
    model = LanguageModel(load_vocabulary(["en"]), Trust(0.0, 0.0))

    assert model.worth("about fishing") == model.worth("xq--,,7 ZzZ")


@pytest.mark.parametrize(
    ("written", "misread"),
    [
        ("on 19/3", "on 1913"),
        ("$865.55", "8865.55"),
        ("+81 716 1257", "481 716 1257"),
        ("at 5:10 a.m.", "at 5:10 am."),
        ("23°C", "23 C"),
        ("NE42 4XP", "NE 42 4XP"),
        ("L2606-B4", "12606-84"),
        ("kim.li@mail.org", "kim. li mail.org"),
    ],
)
def test_what_is_no_prose_is_left_to_pixels_that_are_nearly_sure(
    english: LanguageModel, written: str, misread: str
) -> None:
    """By prose alone the misreadings would be likelier a million times."""
    assert english.worth(written) > english.worth(misread) / 2_000


def test_what_runs_on_behind_one_mark_may_run_on_behind_the_next(english: LanguageModel) -> None:
    """An address has no blanks: after its first mark they are no longer missed as much."""

    def lost(together: str, apart: str) -> float:
        return english.worth(together) / english.worth(apart)

    assert lost("see home.office/work.time", "see home.office/work. time") > 0.1
    assert lost("see home.office", "see home. office") < 0.1


@pytest.mark.parametrize("written", ['"No," he said', '"No. " he said'])
def test_quotation_marks_are_left_to_the_pixels(english: LanguageModel, written: str) -> None:
    """They hang in the air, so that blanks are seen on both sides of them."""
    first, _, last = written.rpartition('"')
    assert english.worth(written) > english.worth(first.strip() + last) / 1_000


def test_a_name_keeps_its_accent() -> None:
    plain = LATIN.plain
    model = LanguageModel(load_vocabulary(["en"]), Trust(1.0, 0.0), plain=plain)

    for name, bare in (("José", "Jose"), ("Dvořák", "Dvorak"), ("Søren", "Soren")):
        assert model.worth(bare) > model.worth(name) > model.worth(bare) / 10_000
    assert model.worth("néw") < model.worth("new") / 5


def test_after_a_blank_nothing_is_known_of_what_comes(
    english: LanguageModel,
) -> None:
    state = english.start
    for character in "40":
        state = english.follow(state, character)
    assert 0 < state.token < 1
    assert english.weigh(state, "%") > 0.01 * english.weigh(state, "0")
    assert english.follow(state, " ").token == english.start.token

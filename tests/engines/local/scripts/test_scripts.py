"""How languages find their script, and that a description is all that a new one takes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext.engines import Request
from notetext.engines.local import LocalEngine, alphabets, scripts
from notetext.engines.local.scripts import (
    SCRIPTS,
    languages_by,
    languages_of,
    links_of,
    recognizer_weights,
    script_of,
    scripts_of,
)
from notetext.engines.local.scripts.chinese_japanese import CHINESE_JAPANESE
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.scripts.script import Script
from notetext.engines.local.weights import GENERAL, BundledWeights
from notetext.errors import UnsupportedLanguageError
from notetext.model import Language, Mode
from notetext.page_image import PageImage

ENGLISH, CHINESE, RUSSIAN = Language.ENGLISH, Language.CHINESE, Language.RUSSIAN
CYRILLIC = Script(
    name="Cyrillic",
    letters={RUSSIAN: "абвгдежзийклмнопрстуфхцчшщъыьэюяё"},
    weights={Mode.PRINTED: BundledWeights("cyrillic.onnx", "0" * 64)},
    reads_also=(LATIN,),
)


@pytest.fixture
def with_cyrillic(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cyrillic, as if its weights had come."""
    monkeypatch.setattr(scripts, "SCRIPTS", (*SCRIPTS, CYRILLIC))


@pytest.fixture
def with_vietnamese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A script of one language, which the general weights read."""
    described = Script(
        name="Vietnamese without its tones",
        letters={Language.VIETNAMESE: "abcdefghijklmnopqrstuvwxyz"},
        weights={Mode.PRINTED: GENERAL},
    )
    for module in (scripts, alphabets):
        monkeypatch.setattr(module, "SCRIPTS", (*SCRIPTS, described))
    yield
    alphabets.classes.cache_clear()


def test_what_links_words_is_the_most_that_any_of_the_languages_says() -> None:
    german, swedish = LATIN.links[Language.GERMAN], LATIN.links[Language.SWEDISH]

    assert links_of([Language.GERMAN]) == german
    both = links_of([Language.GERMAN, Language.SWEDISH, ENGLISH])
    assert both is not None
    assert both.keys() == german.keys() | swedish.keys()
    assert both["s"] == max(german["s"], swedish["s"])


def test_languages_that_write_no_words_together_have_nothing_that_links_them() -> None:
    assert links_of([ENGLISH, CHINESE]) is None


def test_no_language_is_in_two_scripts() -> None:
    languages = [language for script in SCRIPTS for language in script.languages]
    assert len(languages) == len(set(languages))


def test_a_language_has_its_script() -> None:
    assert script_of([ENGLISH]) is LATIN
    assert script_of([Language.JAPANESE]) is CHINESE_JAPANESE
    assert script_of([ENGLISH, Language.FRENCH, Language.GERMAN]) is LATIN


@pytest.mark.parametrize("languages", [(ENGLISH, CHINESE), (CHINESE, ENGLISH)])
def test_a_text_in_two_scripts_has_the_one_that_reads_both(languages: tuple[Language, ...]) -> None:
    assert scripts_of(languages) == (LATIN, CHINESE_JAPANESE)
    assert script_of(languages) is CHINESE_JAPANESE


@pytest.mark.usefixtures("with_cyrillic")
def test_a_new_script_takes_its_own_texts_and_those_with_foreign_words() -> None:
    assert script_of([RUSSIAN]) is CYRILLIC
    assert script_of([ENGLISH, RUSSIAN]) is CYRILLIC
    assert script_of([ENGLISH]) is LATIN


@pytest.mark.usefixtures("with_cyrillic")
def test_scripts_that_no_weights_read_together_are_refused() -> None:
    with pytest.raises(UnsupportedLanguageError, match=r"ru \(Russian\), zh \(Chinese\) in one"):
        script_of([CHINESE, RUSSIAN])


@pytest.mark.usefixtures("with_cyrillic")
def test_a_language_is_read_in_the_modes_that_its_script_has_weights_for() -> None:
    assert RUSSIAN in languages_by(Mode.PRINTED)
    assert RUSSIAN not in languages_by(Mode.HANDWRITTEN)
    assert languages_by(Mode.HANDWRITTEN) == LATIN.languages | CHINESE_JAPANESE.languages


@pytest.mark.usefixtures("with_cyrillic")
def test_the_general_weights_read_the_scripts_that_name_them() -> None:
    assert languages_of(GENERAL) == LATIN.languages | CHINESE_JAPANESE.languages
    assert languages_of(CYRILLIC.weights[Mode.PRINTED]) == {RUSSIAN}


@pytest.mark.usefixtures("with_cyrillic")
def test_every_recogniser_is_named_once_those_for_print_first() -> None:
    assert recognizer_weights() == (
        GENERAL,
        CYRILLIC.weights[Mode.PRINTED],
        LATIN.weights[Mode.HANDWRITTEN],
    )


@pytest.mark.usefixtures("with_vietnamese")
def test_what_is_described_is_read() -> None:
    page = Image.new("RGB", (700, 120), "white")
    ImageDraw.Draw(page).text((40, 40), "xin chao anh", "black", ImageFont.load_default(40))
    request = Request(Mode.PRINTED, (Language.VIETNAMESE,))

    reading = LocalEngine(threads=1).read(PageImage(np.asarray(page)), request)

    assert [line.text for line in reading.fragments] == ["xin chao anh"]


def test_no_module_but_the_descriptions_names_a_language() -> None:
    engine = Path(scripts.__file__).parents[1]
    found = {
        f"{path.name}:{node.lineno}"
        for path in engine.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in {"Language", "LATIN", "CHINESE_JAPANESE"}
    }
    assert not found

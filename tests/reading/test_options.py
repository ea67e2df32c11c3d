"""What callers may ask for."""

from __future__ import annotations

from typing import Any

import pytest

from notetext import Language, Mode, NoteText
from notetext.errors import ConfigurationError
from notetext.reading.options import LanguageTelling, ReadKeywords, ReadOptions


def test_strings_are_welcome_at_the_door() -> None:
    typed: Any = "Printed"
    options = ReadOptions.of(typed, ["en", "French"], {"on_error": "raise", "text_layer": "only"})
    assert options.mode is Mode.PRINTED
    assert options.languages == (Language.ENGLISH, Language.FRENCH)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"on_error": "ignore"}, "'raise'"),
        ({"text_layer": "maybe"}, "'only'"),
        ({"dpi": 3}, "20 to 10,000"),
        ({"dpi": "300"}, "20 to 10,000"),
        ({"password": b"sesame"}, "type bytes; give a string"),
        ({"region": (5, 5, 5, 9)}, "left, top, right, bottom"),
        ({"region": (0, 0, float("nan"), 9)}, "left, top, right, bottom"),
        ({"region": "all"}, "left, top, right, bottom"),
    ],
)
def test_a_wrong_option_says_what_is_right(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        ReadOptions.of("auto", "en", wrong)  # type: ignore[arg-type]


def test_a_wrong_mode_or_language_says_what_is_right() -> None:
    with pytest.raises(ConfigurationError, match="'handwritten'"):
        ReadOptions.of("cursive", "en", {})  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="at least one"):
        ReadOptions.of("auto", [], {})


def test_a_language_that_nobody_said_is_to_be_told() -> None:
    left_out, asked = (ReadOptions.of("auto", value, {}) for value in (None, ["Auto "]))
    assert left_out.telling is LanguageTelling.WHERE_ABLE
    assert asked.telling is LanguageTelling.YES
    assert left_out.languages == asked.languages == (Language.ENGLISH,)
    assert ReadOptions.of("auto", "en", {}).telling is LanguageTelling.NO


def test_auto_is_said_alone() -> None:
    with pytest.raises(ConfigurationError, match="'auto' alone"):
        ReadOptions.of("auto", ["auto", "fr"], {})


def test_a_keyword_that_nobody_knows_lists_those_that_there_are() -> None:
    with pytest.raises(TypeError, match=r"no keyword 'page'; it takes pages, region"):
        NoteText().recognize("note.jpg", page=3)  # type: ignore[call-arg]


@pytest.mark.parametrize("call", ["recognize", "iter_pages", "recognize_many", "plan"])
def test_every_call_takes_the_same_keywords(call: str) -> None:
    assert getattr(NoteText, call).__annotations__["options"] == f"Unpack[{ReadKeywords.__name__}]"


def test_a_password_is_not_shown() -> None:
    assert "sesame" not in repr(ReadOptions.of("auto", "en", {"password": "sesame"}))

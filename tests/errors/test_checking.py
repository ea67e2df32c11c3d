"""What a caller gives is checked where it is given."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from notetext import AsposeEngine, CascadeEngine, LocalEngine, NoteText, Store
from notetext.errors import ConfigurationError, UnknownNameError, UnsupportedLanguageError
from notetext.errors.checking import check_kind, check_number
from notetext.testing import FakeEngine

GREY = np.full((40, 60), 200, np.uint8)


@pytest.mark.parametrize("number", [1, 2, np.int64(3), None])
def test_what_fits_is_left_alone(number: object) -> None:
    check_number("workers", number, 1, whole=True)
    check_number("seconds", 0.5)
    check_kind("retry", None, int)


@pytest.mark.parametrize("wrong", [0, -1, "2", 2.5, True, math.nan, [2]])
def test_what_does_not_is_told_with_what_would(wrong: object) -> None:
    with pytest.raises(ConfigurationError, match=r"^workers=.*; give at least 1$"):
        check_number("workers", wrong, 1, whole=True)


def read(**options: Any) -> object:
    return NoteText(engine=FakeEngine("text")).recognize(GREY, **options)


def many(**options: Any) -> object:
    return NoteText(engine=FakeEngine("text")).recognize_many([GREY], **options)


def made(kind: Callable[..., object], *given: Any, **options: Any) -> Callable[[], object]:
    return lambda: kind(*given, **options)


MISTAKES: dict[str, Callable[[], object]] = {
    "workers='2'": made(many, workers="2"),
    "workers=2.5": made(many, workers=2.5),
    "stop_after='x'": made(many, stop_after="x"),
    "progress='x'": made(many, progress="x"),
    "isolate='no'": made(NoteText, isolate="no"),
    "store=5": made(NoteText, store=5),
    "threads='2'": made(LocalEngine, threads="2"),
    "below='0.5'": made(CascadeEngine, "local", "aspose", below="0.5"),
    "max_submissions='5'": made(AsposeEngine, max_submissions="5"),
    "task_timeout_s='5'": made(AsposeEngine, task_timeout_s="5"),
    "parallel_pages='4'": made(AsposeEngine, parallel_pages="4"),
    "image_settings={": made(AsposeEngine, image_settings={"make_upsampling": True}),
    "pdf_settings={": made(AsposeEngine, pdf_settings={"make_upsampling": True}),
    "budget=5": made(AsposeEngine, budget=5),
    "price='0.1 EUR'": made(AsposeEngine, price="0.1 EUR"),
    "retry=3": made(AsposeEngine, retry=3),
    "timeouts=3": made(AsposeEngine, timeouts=3),
    "max_bytes='1'": made(Store, "notes.db", max_bytes="1"),
    "preprocessors='deskew, contrast'": made(NoteText, preprocessors="deskew, contrast"),
}


@pytest.mark.parametrize("said", MISTAKES)
def test_a_newcomers_mistake_is_a_configuration_error_that_names_it(said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        MISTAKES[said]()
    assert caught.value.message.startswith(said)
    assert "give " in caught.value.message


def test_several_languages_in_one_string_are_told_to_be_a_list() -> None:
    for given in ("en,fr", "en + fr", "English; French"):
        with pytest.raises(UnsupportedLanguageError, match=r"of several, give a list: \['"):
            read(language=given)


def test_an_ending_is_known_for_the_format_that_it_is() -> None:
    result = NoteText(engine=FakeEngine("text")).recognize(GREY)
    for given, meant in {"md": "markdown", ".TXT": "text", "jsn": "json"}.items():
        with pytest.raises(UnknownNameError, match=rf"did you mean '{meant}'\?"):
            result.to(given)


def test_a_result_is_saved_to_a_path(tmp_path: Path) -> None:
    result = NoteText(engine=FakeEngine("text")).recognize(GREY)
    with (tmp_path / "note.txt").open("w") as file, pytest.raises(ConfigurationError, match="path"):
        result.save(file)  # type: ignore[arg-type]


def test_the_place_of_a_word_is_a_region() -> None:
    reader = NoteText(engine=FakeEngine("text"))
    box = reader.recognize(GREY).words[0].box
    assert box is not None
    assert "text" in reader.recognize(GREY, region=box)


def test_keywords_of_others_are_known_for_ours() -> None:
    for given, meant in {"lang": "language", "timeout": "timeout_s", "page": "pages"}.items():
        with pytest.raises(TypeError, match=rf"did you mean '{meant}'\?"):
            read(**{given: 1})

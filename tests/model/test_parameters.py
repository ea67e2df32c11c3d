"""Values that a caller sets by name."""

from __future__ import annotations

import inspect
import pickle
from typing import Any

import pytest

from notetext import Limits, NoteText
from notetext.engines.aspose import RecognizeImageSettings, RecognizePdfSettings
from notetext.errors import ConfigurationError


def test_a_misspelt_name_is_told_with_the_one_that_was_meant() -> None:
    with pytest.raises(ConfigurationError, match=r"Limits has no 'max_page' .*'max_pages'\?"):
        Limits(max_page=3)  # type: ignore[call-arg]
    for settings in (RecognizeImageSettings, RecognizePdfSettings):
        with pytest.raises(ConfigurationError, match=r"did you mean 'make_binarization'\?"):
            settings(make_binarisation=True)  # type: ignore[call-arg]


def test_a_value_that_does_not_fit_is_told_with_its_name() -> None:
    with pytest.raises(ConfigurationError, match=r"Limits\(max_pages=0\): .*greater than 0"):
        Limits(max_pages=0)
    with pytest.raises(ConfigurationError, match=r"\(dsr_mode='Lines'\): .*'TextDetector'"):
        RecognizeImageSettings(dsr_mode="Lines")  # type: ignore[arg-type]


def test_a_dictionary_is_no_limits_and_is_told_what_to_write() -> None:
    limits: Any = {"max_pages": 3}
    for reader in (NoteText, NoteText().with_options):
        with pytest.raises(ConfigurationError, match=r"is a dict; give Limits\(max_pages=3\)"):
            reader(limits=limits)
    with pytest.raises(ConfigurationError, match=r"is an int; give Limits\(max_pages=…\)"):
        NoteText(limits=5)  # type: ignore[arg-type]


def test_editors_still_see_the_fields() -> None:
    assert "max_pages" in inspect.signature(Limits).parameters
    assert pickle.loads(pickle.dumps(Limits(max_pages=3))) == Limits(max_pages=3)
    assert not [name for name in dir(Limits()) if name.startswith("model_")]

"""From a name to an engine."""

from __future__ import annotations

import pytest

from notetext import LocalEngine
from notetext.engines.named import engine, engines
from notetext.errors import ConfigurationError, UnknownNameError
from notetext.testing import FakeEngine


def test_a_name_makes_a_new_engine_each_time() -> None:
    first, second = engine("local"), engine("local")
    assert isinstance(first, LocalEngine)
    assert first is not second


def test_an_object_means_itself() -> None:
    fake = FakeEngine("text")
    assert engine(fake) is fake


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="local, aspose"):
        engine("tesseract")
    assert engines.built_in() == ["local", "aspose"]


def test_what_is_no_engine_is_told() -> None:
    with pytest.raises(ConfigurationError, match=r"no instance of notetext\.engines\.Engine"):
        engine(5)  # type: ignore[arg-type]

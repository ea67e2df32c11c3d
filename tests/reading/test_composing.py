"""From what a caller names or gives to a pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest

from notetext import NoteText
from notetext.converters import Converter
from notetext.converters.image import ImageConverter
from notetext.converters.named import DEFAULT_CONVERTERS
from notetext.engines import Engine
from notetext.errors import UnknownNameError
from notetext.reading.composing import compose


@pytest.mark.parametrize("alone", ["image", ImageConverter()])
def test_one_part_alone_is_as_good_as_a_list_of_one(engine: Engine, alone: Converter | str) -> None:
    (converter,) = compose(engine, (), alone, None).converters
    assert isinstance(converter, ImageConverter)
    (step,) = compose(engine, "deskew", None, None).preprocessors
    assert step.name == "deskew"


def test_what_is_left_out_has_a_default(engine: Engine) -> None:
    pipeline = compose(engine, None, None, None)
    assert tuple(converter.name for converter in pipeline.converters) == DEFAULT_CONVERTERS
    assert pipeline.cache is None


def test_a_misspelt_name_leaves_no_store_behind(engine: Engine, tmp_path: Path) -> None:
    for wrong in ({"preprocessors": "desk"}, {"converters": "imag"}):
        with pytest.raises(UnknownNameError):
            NoteText(engine, store=tmp_path / "notes.db", **wrong)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []

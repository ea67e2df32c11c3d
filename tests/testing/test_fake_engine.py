"""The engine that answers what it was told."""

from __future__ import annotations

import numpy as np
import pytest

from notetext import NoteText
from notetext.errors import EngineError
from notetext.page_image import PageImage
from notetext.testing import FakeEngine

BLANK = np.full((40, 60), 255, np.uint8)


def test_a_reader_gives_its_text_with_boxes() -> None:
    result = NoteText(engine=FakeEngine("Dear diary,\nno rain.")).recognize(BLANK)
    assert result.text == "Dear diary,\nno rain.\n"
    assert result.words[-1].confidence == 1.0
    assert result.words[-1].box is not None
    assert result.words[-1].box.right == 60


def test_it_remembers_what_it_was_asked() -> None:
    engine = FakeEngine()
    assert NoteText(engine=engine).recognize(BLANK, mode="printed", language="fr").text == ""
    assert engine.sizes == [(60, 40)]
    assert engine.requests[0].languages == ("fr",)


def test_it_may_fail() -> None:
    def answer(page: PageImage) -> str:
        raise EngineError("out of ink", engine="fake")

    with pytest.raises(EngineError, match="out of ink"):
        NoteText(engine=FakeEngine(answer)).recognize(BLANK)

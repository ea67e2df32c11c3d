"""The boxes of words on the page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import Box, Line, NoteText, Page, Paragraph, Word
from notetext.engines import Engine
from notetext.errors import PageRangeError


def page_with(*words: Word) -> Page:
    paragraph = Paragraph(lines=(Line(words=words),))
    return Page(number=1, width=100, height=60, engine="local", paragraphs=(paragraph,))


WHITE = Image.new("RGB", (100, 60), "white")


def test_words_are_tinted_by_confidence_and_the_rest_stays() -> None:
    sure = Word(text="sure", box=Box.rectangle(10, 10, 40, 30), confidence=1.0)
    doubtful = Word(text="hm", box=Box.rectangle(60, 10, 90, 30), confidence=0.2)
    overlay = np.asarray(page_with(sure, doubtful).overlay(WHITE), int)
    red, green, _ = overlay[20, 25] - overlay[20, 75]
    assert red < 0 < green
    assert (overlay[20, 50] == 255).all()
    assert (overlay[50] == 255).all()


def test_a_word_askew_is_drawn_askew() -> None:
    diamond = Box((50, 5, 75, 30, 50, 55, 25, 30))
    overlay = np.asarray(page_with(Word(text="x", box=diamond)).overlay(WHITE))
    assert (overlay[8, 28] == 255).all()
    assert not (overlay[30, 50] == 255).all()


def test_a_smaller_picture_of_the_page_is_drawn_on_in_its_own_size() -> None:
    word = Word(text="x", box=Box.rectangle(50, 30, 100, 60), confidence=0.9)
    overlay = np.asarray(page_with(word).overlay(WHITE.resize((50, 30))))
    assert overlay.shape == (30, 50, 3)
    assert (overlay[:14, :24] == 255).all()
    assert not (overlay[20, 40] == 255).all()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "I;16", "CMYK"])
def test_any_picture_will_do_and_is_left_as_it_was(mode: str) -> None:
    image = Image.new("L", (100, 60), 200).convert("I" if mode == "I;16" else mode).convert(mode)
    before = image.tobytes()
    page = page_with(Word(text="x", box=Box.rectangle(10, 10, 40, 30)))
    assert page.overlay(image).mode == "RGB"
    assert image.tobytes() == before


def test_a_word_without_a_place_is_not_drawn() -> None:
    assert (np.asarray(page_with(Word(text="nowhere")).overlay(WHITE)) == 255).all()


def test_show_opens_the_systems_viewer_with_the_page(
    engine: Engine, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[int, int]] = []
    monkeypatch.setattr(Image.Image, "show", lambda image, title=None: shown.append(image.size))
    result = NoteText(engine=engine).recognize(notes / "letter.jpg")
    result.show()
    result.show(1)
    assert shown == [(1240, 1164)] * 2
    with pytest.raises(PageRangeError, match="it has 1"):
        result.show(2)

"""Hand or print, line by line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext import LocalEngine, NoteText
from notetext.engines import Request
from notetext.model import Kind, Language, Mode
from notetext.page_image import PageImage

RECEIPT = ("Tel +44 20 7946 0958", "2 Flat white  $7.80", "1 Soup 250g  $6.50", "cafe@harbour.com")


@pytest.fixture(scope="module")
def reader() -> NoteText:
    return NoteText(engine=LocalEngine(threads=1))


def printed_page() -> Image.Image:
    page = Image.new("RGB", (900, 90 * len(RECEIPT) + 60), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(36)
    for row, text in enumerate(RECEIPT):
        pen.text((40, 40 + 90 * row), text, font=font, fill="black")
    return page


def test_print_is_read_as_print_by_itself(reader: NoteText) -> None:
    by_itself = reader.recognize(printed_page())
    assert by_itself.text == reader.recognize(printed_page(), mode="printed").text
    assert "$7.80" in by_itself.text
    assert by_itself.mode is Mode.PRINTED
    assert {word.kind for word in by_itself.pages[0].words} == {Kind.PRINTED}


def test_handwriting_is_read_as_handwriting_by_itself(reader: NoteText, notes: Path) -> None:
    by_itself = reader.recognize(notes / "letter.jpg")
    assert by_itself.mode is Mode.HANDWRITTEN
    assert by_itself.text == reader.recognize(notes / "letter.jpg", mode="handwritten").text
    assert {line.kind for line in by_itself.pages[0].lines} == {Kind.HANDWRITTEN}


def test_a_page_of_both_is_read_as_both(reader: NoteText, notes: Path) -> None:
    with Image.open(notes / "letter.jpg") as letter:
        written = letter.convert("RGB")
    printed = printed_page()
    page = Image.new("RGB", (max(written.width, 900), written.height + printed.height), "white")
    page.paste(written, (0, 0))
    page.paste(printed, (0, written.height))
    kinds = {word.text: word.kind for word in reader.recognize(page).pages[0].words}
    assert kinds["$7.80"] is Kind.PRINTED
    assert Counter(kinds.values())[Kind.HANDWRITTEN] > 20


@pytest.mark.parametrize("mode", [Mode.HANDWRITTEN, Mode.PRINTED])
def test_a_mode_that_was_asked_for_is_the_kind_of_every_word(reader: NoteText, mode: Mode) -> None:
    words = reader.recognize(printed_page(), mode=mode).pages[0].words
    assert {word.kind for word in words} == {Kind(mode.value)}


def test_where_one_network_reads_both_nobody_says_which() -> None:
    page = PageImage(np.asarray(printed_page()))
    request = Request(Mode.AUTO, (Language.ENGLISH,))
    reading = LocalEngine(threads=1, weights="general").read(page, request)
    assert reading.fragments
    assert {line.kind for line in reading.fragments} == {None}


def test_an_empty_page_is_no_page_of_any_kind(reader: NoteText) -> None:
    result = reader.recognize(Image.new("L", (300, 200), 255))
    assert (result.text, result.mode) == ("", Mode.HANDWRITTEN)

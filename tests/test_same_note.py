"""One note, many formats, one text."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pillow_heif
import pytest
from PIL import Image

from notetext import NoteText

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reader() -> NoteText:
    return NoteText().load()


@pytest.fixture
def note(notes: Path) -> Image.Image:
    with Image.open(notes / "minutes.jpg") as image:
        return image.convert("RGB")


def as_tiff(note: Image.Image) -> bytes:
    file = io.BytesIO()
    blank = Image.new("1", (200, 300), 1)
    note.save(file, "TIFF", compression="tiff_lzw", save_all=True, append_images=[blank])
    return file.getvalue()


def as_pdf(note: Image.Image) -> bytes:
    file = io.BytesIO()
    note.save(file, "PDF", resolution=150, quality=95)
    return file.getvalue()


def as_encrypted_pdf(note: Image.Image) -> bytes:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(as_pdf(note))) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(user="sesame", owner="owner"))
    return file.getvalue()


def as_heic(note: Image.Image) -> bytes:
    file = io.BytesIO()
    pillow_heif.from_pillow(note).save(file, quality=90)
    return file.getvalue()


def test_jpeg_heic_tiff_and_pdf_of_a_note_give_the_same_text(
    reader: NoteText, note: Image.Image, notes: Path
) -> None:
    jpeg = reader.recognize(notes / "minutes.jpg")
    assert jpeg.lines[0].text == "Meeting on Thursday, 12 March, 10.30"
    tiff = reader.recognize(as_tiff(note))
    assert tiff.text == jpeg.text + "\f"
    assert reader.recognize(as_heic(note)).text == jpeg.text
    assert reader.recognize(as_pdf(note), dpi=150).text == jpeg.text
    locked = reader.recognize(as_encrypted_pdf(note), password="sesame", dpi=150)
    assert locked.text == jpeg.text
    poppler = reader.with_options(converters=["poppler"])
    assert poppler.recognize(as_pdf(note), dpi=150).text == jpeg.text

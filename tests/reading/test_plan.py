"""What reading a document would take, found out without reading it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from notetext import NoteText
from notetext.errors import InputNotFoundError, UnsupportedLanguageError
from notetext.reading.plan import Plan
from notetext.testing import FakeEngine

Frames = Callable[..., bytes]


class Paid(FakeEngine):
    """Costs something for every page."""

    paid = True

    @property
    def fingerprint(self) -> str:
        return "paid/1"


def printed(text: str) -> bytes:
    """A PDF of one page that holds its text as text."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    page = pdf.pages[0].obj
    name = pikepdf.Name
    font = pikepdf.Dictionary(Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(f"BT /F 12 Tf 72 700 Td ({text}) Tj ET".encode())
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


def test_every_wanted_page_is_to_be_read_and_what_is_paid_is_counted(frames: Frames) -> None:
    assert NoteText(engine=Paid()).plan(frames(1, 2, 3)) == Plan((1, 2, 3), (1, 2, 3), 3)
    assert NoteText(engine=Paid()).plan(frames(1, 2, 3), pages="2-") == Plan((2, 3), (2, 3), 2)
    assert NoteText(engine=FakeEngine()).plan(frames(1, 2)) == Plan((1, 2), (1, 2), 0)


def test_nothing_is_read_for_it(frames: Frames) -> None:
    engine = Paid()
    NoteText(engine=engine).plan(frames(1, 2, 3))
    assert engine.requests == []


def test_what_is_in_the_store_costs_nothing(tmp_path: Path, frames: Frames) -> None:
    with NoteText(engine=Paid("Hello"), store=tmp_path / "notes.db") as reader:
        reader.recognize(frames(1, 2, 3), pages=[1, 3])
        assert reader.plan(frames(1, 2, 3)) == Plan((1, 2, 3), (2,), 1)


def test_what_is_held_as_text_costs_nothing_unless_its_pixels_are_wanted(frames: Frames) -> None:
    document = printed("All of this is text that nobody has to read.")
    reader = NoteText(engine=Paid())
    assert reader.plan(document) == Plan((1,), (), 0)
    assert reader.plan(document, text_layer="ignore") == Plan((1,), (1,), 1)
    assert reader.plan(frames(1), text_layer="only") == Plan((1,), (), 0)


def test_what_cannot_be_planned_is_the_error_that_reading_would_give(frames: Frames) -> None:
    reader = NoteText()
    with pytest.raises(InputNotFoundError):
        reader.plan("gone.jpg")
    with pytest.raises(UnsupportedLanguageError):
        reader.plan(frames(1), language="Thai", mode="handwritten")

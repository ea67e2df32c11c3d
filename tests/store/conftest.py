"""A finished page to be stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from notetext.model import Artifact, Box, Line, Paragraph, Word
from notetext.result import Page
from notetext.store import StoredPage

MakePage = Callable[..., StoredPage]


def page(number: int = 1, words: int = 3) -> StoredPage:
    """A page of so many words, with a file that came with it."""
    box = Box.rectangle(1.5, 2.25, 30, 40)
    line = Line(words=tuple(Word(text=f"w{n}", box=box, confidence=0.5) for n in range(words)))
    read = Page(
        number=number, width=60, height=40, engine="x", paragraphs=(Paragraph(lines=(line,)),)
    )
    return StoredPage(page=read, artifacts=(Artifact(page=number, name="a.pdf", data=b"\xff\x00"),))


@pytest.fixture(name="page")
def page_fixture() -> MakePage:
    """Makes finished pages; see the function."""
    return page


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store is to be."""
    return tmp_path / "notes.db"

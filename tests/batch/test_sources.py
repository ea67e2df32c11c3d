"""What a batch takes for several documents, and what it says to one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import NoteText
from notetext.errors import ConfigurationError
from notetext.testing import FakeEngine

GREY = np.full((40, 60), 200, np.uint8)
ONE: dict[str, Callable[[], object]] = {
    "str": lambda: "note.jpg",
    "Path": lambda: Path("note.jpg"),
    "bytes": lambda: b"note",
    "file": lambda: io.BytesIO(b"note"),
    "picture": lambda: Image.fromarray(GREY),
    "grey array": lambda: GREY,
    "colour array": lambda: np.zeros((40, 60, 3), np.uint8),
}


@pytest.fixture
def reader() -> NoteText:
    return NoteText(engine=FakeEngine("text"))


@pytest.mark.parametrize("one", ONE.values(), ids=ONE)
def test_one_document_is_no_list_and_is_told_so_at_once(
    reader: NoteText, one: Callable[[], object]
) -> None:
    with pytest.raises(ConfigurationError, match=r"takes a list .* recognize\("):
        reader.recognize_many(one())  # type: ignore[arg-type]


def test_a_folder_is_none_either(reader: NoteText, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"is a folder; give its files, such as Path\("):
        reader.recognize_many(tmp_path)  # type: ignore[arg-type]


@pytest.mark.parametrize("nothing", [None, 5])
def test_what_cannot_be_iterated_over_is_none(reader: NoteText, nothing: object) -> None:
    with pytest.raises(ConfigurationError, match="whatever for iterates over"):
        reader.recognize_many(nothing)  # type: ignore[arg-type]


def test_a_list_is_no_document(reader: NoteText) -> None:
    said = re.escape("a list is no document")
    with pytest.raises(ConfigurationError, match=rf"{said}.*recognize_many\(\[…\]\)"):
        reader.recognize(["note.jpg"])  # type: ignore[arg-type]


def test_lists_generators_and_piles_of_pages_are_several(reader: NoteText) -> None:
    for several in ([GREY, GREY], (GREY for _ in range(2)), np.stack([GREY, GREY])):
        assert len(list(reader.recognize_many(several))) == 2

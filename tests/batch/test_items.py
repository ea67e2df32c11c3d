"""What a batch gives back for each document."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import pytest

from notetext import Item, Language, Mode, RecognitionResult
from notetext.batch import FailedItem, ReadItem
from notetext.documents import DocumentLike
from notetext.errors import CorruptInputError
from notetext.model import SourceInfo

RESULT = RecognitionResult(
    engine="x",
    mode=Mode.PRINTED,
    languages=(Language.ENGLISH,),
    source=SourceInfo(name="/elsewhere/note.png", sha256="ab"),
)


@pytest.mark.parametrize(
    ("source", "name"),
    [("note.png", "note.png"), (Path("scans/note.png"), "scans/note.png"), (b"bytes", None)],
)
def test_a_result_bears_the_name_that_the_caller_gave_and_its_place(
    source: DocumentLike, name: str | None
) -> None:
    item = Item.of(7, source, RESULT)
    assert item.result is not None
    assert item.result.source == SourceInfo(name=name, sha256="ab", index=7)
    assert (item.index, item.source, item.error) == (7, source, None)
    assert RESULT.source.index is None


def test_an_error_bears_the_name_that_the_caller_gave() -> None:
    error = CorruptInputError("torn", source="/elsewhere/note.png")
    item = Item.of(0, "note.png", error)
    assert item.error is error
    assert str(error) == "note.png: torn"
    assert item.result is None


def test_a_file_object_is_called_by_its_own_name() -> None:
    file = io.BytesIO(b"bytes")
    file.name = "note.png"
    item = Item.of(0, file, RESULT)
    assert item.result is not None
    assert item.result.source.name == "note.png"


def test_a_repr_does_not_show_the_document() -> None:
    assert "x" * 99 not in repr(Item(0, b"x" * 99))


@pytest.mark.parametrize(
    ("source", "name"),
    [("note.png", "note.png"), (Path("a/b.png"), "a/b.png"), (b"bytes", "document 8")],
)
def test_an_item_always_has_a_name(source: DocumentLike, name: str) -> None:
    assert Item.of(7, source, RESULT).name == name
    assert Item.of(7, source, CorruptInputError("torn")).name == name


def test_read_and_failed_documents_are_of_different_kinds_and_survive_pickle() -> None:
    read, failed = Item.of(0, "a.png", RESULT), Item.of(1, "b.png", CorruptInputError("torn"))
    assert isinstance(read, ReadItem)
    assert isinstance(failed, FailedItem)
    assert isinstance(read, Item)
    again = pickle.loads(pickle.dumps(read))
    assert (type(again), again) == (ReadItem, read)
    with pytest.raises(AttributeError):
        read.index = 5  # type: ignore[misc]

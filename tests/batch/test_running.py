"""Many documents in threads of this process."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import NoteText
from notetext.batch import Item
from notetext.documents import DocumentLike
from notetext.engines import Engine, Reading, Request
from notetext.engines.aspose import AsposeEngine
from notetext.errors import (
    BatchStoppedError,
    ConfigurationError,
    EngineError,
    EngineUnavailableError,
    InputNotFoundError,
    TaskFailedError,
    UnsupportedFormatError,
    UnsupportedLanguageError,
)
from notetext.model import Line, Word
from notetext.page_image import PageImage
from notetext.testing import FakeAsposeServer, NoWaiting


def note(shade: int) -> bytes:
    """A picture of one shade of grey, as a file's bytes."""
    file = io.BytesIO()
    Image.new("L", (60, 40), shade).save(file, "PNG")
    return file.getvalue()


class Careful(Engine):
    """Reads the shade of a page, once that shade has its turn."""

    name = "careful"
    parallel_pages = 4

    def __init__(self, *turns: int) -> None:
        self.under_way = 0
        self.most = 0
        self._turns = set(turns)
        self._changed = threading.Condition()

    def let(self, shade: int) -> None:
        """Lets pages of a shade be read."""
        with self._changed:
            self._turns.add(shade)
            self._changed.notify_all()

    def read(self, page: PageImage, request: Request) -> Reading:
        shade = int(page.grey().mean())
        with self._changed:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            assert self._changed.wait_for(lambda: shade in self._turns, timeout=60)
            self.under_way -= 1
        return Reading(lines=[Line(words=(Word(text=str(shade)),))])


class Failing(Engine):
    """Fails as it was told."""

    name = "failing"

    def __init__(self, *errors: Exception | None) -> None:
        self.errors = list(errors)

    def read(self, page: PageImage, request: Request) -> Reading:
        error = self.errors.pop(0)
        if error is not None:
            raise error
        return Reading()


def unreachable() -> EngineUnavailableError:
    return EngineUnavailableError("nobody answers", engine="failing")


def test_every_document_comes_back_with_its_source_and_its_place(engine: Engine) -> None:
    sources = [note(shade) for shade in range(10, 30)]
    items = list(NoteText(engine=engine).recognize_many(sources, mode="printed"))
    assert sorted(item.index for item in items) == list(range(20))
    for item in items:
        assert item.source is sources[item.index]
        assert item.error is None
        assert item.result is not None
        assert item.result.text == f"60x40 {10 + item.index} printed\n"
        assert item.result.source.index == item.index


def test_a_document_that_cannot_be_read_is_kept_beside_the_others(
    engine: Engine, notes: Path
) -> None:
    sources: list[DocumentLike] = ["gone.jpg", notes / "shopping.jpg", b"no picture", note(0)]
    items = list(NoteText(engine=engine).recognize_many(sources, ordered=True))
    assert [type(item.error) for item in items] == [
        InputNotFoundError,
        type(None),
        UnsupportedFormatError,
        EngineError,
    ]
    assert str(items[0].error).startswith("gone.jpg: ")
    assert items[1].result is not None
    assert items[1].result.source.name == str(notes / "shopping.jpg")
    assert str(items[3].error) == "page 1: the page is black"


def test_what_an_engine_raises_by_mistake_costs_its_document() -> None:
    engine = Failing(ZeroDivisionError("a bug"), None)
    first, second = NoteText(engine=engine).recognize_many([note(1), note(2)], ordered=True)
    assert isinstance(first.error, EngineError)
    assert "ZeroDivisionError: a bug" in first.error.message
    assert second.result is not None


def test_items_come_as_they_are_done_or_in_order() -> None:
    shades = range(252, 256)
    engine = Careful()
    as_done = NoteText(engine=engine).recognize_many([note(shade) for shade in shades], workers=4)
    for index in (3, 2, 1, 0):
        engine.let(shades[index])
        assert next(as_done).index == index
    engine = Careful(*shades[1:])
    in_order = NoteText(engine=engine).recognize_many(map(note, shades), workers=4, ordered=True)
    threading.Timer(0.2, engine.let, [shades[0]]).start()
    assert [item.index for item in in_order] == [0, 1, 2, 3]


def test_no_more_documents_are_under_way_than_workers() -> None:
    engine = Careful(255)
    sources = [note(255) for _ in range(12)]
    list(NoteText(engine=engine).recognize_many(sources, workers=2))
    assert engine.most <= 2


@pytest.mark.parametrize("ordered", [False, True])
def test_sources_are_pulled_as_they_are_needed(engine: Engine, ordered: bool) -> None:
    pulled = 0

    def endless() -> Iterator[DocumentLike]:
        nonlocal pulled
        while True:
            pulled += 1
            yield note(9)

    items = NoteText(engine=engine).recognize_many(endless(), workers=3, ordered=ordered)
    for _ in range(50):
        next(items)
    items.close()
    assert pulled <= 50 + 3 * (5 if ordered else 1)


def test_a_batch_that_is_given_up_ends_the_documents_that_are_under_way() -> None:
    begun, given_up = threading.Event(), threading.Event()

    class Patient(Engine):
        name = "patient"

        def read(self, page: PageImage, request: Request) -> Reading:
            if page.grey().mean() == 1:
                return Reading()
            assert isinstance(request.cancel, threading.Event)
            begun.set()
            if request.cancel.wait(10):
                given_up.set()
            request.check(self.name)
            return Reading()

    items = NoteText(engine=Patient()).recognize_many([note(1), note(2)])
    assert next(items).index == 0
    assert begun.wait(10)
    items.close()
    assert given_up.is_set()


def test_with_raise_the_first_failure_ends_the_batch(engine: Engine) -> None:
    items = NoteText(engine=engine).recognize_many([note(5), note(0)], on_error="raise")
    assert next(items).index == 0
    with pytest.raises(EngineError, match="the page is black"):
        next(items)


def test_the_batch_stops_when_the_provider_keeps_failing() -> None:
    failures = [unreachable() for _ in range(7)]
    items = NoteText(engine=Failing(*failures)).recognize_many([note(1)] * 7)
    assert [next(items).index for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(BatchStoppedError, match=r"5 failures in a row.*nobody answers"):
        next(items)


def test_what_is_paid_is_finished_when_the_budget_is_reached_and_the_rest_is_told() -> None:
    with FakeAsposeServer("Hello", ready_after_looks=3) as server:
        engine = AsposeEngine(
            client_id="any",
            client_secret="any",
            base_url=server.url,
            max_submissions=4,
            waiting=NoWaiting(),
        )
        items: list[Item] = []
        with pytest.raises(BatchStoppedError) as caught:
            items.extend(NoteText(engine=engine).recognize_many([note(n) for n in range(30)]))
        engine.close()
        read = [item for item in items if item.result is not None and not item.result.errors]
        assert len(read) == len(server.submissions) == 4
        assert server.deleted == []
    told = re.search(r"(\d+) pages were not submitted, and (\d+) documents", caught.value.message)
    assert told is not None
    assert sum(map(int, told.groups())) == 26
    assert "max_submissions=4" in caught.value.message


def test_a_page_that_was_read_ends_the_row_and_a_documents_own_failure_does_not_count() -> None:
    own = TaskFailedError("unreadable", engine="failing")
    engine = Failing(unreachable(), own, None, unreachable(), own, unreachable())
    items = NoteText(engine=engine).recognize_many([note(1)] * 6, stop_after=2)
    assert [next(items).index for _ in range(6)] == [0, 1, 2, 3, 4, 5]
    with pytest.raises(BatchStoppedError):
        next(items)


def test_a_batch_may_be_told_never_to_stop() -> None:
    engine = Failing(*[unreachable() for _ in range(20)])
    assert len(list(NoteText(engine=engine).recognize_many([note(1)] * 20, stop_after=None))) == 20


def test_wrong_options_are_told_at_once(engine: Engine) -> None:
    reader = NoteText(engine=engine)
    with pytest.raises(ConfigurationError, match="stop_after=0"):
        reader.recognize_many([], stop_after=0)
    with pytest.raises(UnsupportedLanguageError):
        reader.recognize_many([], language="Thai", text_layer="ignore")


def test_arrays_pictures_and_files_may_be_mixed(engine: Engine, notes: Path) -> None:
    grey = np.full((40, 60), 9, np.uint8)
    with (notes / "letter.jpg").open("rb") as file:
        sources: list[DocumentLike] = [grey, Image.fromarray(grey), file]
        items = list(NoteText(engine=engine).recognize_many(sources, ordered=True))
    assert [item.result is not None for item in items] == [True, True, True]
    assert items[2].result is not None
    assert items[2].result.source.name == str(notes / "letter.jpg")

"""Pages that are read in a process which may die."""

from __future__ import annotations

import asyncio
import ctypes
import io
import multiprocessing
import os
import pickle
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import cloudpickle  # type: ignore[import-untyped]
import numpy as np
import pytest
from PIL import Image

from notetext import Limits, NoteText
from notetext.documents import DocumentLike, Source
from notetext.engines import DocumentEngine, Engine, Reading, Request
from notetext.errors import (
    ConfigurationError,
    CorruptInputError,
    EngineTimeoutError,
    EngineUnavailableError,
    PageRangeError,
    ProcessDiedError,
    UnreadPagesWarning,
)
from notetext.model import Line, Word
from notetext.page_image import PageImage

# The processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

WELL, SPINS, ABORTS, LEAKS, RAISES, EXITS, SLEEPS = range(10, 80, 10)
GIVEN_UP_S = 5  # a busy machine must start a process anew within that
"""Shades of pages, and what they do to the engine."""


class Fragile(Engine):
    """Says in which process it reads; what else it does depends on the shade of the page."""

    name = "fragile"

    def __init__(self) -> None:
        self.hoard: list[bytearray] = []

    def read(self, page: PageImage, request: Request) -> Reading:
        match int(page.grey().mean()):
            case shade if shade == SPINS:
                # Native code that never lets another thread of Python run.
                re.match(r"(a+)+$", "a" * 60 + "b")
            case shade if shade == ABORTS:
                os.abort()
            case shade if shade == LEAKS:
                while True:
                    self.hoard.append(bytearray(16 << 20))
            case shade if shade == RAISES:
                raise ZeroDivisionError("an engine's own fault")
            case shade if shade == EXITS:
                os._exit(7)
            case shade if shade == SLEEPS:
                ctypes.PyDLL(None).sleep(1000)
        return Reading(lines=[Line(words=(Word(text=str(os.getpid())),))])


def document(*shades: int) -> bytes:
    """A TIFF with a page of each shade."""
    file = io.BytesIO()
    pages = [Image.new("L", (30, 20), shade) for shade in shades]
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    return file.getvalue()


@pytest.fixture(scope="module")
def reader() -> Iterator[NoteText]:
    """A reader that reads elsewhere; its process is used again."""
    with NoteText(engine=Fragile(), isolate=True, limits=Limits(timeout_s=60)) as reader:
        yield reader


def kinds(reader: NoteText, *shades: int) -> list[str]:
    """What becomes of each page."""
    result = reader.recognize(document(*shades), on_error="keep")
    assert len(result.pages) == len(shades)
    return [page.error.kind if page.error else "read" for page in result.pages]


@pytest.mark.slow
def test_pages_are_read_in_another_process_that_is_kept(reader: NoteText) -> None:
    first, second = (reader.recognize(document(WELL, WELL)) for _ in range(2))
    processes = {word.text for word in (*first.words, *second.words)}
    assert len(processes) == 1
    assert str(os.getpid()) not in processes
    assert (first.pages[0].width, first.pages[0].height, first.source.sha256 is not None) == (
        30,
        20,
        True,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shade", "kind", "words"),
    [
        (SPINS, "EngineTimeoutError", f"{GIVEN_UP_S} s, and its process was ended"),
        (SLEEPS, "EngineTimeoutError", "limits.timeout_s"),
        (ABORTS, "ProcessDiedError", "SIGABRT"),
        (EXITS, "ProcessDiedError", "exit code 7"),
        (RAISES, "EngineError", "ZeroDivisionError: an engine's own fault"),
    ],
    ids=["spins", "sleeps", "aborts", "exits", "raises"],
)
def test_a_page_that_is_too_much_for_native_code_costs_no_other(
    reader: NoteText, shade: int, kind: str, words: str
) -> None:
    timeout_s = GIVEN_UP_S if kind == "EngineTimeoutError" else None
    with pytest.warns(UnreadPagesWarning, match=f"1 of 3 pages.*{re.escape(words)}"):
        result = reader.recognize(document(WELL, shade, WELL), timeout_s=timeout_s)
    assert [page.error is None for page in result.pages] == [True, False, True]
    (error,) = result.errors
    assert (error.page, error.kind) == (2, kind)
    assert words in error.message


@pytest.mark.slow
def test_a_page_that_takes_more_memory_than_allowed_costs_no_other() -> None:
    limits = Limits(max_memory_bytes=1 << 30)
    with NoteText(engine=Fragile(), limits=limits) as reader:
        assert kinds(reader, WELL, LEAKS, WELL, WELL) == ["read", "EngineError", "read", "read"]


@pytest.mark.slow
def test_an_error_is_raised_as_itself_if_the_caller_wants_that(reader: NoteText) -> None:
    with pytest.raises(ProcessDiedError) as caught:
        reader.recognize(document(ABORTS), on_error="raise")
    assert (caught.value.page, caught.value.exit_code) == (1, -signal.SIGABRT)
    assert isinstance(pickle.loads(pickle.dumps(caught.value)), ProcessDiedError)
    with pytest.raises(EngineTimeoutError):
        list(reader.iter_pages(document(SPINS), on_error="raise", timeout_s=1))


@pytest.mark.slow
def test_what_cannot_be_opened_is_the_same_error_as_without(
    reader: NoteText, tmp_path: Path
) -> None:
    (tmp_path / "note.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(CorruptInputError, match=r"note\.png") as caught:
        reader.recognize(tmp_path / "note.png", on_error="raise")
    assert caught.value.source == str(tmp_path / "note.png")
    with pytest.raises(PageRangeError):
        reader.recognize(document(WELL), pages=[2])


@pytest.mark.slow
def test_paths_files_pictures_and_arrays_cross(
    reader: NoteText, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = document(WELL)
    monkeypatch.chdir(tmp_path)
    Path("note.tiff").write_bytes(data)
    given: list[DocumentLike] = [
        "note.tiff",
        io.BytesIO(data),
        Image.open(io.BytesIO(data)),
        np.full((9, 9), WELL, np.uint8),
    ]
    results = [reader.recognize(one) for one in given]
    assert [len(result.words) for result in results] == [1, 1, 1, 1]
    assert results[0].source.name == "note.tiff"
    assert results[0].pages[0].overlay().size == (30, 20)
    picture = io.BytesIO()
    Image.effect_noise((30, 20), 50).save(picture, "PNG")
    cut_off = Image.open(io.BytesIO(picture.getvalue()[:200]))
    with pytest.raises(CorruptInputError):
        reader.recognize(cut_off)


@pytest.mark.slow
def test_cancelling_ends_the_work() -> None:
    others = set(multiprocessing.active_children())

    async def main(reader: NoteText) -> None:
        task = asyncio.create_task(reader.arecognize(document(SLEEPS)))
        while set(multiprocessing.active_children()) <= others:
            await asyncio.sleep(0.01)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        while not set(multiprocessing.active_children()) <= others:
            await asyncio.sleep(0.01)

    with NoteText(engine=Fragile(), isolate=True) as reader:
        asyncio.run(asyncio.wait_for(main(reader), 60))


class Whole(Fragile, DocumentEngine):
    """Takes whole documents, and dies of every other one."""

    def takes_document(self, head: bytes) -> bool:
        return True

    def read_document(self, source: Source, request: Request) -> Sequence[Reading]:
        if source.size % 2:
            os.abort()
        return [Reading(lines=[Line(words=(Word(text="all of it"),))])]


@pytest.mark.slow
def test_a_document_that_is_read_whole_is_lost_whole() -> None:
    well = document(WELL, WELL)
    with NoteText(engine=Whole(), isolate=True) as reader:
        assert reader.plan(well).to_read == (1, 2)
        assert reader.recognize(well + b"\0" * (len(well) % 2)).pages[0].text == "all of it\n"
        odd = well + b"\0" * (1 - len(well) % 2)
        with pytest.raises(ProcessDiedError):
            reader.recognize(odd)
        result = reader.recognize(odd, on_error="keep")
    assert [error.kind for error in result.errors] == ["ProcessDiedError"] * 2
    assert [error.page for error in result.errors] == [1, 2]


@pytest.mark.slow
def test_a_document_that_changes_before_it_is_opened_again_is_not_mixed(
    reader: NoteText, tmp_path: Path
) -> None:
    path = tmp_path / "note.tiff"
    path.write_bytes(document(WELL, ABORTS, WELL))
    pages = reader.iter_pages(path, on_error="keep")
    next(pages)
    (tmp_path / "another.tiff").write_bytes(document(WELL, WELL, WELL))
    (tmp_path / "another.tiff").replace(path)
    kinds = [page.error and page.error.kind for page in pages]
    assert kinds == ["ProcessDiedError", "CorruptInputError"]


@pytest.mark.slow
def test_leaving_a_document_early_keeps_the_process_for_the_next(reader: NoteText) -> None:
    pages = reader.iter_pages(document(WELL, WELL, WELL))
    first = next(pages)
    pages.close()
    assert reader.recognize(document(WELL)).text == first.text


@pytest.mark.slow
def test_closing_the_reader_ends_its_process() -> None:
    with NoteText(engine=Fragile(), isolate=True).load() as reader:
        process = int(reader.recognize(document(WELL)).words[0].text)
        os.kill(process, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


class Computing(Fragile):
    runs_in = "process"


def test_a_process_is_taken_only_where_it_is_wanted_or_needed() -> None:
    def isolated(engine: Engine, isolate: bool | None, **limits: float) -> bool:
        reader = NoteText(engine=engine, isolate=isolate, limits=Limits(**limits))  # type: ignore[arg-type]
        return reader._pipeline.isolation is not None

    assert isolated(Fragile(), True)
    assert isolated(Computing(), None, timeout_s=9)
    assert isolated(Fragile(), None, max_memory_bytes=1 << 30)
    assert not isolated(Computing(), None)
    assert not isolated(Fragile(), None, timeout_s=9)
    assert not isolated(Computing(), False, timeout_s=9)
    with pytest.raises(ConfigurationError, match="isolate=False"):
        isolated(Fragile(), False, max_memory_bytes=1 << 30)


def test_a_copy_reads_elsewhere_if_its_original_does() -> None:
    reader = NoteText(engine=Fragile(), isolate=True)
    assert reader.with_options(preprocessors=())._pipeline.isolation is not None
    assert reader.with_options(isolate=False)._pipeline.isolation is None
    again = pickle.loads(cloudpickle.dumps(reader))
    assert again._pipeline.isolation is not None


def test_a_part_that_cannot_cross_is_named_with_what_to_do() -> None:
    lock = threading.Lock()

    def guarded(image: Image.Image) -> Image.Image:
        with lock:
            return image

    reader = NoteText(engine=Fragile(), preprocessors=[guarded], isolate=True)
    with pytest.raises(ConfigurationError, match=r"the step 'guarded'.*isolate=False"):
        reader.recognize(document(WELL))


class Broken(Fragile):
    """Cannot even be set up."""

    def load(self) -> NoReturn:
        os._exit(3)


@pytest.mark.slow
def test_a_reader_that_cannot_be_set_up_elsewhere_says_so() -> None:
    with pytest.raises(EngineUnavailableError, match=r"exit code 3.*__main__"):
        NoteText(engine=Broken(), isolate=True).load()


UNGUARDED = """
import sys
from notetext import Limits, NoteText
from notetext.testing import FakeEngine

reader = NoteText(engine=FakeEngine("text"), isolate=True)
print(reader.recognize(sys.argv[1]).text)
"""


@pytest.mark.slow
def test_a_script_without_a_guard_is_told_what_it_needs(notes: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED)
    command = [sys.executable, str(script), str(notes / "shopping.jpg")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 1
    assert 'put the script\'s code under if __name__ == "__main__":' in ended.stderr


LEFT_OPEN = """
import sys
from notetext import NoteText
from notetext.testing import FakeEngine

if __name__ == "__main__":
    reader = NoteText(engine=FakeEngine("text"), isolate=True)
    print(reader.recognize(sys.argv[1]).text)
"""


@pytest.mark.slow
def test_a_script_that_closes_nothing_ends(notes: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(LEFT_OPEN)
    command = [sys.executable, str(script), str(notes / "shopping.jpg")]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert ended.stdout == "text\n\n"
    assert ended.stderr == ""


@pytest.mark.slow
def test_the_offline_engine_reads_the_same_elsewhere(notes: Path) -> None:
    note = notes / "shopping.jpg"
    with NoteText(limits=Limits(timeout_s=120)) as reader:
        assert reader._pipeline.isolation is not None
        assert reader.recognize(note).text == NoteText().recognize(note).text

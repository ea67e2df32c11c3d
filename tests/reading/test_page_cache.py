"""A reader with a store: which pages it reads anew, and which it does not."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from notetext import Limits, NoteText, RecognitionResult
from notetext.converters.image import ImageConverter
from notetext.engines import Engine, Reading, Request, TaskLedger
from notetext.errors import EngineError
from notetext.model import Language, Line, Usage, Word
from notetext.page_image import PageImage
from notetext.preprocessors.step import Step
from notetext.preprocessors.tone import Contrast
from notetext.store import Store

Frames = Callable[..., bytes]


class CountingEngine(Engine):
    """Counts the pages that it reads; a black one fails."""

    name = "counting"

    def __init__(self, fingerprint: str | None = "counting/1") -> None:
        self.reads = 0
        self._fingerprint = fingerprint
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str | None:
        return self._fingerprint

    def read(self, page: PageImage, request: Request) -> Reading:
        with self._lock:
            self.reads += 1
        shade = int(page.grey().mean())
        if shade == 0:
            raise EngineError("the page is black", engine=self.name)
        line = Line(words=(Word(text=str(shade)),))
        usage = Usage(submissions=1)
        return Reading(lines=[line], usage=usage, artifacts={"page.pdf": b"%PDF-"})


def without_times_and_costs(result: RecognitionResult) -> dict[str, object]:
    return result.model_dump(exclude={"timings", "usage"})


def test_a_second_run_reads_nothing_and_costs_nothing(tmp_path: Path, frames: Frames) -> None:
    engine = CountingEngine()
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        first = reader.recognize(frames(10, 20, 30))
    with NoteText(engine=engine, store=str(tmp_path / "notes.db")) as reader:
        second = reader.recognize(frames(10, 20, 30))
    assert engine.reads == 3
    assert without_times_and_costs(first) == without_times_and_costs(second)
    assert (first.usage.submissions, second.usage.submissions) == (3, 0)
    assert [artifact.data for artifact in second.artifacts] == [b"%PDF-"] * 3


def test_pages_that_were_read_are_reused_whichever_are_asked_for(
    tmp_path: Path, frames: Frames
) -> None:
    engine = CountingEngine()
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        reader.recognize(frames(10, 20, 30), pages=2)
        assert reader.recognize(frames(10, 20, 30)).text == "10\n\f20\n\f30\n"
    assert engine.reads == 3


def test_a_page_that_failed_is_read_again(tmp_path: Path, frames: Frames) -> None:
    engine = CountingEngine()
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        reader.recognize(frames(10, 0), on_error="keep")
        assert len(reader.recognize(frames(10, 0), on_error="keep").errors) == 1
    assert engine.reads == 3


@pytest.mark.parametrize(
    "changed",
    [
        {"mode": "printed"},
        {"language": "fr"},
        {"language": ["en", "fr"]},
        {"region": (0, 0, 20, 20)},
        {"text_layer": "ignore"},
        {"dpi": 200},
    ],
    ids=str,
)
def test_what_changes_the_text_is_part_of_the_key(
    tmp_path: Path, changed: dict[str, object], frames: Frames
) -> None:
    engine = CountingEngine()
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        reader.recognize(frames(10))
        reader.recognize(frames(10), **changed)  # type: ignore[arg-type]
    assert engine.reads == 2


class TellingEngine(CountingEngine):
    """Tells languages: that of every page is French."""

    name = "telling"
    tells_languages = True

    def read(self, page: PageImage, request: Request) -> Reading:
        read = super().read(page, request)
        language = Language.FRENCH if request.tell_languages else None
        words = [word.model_copy(update={"language": language}) for word in read.lines[0].words]
        return replace(read, lines=[Line(words=tuple(words))])


def test_a_language_that_was_told_is_kept_beside_one_that_was_said(
    tmp_path: Path, frames: Frames
) -> None:
    engine = TellingEngine()
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        for _ in range(2):
            assert reader.recognize(frames(10)).languages == (Language.FRENCH,)
            assert reader.recognize(frames(10), language="auto").languages == (Language.FRENCH,)
            assert reader.recognize(frames(10), language="en").languages == (Language.ENGLISH,)
    assert engine.reads == 2


def test_another_step_engine_or_converter_is_another_key(tmp_path: Path, frames: Frames) -> None:
    class NewerConverter(ImageConverter):
        version = "newer"

    with Store(tmp_path / "notes.db") as store:
        engines = [CountingEngine(), CountingEngine("counting/2")]
        NoteText(engine=engines[0], store=store).recognize(frames(10))
        NoteText(engine=engines[0], preprocessors="contrast", store=store).recognize(frames(10))
        cut = Contrast(cut=3)
        NoteText(engine=engines[0], preprocessors=cut, store=store).recognize(frames(10))
        converters = [NewerConverter()]
        NoteText(engine=engines[0], converters=converters, store=store).recognize(frames(10))
        NoteText(engine=engines[1], store=store).recognize(frames(10))
    assert [engine.reads for engine in engines] == [4, 1]


SMALL = Limits(max_pixels=200_000)


@pytest.fixture
def scan() -> bytes:
    """A PDF of one page without text, 600×800 points."""
    file = io.BytesIO()
    Image.new("L", (600, 800), 90).save(file, "PDF", resolution=72)
    return file.getvalue()


@pytest.mark.parametrize("limits", [[SMALL, Limits()], [Limits(), SMALL]])
def test_a_page_that_limits_make_smaller_is_another(
    tmp_path: Path, scan: bytes, limits: list[Limits]
) -> None:
    engine = CountingEngine()
    with Store(tmp_path / "notes.db") as store:
        readers = [NoteText(engine=engine, store=store, limits=limit) for limit in limits]
        first, second = (reader.recognize(scan).pages[0] for reader in readers)
        assert engine.reads == 2
        again = [reader.recognize(scan).pages[0] for reader in readers]
    assert again == [first, second]
    assert engine.reads == 2
    sizes = {Limits(): (600, 800), SMALL: (383, 511)}
    assert [(page.width, page.height) for page in again] == [sizes[limit] for limit in limits]
    assert [bool(page.warnings) for page in again] == [limit == SMALL for limit in limits]


def test_what_is_seen_of_a_stored_page_has_its_size(tmp_path: Path, scan: bytes) -> None:
    with Store(tmp_path / "notes.db") as store:
        for limits in (SMALL, Limits()):
            NoteText(engine=CountingEngine(), store=store, limits=limits).recognize(scan)
            result = NoteText(engine=CountingEngine(), store=store, limits=limits).recognize(scan)
            (page,) = result.pages
            assert page.overlay().size == (page.width, page.height)


@pytest.mark.parametrize("limits", [Limits(), Limits(max_pages=2, timeout_s=60)])
def test_a_picture_is_not_paid_anew_because_limits_were_raised(
    tmp_path: Path, limits: Limits, frames: Frames
) -> None:
    engine = CountingEngine()
    with Store(tmp_path / "notes.db") as store:
        small = Limits(max_pixels=3000, max_file_bytes=100_000, max_pages=1)
        NoteText(engine=engine, store=store, limits=small).recognize(frames(10))
        raised = NoteText(engine=engine, store=store, limits=limits).recognize(frames(10))
    assert engine.reads == 1
    assert raised.usage.submissions == 0


def test_a_converter_that_does_not_open_the_document_is_no_part_of_its_key(
    tmp_path: Path, frames: Frames
) -> None:
    engine = CountingEngine()
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        reader.recognize(frames(10))
        reader.with_options(converters=["image"]).recognize(frames(10))
    assert engine.reads == 1


def test_pages_of_a_function_without_a_version_are_not_stored_which_is_told_once(
    tmp_path: Path, frames: Frames
) -> None:
    def posterized(image: Image.Image) -> Image.Image:
        return image

    engine = CountingEngine()
    with Store(tmp_path / "notes.db") as store:
        with pytest.warns(UserWarning, match="the step 'posterized' has changed") as told:
            reader = NoteText(engine=engine, preprocessors=[posterized], store=store)
        assert told[0].filename == __file__
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            reader.recognize(frames(10))
            reader.recognize(frames(10))
            step = Step(posterized, version="1")
            versioned = NoteText(engine=engine, preprocessors=[step], store=store)
            versioned.recognize(frames(10))
            versioned.recognize(frames(10))
    assert engine.reads == 3


def test_pages_of_an_engine_without_a_fingerprint_are_not_stored(
    tmp_path: Path, frames: Frames
) -> None:
    engine = CountingEngine(None)
    with pytest.warns(UserWarning, match="the engine 'counting'"):
        reader = NoteText(engine=engine, store=tmp_path / "notes.db")
    with reader:
        reader.recognize(frames(10))
        reader.recognize(frames(10))
    assert engine.reads == 2


def test_pictures_in_memory_have_no_bytes_and_are_not_stored(tmp_path: Path) -> None:
    engine = CountingEngine()
    with NoteText(engine=engine, store=tmp_path / "notes.db") as reader:
        reader.recognize(np.full((40, 60), 9, np.uint8))
        reader.recognize(np.full((40, 60), 9, np.uint8))
    assert engine.reads == 2


class LedgerEngine(CountingEngine):
    """Remembers the ledgers that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.ledgers: list[TaskLedger | None] = []

    def read(self, page: PageImage, request: Request) -> Reading:
        self.ledgers.append(request.ledger)
        return super().read(page, request)


def test_what_is_not_stored_has_a_ledger_all_the_same(tmp_path: Path, frames: Frames) -> None:
    engine = LedgerEngine()
    with Store(tmp_path / "notes.db") as store:
        NoteText(engine=engine, store=store).recognize(np.full((40, 60), 9, np.uint8))
        with pytest.warns(UserWarning, match="pages are not stored"):
            changeable = NoteText(engine=engine, preprocessors=[lambda image: image], store=store)
        changeable.recognize(frames(10))
        assert engine.ledgers == [store.ledger] * 2


def test_threads_with_equal_documents_read_each_page_once(tmp_path: Path, frames: Frames) -> None:
    engine = CountingEngine()
    with (
        NoteText(engine=engine, store=tmp_path / "notes.db") as reader,
        ThreadPoolExecutor(8) as pool,
    ):
        texts = set(pool.map(lambda _: reader.recognize(frames(10, 20)).text, range(16)))
    assert texts == {"10\n\f20\n"}
    assert engine.reads == 2


def test_a_page_that_cannot_be_stored_is_not_lost(tmp_path: Path, frames: Frames) -> None:
    with Store(tmp_path / "notes.db") as store:
        reader = NoteText(engine=CountingEngine(), store=store)
        with store._database.changes() as changes:
            changes.execute(
                "CREATE TRIGGER full BEFORE INSERT ON pages "
                "BEGIN SELECT raise(ABORT, 'database or disk is full'); END"
            )
        result = reader.recognize(frames(10))
    assert result.text == "10\n"
    assert "disk is full" in result.warnings[0]


@pytest.mark.slow
def test_worker_processes_share_the_store(tmp_path: Path, notes: Path) -> None:
    sources = sorted(notes.glob("*.jpg"))[:2]
    with NoteText(store=tmp_path / "notes.db") as reader:
        first = list(reader.recognize_many(sources, workers=2, ordered=True))
        second = list(reader.recognize_many(sources, ordered=True))
    for before, after in zip(first, second, strict=True):
        assert before.result is not None
        assert after.result is not None
        assert after.result.timings.engine_s == 0
        assert without_times_and_costs(before.result) == without_times_and_costs(after.result)

"""The rooms in their order, here and as another process gets them."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from types import FunctionType, ModuleType

import numpy as np
import pytest

from notetext import LocalEngine, NoteText
from notetext.batch.executors import IsolatedExecutor, executor_for
from notetext.batch.work import Work
from notetext.engines import Engine
from notetext.errors import (
    CancelledError,
    ConfigurationError,
    EngineError,
    InputNotFoundError,
    PageRangeError,
    RecognitionError,
)
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.auto import Auto
from notetext.preprocessors.orient import Orient
from notetext.reading.pipeline import Pipeline
from notetext.reading.processes.packing import pack, unpack
from notetext.testing import FakeEngine

Frames = Callable[..., bytes]

GREY = np.full((40, 60), 200, np.uint8)


def engines_in(*things: object) -> set[LocalEngine]:
    """The local engines that things hold, however deep."""
    found, seen, waiting = set(), set(), list(things)
    while waiting:
        thing = waiting.pop()
        if id(thing) in seen or isinstance(thing, (type, ModuleType, FunctionType)):
            continue
        seen.add(id(thing))
        if isinstance(thing, LocalEngine):
            found.add(thing)
        waiting += gc.get_referents(thing)
    return found


def in_a_batch(reader: NoteText) -> Pipeline:
    """The pipeline as a worker process of a batch unpacks it."""
    work: Work = unpack(reader._work("auto", "en", {}).packed())
    return work.pipeline


def isolated(reader: NoteText) -> Pipeline:
    """The pipeline as the process of an isolated reader unpacks it."""
    isolation = reader.with_options(isolate=True)._pipeline.isolation
    assert isolation is not None
    pipeline: Pipeline = unpack(pack(isolation.pipeline, isolation.pipeline.parts(), ""))
    return pipeline


def isolated_in_a_batch(reader: NoteText) -> Pipeline:
    """The pipeline as one of several such processes unpacks it."""
    work = reader.with_options(isolate=True)._work("auto", "en", {})
    executor = executor_for(work, 2, None)
    assert isinstance(executor, IsolatedExecutor)
    executor.close()
    isolation = executor._work.pipeline.isolation
    assert isolation is not None
    pipeline: Pipeline = unpack(pack(isolation.pipeline, isolation.pipeline.parts(), ""))
    return pipeline


WAYS: list[Callable[[NoteText], Pipeline]] = [in_a_batch, isolated, isolated_in_a_batch]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("steps", [None, ["orient"], ["auto", "orient"]], ids=str)
def test_a_process_has_one_engine_and_its_steps_read_with_it(
    steps: list[str] | None, way: Callable[[NoteText], Pipeline]
) -> None:
    with NoteText(preprocessors=steps) as reader:
        pipeline = way(reader)
    (engine,) = engines_in(pipeline, pipeline.steps())
    assert engine is pipeline.engine
    for step in pipeline.steps():
        assert isinstance(step, (Auto, Orient))
        assert step.reader is pipeline.patches


@pytest.mark.parametrize("way", [in_a_batch, isolated_in_a_batch])
def test_several_processes_take_one_thread_each_unless_the_user_said_otherwise(
    way: Callable[[NoteText], Pipeline],
) -> None:
    def threads(engine: LocalEngine) -> set[int | None]:
        pipeline = way(NoteText(engine=engine))
        return {found.threads for found in engines_in(pipeline, pipeline.steps())}

    assert threads(LocalEngine()) == {1}
    assert threads(LocalEngine(threads=3)) == {3}


def test_here_there_is_one_engine_as_well() -> None:
    engine = LocalEngine()
    with NoteText(engine=engine) as reader:
        assert engines_in(reader._pipeline, reader._pipeline.steps()) == {engine}


def test_steps_of_the_caller_are_left_as_they_are() -> None:
    step = Orient()
    reader = NoteText(preprocessors=[step])
    assert reader._pipeline.preprocessors == (step,)
    (here,) = reader._pipeline.steps()
    assert isinstance(here, Orient)
    assert step.reader is None
    assert here.reader is reader._pipeline.patches


def test_parts_are_called_what_messages_call_them() -> None:
    class Own(Preprocessor):
        name = "own"

        def __call__(self, image):  # type: ignore[no-untyped-def]
            return image

    reader = NoteText(engine=FakeEngine(), preprocessors=[Own()], converters="image")
    assert list(reader._pipeline.parts()) == [
        "the step 'own'",
        "the engine 'fake'",
        "the converter 'image'",
    ]


def test_failures_are_raised_if_the_caller_wants_that(engine: Engine, frames: Frames) -> None:
    reader = NoteText(engine=engine)
    with pytest.raises(EngineError, match="page 2: the page is black") as one:
        reader.recognize(frames(50, 0), on_error="raise")
    assert one.value.page == 2
    with pytest.raises(RecognitionError, match="2 of 3 pages") as several:
        reader.recognize(frames(0, 50, 0), on_error="raise")
    assert [failure.page for failure in several.value.failures] == [1, 3]


def test_iterating_raises_at_the_page_that_fails(engine: Engine, frames: Frames) -> None:
    pages = NoteText(engine=engine).iter_pages(frames(10, 0), on_error="raise")
    assert next(pages).number == 1
    with pytest.raises(EngineError, match="page 2"):
        next(pages)


def test_pages_beyond_the_end_are_an_error(engine: Engine, frames: Frames) -> None:
    with pytest.raises(PageRangeError):
        NoteText(engine=engine).recognize(frames(10, 20), pages="2-3")


def test_a_missing_file_is_the_callers_error_and_names_the_file(engine: Engine) -> None:
    with pytest.raises(FileNotFoundError, match=r"gone\.jpg: there is no such file") as caught:
        NoteText(engine=engine).recognize("gone.jpg")
    assert isinstance(caught.value, InputNotFoundError)


def test_wrong_options_are_told_before_anything_is_opened(engine: Engine) -> None:
    with pytest.raises(ConfigurationError, match="mode='scribbled'"):
        NoteText(engine=engine).recognize("gone.jpg", mode="scribbled")  # type: ignore[arg-type]
    with pytest.raises(ConfigurationError, match="mode='scribbled'"):
        NoteText(engine=engine).iter_pages("gone.jpg", mode="scribbled")  # type: ignore[arg-type]


def test_a_reading_that_was_given_up_gives_no_result(engine: Engine) -> None:
    given_up = threading.Event()
    given_up.set()
    reader = NoteText(engine=engine)
    options = reader._work("auto", "en", {}).options
    with pytest.raises(CancelledError):
        reader._pipeline.recognize(GREY, options, given_up)

"""A time-out of one call, in place of the limits'."""

from __future__ import annotations

import asyncio
import math
import sys
import time
from pathlib import Path

import cloudpickle  # type: ignore[import-untyped]
import numpy as np
import pytest
from PIL import Image

from notetext import AsposeEngine, Limits, NoteText
from notetext.engines import Engine, Reading, Request
from notetext.errors import ConfigurationError, EngineTimeoutError, TaskTimeoutError
from notetext.page_image import PageImage
from notetext.reading.options import ReadOptions
from notetext.testing import FakeAsposeServer

# The processes cannot import the tests.
cloudpickle.register_pickle_by_value(sys.modules[__name__])

GREY = np.full((40, 60), 200, np.uint8)


class Asked(Engine):
    """Notes how much time it is given."""

    name = "asked"
    runs_in = "process"

    def __init__(self) -> None:
        self.seconds: list[float | None] = []

    def read(self, page: PageImage, request: Request) -> Reading:
        given = request.deadline
        self.seconds.append(None if given is None else given - time.monotonic())
        return Reading()


class Slow(Engine):
    """Computes for three seconds, and looks at the clock then."""

    name = "slow"

    def read(self, page: PageImage, request: Request) -> Reading:
        time.sleep(3)
        return Reading()


def test_a_call_may_have_less_time_than_the_limits_say_or_more_or_any() -> None:
    engine = Asked()
    reader = NoteText(engine=engine, limits=Limits(timeout_s=60), isolate=False)
    reader.recognize(GREY)
    reader.recognize(GREY, timeout_s=5)
    list(reader.iter_pages(GREY, timeout_s=300))
    reader.recognize(GREY, timeout_s=math.inf)
    list(reader.recognize_many([GREY], timeout_s=7))
    asyncio.run(reader.arecognize(GREY, timeout_s=9))
    assert reader.plan(GREY, timeout_s=9).to_read == (1,)
    told = [None if s is None else math.ceil(s) for s in engine.seconds]
    assert told == [60, 5, 300, None, 7, 9]


def test_a_call_has_time_even_if_there_is_no_limit() -> None:
    engine = Asked()
    NoteText(engine=engine).recognize(GREY, timeout_s=5)
    assert engine.seconds[0] is not None


@pytest.mark.parametrize("wrong", [0, -1, math.nan, "5"])
def test_what_is_no_time_is_refused(wrong: float) -> None:
    with pytest.raises(ConfigurationError, match="give seconds above 0"):
        ReadOptions.of("auto", "en", {"timeout_s": wrong})


def test_a_step_that_takes_too_long_ends_the_page() -> None:
    def slowly(picture: Image.Image) -> Image.Image:
        time.sleep(0.2)
        return picture

    reader = NoteText(engine=Asked(), preprocessors=[slowly])
    with pytest.raises(EngineTimeoutError, match=r"raise timeout_s, or limits\.timeout_s"):
        reader.recognize(GREY, timeout_s=0.1)


def test_a_cloud_engine_waits_no_longer() -> None:
    with FakeAsposeServer(ready_after_s=1000) as server:
        engine = AsposeEngine(client_id="any", client_secret="any", base_url=server.url)
        with pytest.raises(TaskTimeoutError):
            NoteText(engine=engine).recognize(GREY, timeout_s=0.5)
        assert len(server.submissions) == 1
        engine.close()


@pytest.mark.slow
def test_a_process_is_ended_when_the_calls_time_is_over() -> None:
    with NoteText(engine=Slow(), isolate=True, limits=Limits(timeout_s=100)) as reader:
        with pytest.raises(EngineTimeoutError, match=r"it was not done in 0\.5 s"):
            reader.recognize(GREY, timeout_s=0.5)
        assert not reader.recognize(GREY).errors


@pytest.mark.slow
def test_a_stored_page_is_found_whatever_time_it_may_take(tmp_path: Path, notes: Path) -> None:
    class Versioned(Asked):
        version = "1"

    with NoteText(engine=Versioned(), store=tmp_path / "notes.db") as reader:
        reader.recognize(notes / "shopping.jpg", timeout_s=50)
        assert reader.plan(notes / "shopping.jpg", timeout_s=60).to_read == ()

"""One page's way through the rooms, and the order of the pages."""

from __future__ import annotations

import io
import logging
import threading
import time
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from notetext import Limits, NoteText
from notetext.engines import Engine, Reading, Request
from notetext.errors import (
    CloudError,
    EngineError,
    EngineTimeoutError,
    QuotaError,
    RegionError,
    UnreadPagesWarning,
)
from notetext.model import (
    Box,
    LeftOut,
    LeftOutReason,
    Line,
    PageStatus,
    Usage,
    Word,
    describe_left_out,
)
from notetext.page_image import PageImage
from notetext.reading.outcome import failed_page, page_error
from notetext.testing import FakeEngine

Frames = Callable[..., bytes]

GREY = np.full((40, 60), 200, np.uint8)


def test_a_region_outside_of_the_page_costs_that_page(engine: Engine) -> None:
    small, large = Image.new("L", (60, 40), 200), Image.new("L", (300, 200), 200)
    file = io.BytesIO()
    small.save(file, "TIFF", save_all=True, append_images=[large])
    reader = NoteText(engine=engine)
    with pytest.warns(UnreadPagesWarning, match="page 1: region=.* lies outside"):
        result = reader.recognize(file.getvalue(), region=(100, 0, 120, 20))
    assert [page.text for page in result.pages] == ["", "20x20 200 handwritten\n"]
    with pytest.raises(RegionError, match="60×40 pixels"):
        reader.recognize(GREY, region=(100, 0, 120, 20))


def test_a_failed_page_costs_that_page_and_no_other(engine: Engine, frames: Frames) -> None:
    result = NoteText(engine=engine).recognize(frames(50, 0, 70), on_error="keep")
    assert [page.status for page in result.pages] == [
        PageStatus.READ,
        PageStatus.FAILED,
        PageStatus.READ,
    ]
    assert result.text == "60x40 50 handwritten\n\f\f60x40 70 handwritten\n"
    (error,) = result.errors
    assert (error.page, error.kind, error.message) == (2, "EngineError", "the page is black")


def test_pages_come_one_by_one_and_in_the_order_asked_for(engine: Engine, frames: Frames) -> None:
    pages = NoteText(engine=engine).iter_pages(frames(10, 20, 30), pages=[3, 1])
    assert [(page.number, page.words[1].text) for page in pages] == [(3, "30"), (1, "10")]


class Counting(Engine):
    """Counts how many pages are under way at once."""

    name = "counting"
    parallel_pages = 3

    def __init__(self) -> None:
        self.under_way = 0
        self.most = 0

    def read(self, page: PageImage, request: Request) -> Reading:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        time.sleep(0.02)
        self.under_way -= 1
        return Reading(lines=[Line(words=(Word(text=str(int(page.grey().mean()))),))])


def test_an_engine_that_takes_several_pages_gets_them_and_order_is_kept(frames: Frames) -> None:
    engine = Counting()
    shades = list(range(10, 22))
    result = NoteText(engine=engine).recognize(frames(*shades))
    assert [int(word.text) for word in result.words] == shades
    assert 1 < engine.most <= 3


def test_an_iteration_given_up_early_ends_its_pages(frames: Frames) -> None:
    engine = Counting()
    pages = NoteText(engine=engine).iter_pages(frames(*range(10, 30)))
    next(pages)
    pages.close()
    assert engine.under_way == 0


def test_a_deadline_reaches_the_engine() -> None:
    class Slow(Engine):
        name = "slow"

        def read(self, page: PageImage, request: Request) -> Reading:
            time.sleep(0.02)
            request.check(self.name)
            return Reading()

    reader = NoteText(engine=Slow(), limits=Limits(timeout_s=0.001))
    with pytest.raises(EngineTimeoutError, match="timeout_s"):
        reader.recognize(GREY, on_error="raise")
    assert reader.with_options(limits=Limits()).recognize(GREY).text == ""


def test_a_page_is_logged_without_its_text(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="notetext")
    NoteText(engine=engine).recognize(GREY)
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("notetext", logging.DEBUG)
    assert "page 1 read by measuring" in record.getMessage()
    assert "60x40" not in record.getMessage()


def test_pages_given_up_do_not_wait_for_a_service_that_is_not_done(frames: Frames) -> None:
    """Like a cloud engine: every page but the first waits until the caller gives up."""
    begun = threading.Semaphore(0)
    ended: list[bool] = []

    class Waiting(Engine):
        name = "waiting"
        parallel_pages = 3

        def read(self, page: PageImage, request: Request) -> Reading:
            if int(page.grey().mean()) == 10:
                assert begun.acquire(timeout=60)
                assert begun.acquire(timeout=60)
                return Reading()
            begun.release()
            assert request.cancel is not None
            for _ in range(6000):
                if request.cancel.is_set():
                    ended.append(True)
                    break
                time.sleep(0.01)
            request.check(self.name)
            return Reading()

    pages = NoteText(engine=Waiting()).iter_pages(frames(10, 20, 30))
    assert next(pages).number == 1
    pages.close()
    assert ended == [True, True]


class OverBudgetError(QuotaError):
    """A plug-in's own."""


def test_what_a_result_says_of_an_error_names_the_class_of_ours_that_it_is_one_of() -> None:
    own = page_error(OverBudgetError("too dear", engine="x"), 3)
    assert (own.page, own.kind, own.base, own.message) == (
        3,
        "OverBudgetError",
        "QuotaError",
        "too dear",
    )
    ours = page_error(EngineError("too dark", engine="x"), 1)
    assert (ours.kind, ours.base) == ("EngineError", "EngineError")


def test_what_a_failed_page_cost_is_told() -> None:
    error = CloudError("unreadable", engine="x")
    error.usage = Usage(submissions=2)
    outcome = failed_page(4, "x", ("faint",), error)
    assert outcome.usage.submissions == 2
    assert (outcome.page.number, outcome.page.status) == (4, PageStatus.FAILED)
    assert outcome.page.warnings == ("faint",)
    assert outcome.failure is error


def test_what_an_engine_left_out_stands_on_the_page_as_it_came_in() -> None:
    class Leaving(FakeEngine):
        def read(self, image: PageImage, request: Request) -> Reading:
            piece = LeftOut(reason=LeftOutReason.STRUCK_OUT, box=Box.rectangle(1, 2, 5, 6))
            return Reading(left_out=[piece], warnings=describe_left_out([piece]))

    reader = NoteText(engine=Leaving(), preprocessors=[])
    page = Image.new("L", (60, 40), 255)
    (read,) = reader.recognize(page, region=(10, 20, 50, 40)).pages
    placed = LeftOut(reason=LeftOutReason.STRUCK_OUT, box=Box.rectangle(11, 22, 15, 26))
    assert read.left_out == (placed,)
    assert read.warnings == ("left out a word or a line that is struck out",)
    assert type(read).model_validate_json(read.model_dump_json()).left_out == (placed,)

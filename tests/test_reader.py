"""`NoteText`: the rooms in their order, what fails and what stays."""

from __future__ import annotations

import io
import logging
import pickle
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from notetext import Limits, Mode, NoteText, NoteTextError
from notetext.engines import Engine, Reading, Request
from notetext.errors import (
    ConfigurationError,
    EngineError,
    EngineTimeoutError,
    InputNotFoundError,
    PageRangeError,
    PreprocessingError,
    RecognitionError,
    UnknownNameError,
    UnsupportedLanguageError,
)
from notetext.model import Line, PageStatus, Word
from notetext.page_image import PageImage

GREY = np.full((40, 60), 200, np.uint8)


def frames(*shades: int) -> bytes:
    """A TIFF with a page of each shade of grey; a black one makes the measuring engine fail."""
    pages = [Image.new("L", (60, 40), shade) for shade in shades]
    file = io.BytesIO()
    pages[0].save(file, "TIFF", save_all=True, append_images=pages[1:])
    return file.getvalue()


def test_one_call_reads_a_picture(engine: Engine) -> None:
    result = NoteText(engine=engine).recognize(GREY)
    assert result.text == "60x40 200 handwritten\n"
    page = result.pages[0]
    assert (page.number, page.width, page.height, page.engine) == (1, 60, 40, "measuring")
    assert result.timings.total_s >= result.timings.engine_s > 0


def test_steps_run_in_order_whether_named_given_or_plain_functions(engine: Engine) -> None:
    def inverted(image: Image.Image) -> Image.Image:
        return ImageOps.invert(image)

    def halved(image: Image.Image) -> Image.Image:
        return image.resize((image.width // 2, image.height // 2))

    reader = NoteText(engine=engine, preprocessors=["grayscale", inverted, halved])
    result = reader.recognize(np.full((40, 60, 3), 200, np.uint8), mode="printed")
    assert result.text == "30x20 55 printed\n"


def test_boxes_come_back_to_the_page_as_it_came_in(engine: Engine) -> None:
    def doubled(image: Image.Image) -> Image.Image:
        return image.resize((image.width * 2, image.height * 2))

    result = NoteText(engine=engine, preprocessors=doubled).recognize(GREY)
    box = result.words[0].box
    assert box is not None
    assert (box.left, box.top, box.right, box.bottom) == (0, 0, 60, 40)


def test_a_region_is_read_alone_and_its_boxes_are_the_pages(engine: Engine) -> None:
    result = NoteText(engine=engine).recognize(GREY, region=(10, 5, 30, 25))
    box = result.words[0].box
    assert result.words[0].text == "20x20"
    assert box is not None
    assert (box.left, box.top, box.right, box.bottom) == (10, 5, 30, 25)
    assert (result.pages[0].width, result.pages[0].height) == (60, 40)


def test_a_region_outside_of_the_page_costs_that_page(engine: Engine) -> None:
    result = NoteText(engine=engine).recognize(GREY, region=(100, 0, 120, 20))
    assert result.errors[0].kind == "ConfigurationError"


def test_auto_is_handwritten_where_the_engine_reads_the_language_by_hand(engine: Engine) -> None:
    reader = NoteText(engine=engine)
    assert reader.recognize(GREY, language="en").mode is Mode.HANDWRITTEN
    french = reader.recognize(GREY, language=["en", "fr"])
    assert french.mode is Mode.PRINTED
    assert "fr (French) only as print" in french.warnings[0]


def test_a_language_that_the_engine_does_not_read_names_the_other_mode(engine: Engine) -> None:
    reader = NoteText(engine=engine)
    with pytest.raises(UnsupportedLanguageError, match='use mode="printed"'):
        reader.recognize(GREY, mode="handwritten", language="fr")
    with pytest.raises(UnsupportedLanguageError, match=r"en \(English\), fr \(French\)"):
        reader.recognize(GREY, language="Thai")


def test_a_failed_page_costs_that_page_and_no_other(engine: Engine) -> None:
    result = NoteText(engine=engine).recognize(frames(50, 0, 70))
    assert [page.status for page in result.pages] == [
        PageStatus.READ,
        PageStatus.FAILED,
        PageStatus.READ,
    ]
    assert result.text == "60x40 50 handwritten\n\f\f60x40 70 handwritten\n"
    (error,) = result.errors
    assert (error.page, error.kind, error.message) == (2, "EngineError", "the page is black")


def test_failures_are_raised_if_the_caller_wants_that(engine: Engine) -> None:
    reader = NoteText(engine=engine)
    with pytest.raises(EngineError, match="page 2: the page is black") as one:
        reader.recognize(frames(50, 0), on_error="raise")
    assert one.value.page == 2
    with pytest.raises(RecognitionError, match="2 of 3 pages") as several:
        reader.recognize(frames(0, 50, 0), on_error="raise")
    assert [failure.page for failure in several.value.failures] == [1, 3]


def test_pages_come_one_by_one_and_in_the_order_asked_for(engine: Engine) -> None:
    pages = NoteText(engine=engine).iter_pages(frames(10, 20, 30), pages=[3, 1])
    assert [(page.number, page.words[1].text) for page in pages] == [(3, "30"), (1, "10")]


def test_iterating_raises_at_the_page_that_fails(engine: Engine) -> None:
    pages = NoteText(engine=engine).iter_pages(frames(10, 0), on_error="raise")
    assert next(pages).number == 1
    with pytest.raises(EngineError, match="page 2"):
        next(pages)


def test_pages_beyond_the_end_are_an_error(engine: Engine) -> None:
    with pytest.raises(PageRangeError):
        NoteText(engine=engine).recognize(frames(10, 20), pages="2-3")


def test_a_missing_file_is_the_callers_error_and_names_the_file(engine: Engine) -> None:
    with pytest.raises(FileNotFoundError, match=r"gone\.jpg: there is no such file") as caught:
        NoteText(engine=engine).recognize("gone.jpg")
    assert isinstance(caught.value, InputNotFoundError)


def test_wrong_options_are_told_before_anything_is_opened(engine: Engine) -> None:
    with pytest.raises(ConfigurationError, match="mode='scribbled'"):
        NoteText(engine=engine).recognize("gone.jpg", mode="scribbled")
    with pytest.raises(ConfigurationError, match="mode='scribbled'"):
        NoteText(engine=engine).iter_pages("gone.jpg", mode="scribbled")


def test_unknown_names_list_the_known_ones() -> None:
    with pytest.raises(UnknownNameError, match="known: local"):
        NoteText(engine="tesserocr")
    with pytest.raises(UnknownNameError, match="grayscale"):
        NoteText(preprocessors=["sharpen"])
    with pytest.raises(UnknownNameError, match="image"):
        NoteText(converters=["docx"])
    with pytest.raises(ConfigurationError, match=r"no instance of notetext\.engines\.Engine"):
        NoteText(engine=5)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "nonsense", [lambda image: None, lambda image: image.rotate(9, expand=True)]
)
def test_a_step_that_returns_nonsense_is_named(
    engine: Engine, nonsense: Callable[[Image.Image], Image.Image]
) -> None:
    with pytest.raises(PreprocessingError, match="lambda"):
        NoteText(engine=engine, preprocessors=[nonsense]).recognize(GREY, on_error="raise")


class Counting(Engine):
    """Counts how often it is closed, and how many pages are under way at once."""

    name = "counting"
    parallel_pages = 3

    def __init__(self) -> None:
        self.closed = 0
        self.under_way = 0
        self.most = 0

    def read(self, page: PageImage, request: Request) -> Reading:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        time.sleep(0.02)
        self.under_way -= 1
        return Reading(lines=[Line(words=(Word(text=str(int(page.grey().mean()))),))])

    def close(self) -> None:
        self.closed += 1


def test_an_engine_that_takes_several_pages_gets_them_and_order_is_kept() -> None:
    engine = Counting()
    shades = list(range(10, 22))
    result = NoteText(engine=engine).recognize(frames(*shades))
    assert [int(word.text) for word in result.words] == shades
    assert 1 < engine.most <= 3


def test_an_iteration_given_up_early_ends_its_pages() -> None:
    engine = Counting()
    pages = NoteText(engine=engine).iter_pages(frames(*range(10, 30)))
    next(pages)
    pages.close()
    assert engine.under_way == 0


def test_an_engine_that_was_passed_in_is_not_closed() -> None:
    engine = Counting()
    with NoteText(engine=engine) as reader, reader.with_options(preprocessors=[]) as copy:
        assert copy.engine is engine
    assert engine.closed == 0


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


def test_a_reader_survives_pickle_and_reads_the_same() -> None:
    reader = NoteText(preprocessors=["contrast"], limits=Limits(max_pages=3))
    copy = pickle.loads(pickle.dumps(reader))
    assert repr(copy) == repr(reader)


def test_threads_share_a_reader(engine: Engine) -> None:
    reader = NoteText(engine=engine, preprocessors=["contrast"])
    images = [np.full((30 + n, 40), 100 + n, np.uint8) for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda image: reader.recognize(image).text, images))
    assert together == [reader.recognize(image).text for image in images]


def test_a_page_is_logged_without_its_text(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="notetext")
    NoteText(engine=engine).recognize(GREY)
    (record,) = caplog.records
    assert (record.name, record.levelno) == ("notetext", logging.DEBUG)
    assert "page 1 read by measuring" in record.getMessage()
    assert "60x40" not in record.getMessage()


def test_only_text_of_a_picture_is_empty_with_a_warning(engine: Engine) -> None:
    result = NoteText(engine=engine).recognize(GREY, text_layer="only")
    assert result.text == ""
    assert "no text layer" in result.warnings[0]


def test_errors_of_opening_are_of_the_tree(tmp_path: Path) -> None:
    with pytest.raises(NoteTextError, match="folder"):
        NoteText().recognize(tmp_path)


def test_pages_given_up_do_not_wait_for_a_service_that_is_not_done() -> None:
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

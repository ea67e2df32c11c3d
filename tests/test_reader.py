"""`NoteText`: the rooms in their order, what fails and what stays."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from notetext import Limits, NoteText, NoteTextError
from notetext.engines import Engine, Reading, Request
from notetext.errors import (
    ConfigurationError,
    PreprocessingError,
    UnknownNameError,
)
from notetext.page_image import PageImage

GREY = np.full((40, 60), 200, np.uint8)


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


class Closing(Engine):
    """Counts how often it is closed."""

    name = "closing"

    def __init__(self) -> None:
        self.closed = 0

    def read(self, page: PageImage, request: Request) -> Reading:
        return Reading()

    def close(self) -> None:
        self.closed += 1


def test_an_engine_that_was_passed_in_is_not_closed() -> None:
    engine = Closing()
    with NoteText(engine=engine) as reader, reader.with_options(preprocessors=[]) as copy:
        assert copy.engine is engine
    assert engine.closed == 0


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


def test_only_text_of_a_picture_is_empty_with_a_warning(engine: Engine) -> None:
    result = NoteText(engine=engine).recognize(GREY, text_layer="only")
    assert result.text == ""
    assert "no text layer" in result.warnings[0]


def test_errors_of_opening_are_of_the_tree(tmp_path: Path) -> None:
    with pytest.raises(NoteTextError, match="folder"):
        NoteText().recognize(tmp_path)

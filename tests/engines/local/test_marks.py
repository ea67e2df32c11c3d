from __future__ import annotations

import string

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines import Reading, Request
from notetext.engines.local import LocalEngine
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.marks import mark_at_start, without_boxes
from notetext.model import Language, LeftOutReason, MarkShape, Mode
from notetext.page_image import PageImage

SIZE = 40
ENGLISH = Request(mode=Mode.PRINTED, languages=(Language.ENGLISH,))
JAPANESE = Request(mode=Mode.PRINTED, languages=(Language.JAPANESE,))


def draw_line(text: str, mark: str = "", *, size: int = SIZE) -> NDArray[np.uint8]:
    """A line of text behind a mark that is drawn by hand, as high as three quarters of its size."""
    page = Image.new("L", (16 * size, round(1.7 * size)), 250)
    pen = ImageDraw.Draw(page)
    left, top, side, width = 0.4 * size, 0.5 * size, 0.75 * size, max(1, size // 16)
    right, bottom = left + side, top + side
    if mark == "circle":
        pen.ellipse((left, top, right, bottom), outline=20, width=width)
    elif mark:
        wobble = 0.03 * size
        pen.line(
            [
                (left, top + wobble),
                (right - wobble, top),
                (right, bottom - wobble),
                (left + wobble, bottom),
                (left, top),
            ],
            fill=20,
            width=width,
        )
    if mark == "tick":
        tick = [(left + 0.2 * side, top + 0.5 * side), (left + 0.4 * side, top + 0.8 * side)]
        pen.line([*tick, (right + 0.2 * side, top - 0.3 * side)], fill=20, width=width)
    if mark == "cross":
        pen.line((left + 4, top + 4, right - 4, bottom - 4), fill=20, width=width)
        pen.line((left + 4, bottom - 4, right - 4, top + 4), fill=20, width=width)
    if mark == "filled":
        pen.rectangle((left + 2 * width, top + 2 * width, right - 3, bottom - 3), fill=20)
    font = ImageFont.load_default(size)
    pen.text(((1.5 if mark else 0.3) * size, 0.2 * size), text, font=font, fill=20)
    return np.asarray(page)


def whole(page: NDArray[np.uint8]) -> DetectedLine:
    return DetectedLine.rectangle(0, 0, page.shape[1], page.shape[0])


@pytest.mark.parametrize("size", [24, 40, 90])
@pytest.mark.parametrize("mark", ["box", "tick", "cross", "filled"])
def test_a_box_is_found_ticked_or_not(mark: str, size: int) -> None:
    page = draw_line("buy stamps", mark, size=size)
    for pixels in (page, 255 - page, np.repeat(page[..., None], 3, axis=2)):
        found = mark_at_start(pixels, whole(page))
        assert found is not None
        assert found.shape is MarkShape.BOX
        assert found.start == pytest.approx(0.4 * size, abs=0.1 * size)
        assert found.end == pytest.approx(1.15 * size, abs=0.15 * size)
        assert found.is_ticked == (mark != "box")


@pytest.mark.parametrize("first", string.ascii_letters + string.digits + "&@#$%([{|\"'-")
def test_no_character_is_a_box(first: str) -> None:
    page = draw_line(f"{first} as a word")
    found = mark_at_start(page, whole(page))
    assert found is None or found.shape is MarkShape.CIRCLE


def test_a_box_after_a_word_is_not_at_the_start() -> None:
    page = np.concatenate([draw_line("yes")[:, : 3 * SIZE], draw_line("no", "box")], axis=1)
    assert mark_at_start(page, whole(page)) is None


def test_an_empty_line_begins_with_nothing() -> None:
    assert (
        mark_at_start(np.full((60, 300), 255, np.uint8), DetectedLine.rectangle(0, 0, 300, 60))
        is None
    )


def test_a_line_goes_on_after_its_box_and_a_box_alone_is_no_line() -> None:
    page = draw_line("buy stamps", "tick")
    alone = DetectedLine.rectangle(0, 0, 1.3 * SIZE, page.shape[0])
    lines, boxes = without_boxes(page, [whole(page), alone])
    (line,) = lines
    assert 1.1 * SIZE < line.axis[0][0] < 1.5 * SIZE
    assert line.axis[-1][0] == page.shape[1]
    assert len(boxes) == 2


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return LocalEngine(threads=1)


def read(engine: LocalEngine, mark: str, texts: tuple[str, ...], request: Request) -> Reading:
    page = np.concatenate([draw_line(text, mark) for text in texts])
    return engine.read(PageImage(page), request)


LIST = ("call the dentist", "water the plants", "buy stamps")


@pytest.mark.parametrize("mark", ["box", "tick", "circle"])
def test_the_marks_of_a_list_are_no_words_but_told(engine: LocalEngine, mark: str) -> None:
    reading = read(engine, mark, LIST, ENGLISH)
    assert sorted(line.text for line in reading.fragments) == sorted(LIST)
    marks = [piece for piece in reading.left_out if piece.reason is LeftOutReason.MARK]
    if mark != "circle":
        assert len(marks) == 3
        assert all(piece.shape is MarkShape.BOX for piece in marks)
        assert [piece.is_ticked for piece in marks] == [mark == "tick"] * 3
        assert "left out 3 check boxes, or drawn bullets" in reading.warnings


def test_noughts_before_digits_are_no_bullets(engine: LocalEngine) -> None:
    reading = read(engine, "", ("0 12 7", "0 31 8", "0 5 25"), ENGLISH)
    assert [line.text[0] for line in reading.fragments] == ["0", "0", "0"]


def test_where_o_is_a_word_circles_stay(engine: LocalEngine) -> None:
    portuguese = Request(mode=Mode.PRINTED, languages=(Language.PORTUGUESE,))
    reading = read(engine, "", ("o gato dorme", "o tempo passa", "o mar azul"), portuguese)
    assert [line.words[0].text for line in reading.fragments] == ["o", "o", "o"]


def test_where_squares_are_characters_boxes_stay(engine: LocalEngine) -> None:
    reading = read(engine, "box", LIST, JAPANESE)
    assert not [piece for piece in reading.left_out if piece.reason is LeftOutReason.MARK]

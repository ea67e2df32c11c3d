"""Bullets are told by the lines that begin alike, however each of them was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines import Reading, Request
from notetext.engines.local import LocalEngine
from notetext.engines.local.bullets import find_bullets
from notetext.engines.local.crops import cut
from notetext.engines.local.ctc import DecodedWord
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_reading import ReadLine
from notetext.engines.local.recognition import STEP
from notetext.model import Box, Language, LeftOutReason, MarkShape, Mode
from notetext.page_image import PageImage

SIZE, PITCH, LEFT, TEXT = 40, 76, 100, 150
ITEMS = ("bring the tent", "ask Anna", "buy new boots", "some milk", "no candles")
ENGLISH = [Language.ENGLISH]
Draw = Callable[[ImageDraw.ImageDraw, float, float], None]


def star(pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
    for dx, dy in ((0, 12), (11, 6), (11, -6)):
        pen.line((x - dx, y - dy, x + dx, y + dy), fill=30, width=3)


def dot(pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
    pen.ellipse((x - 5, y - 5, x + 5, y + 5), fill=30)


def square(pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
    pen.rectangle((x - 8, y - 8, x + 8, y + 8), fill=30)


def circle(pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
    pen.ellipse((x - 9, y - 9, x + 9, y + 9), outline=30, width=3)


def arrow(pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
    pen.line((x - 14, y, x + 14, y), fill=30, width=3)
    pen.line((x + 6, y - 7, x + 14, y, x + 6, y + 7), fill=30, width=3)


def minus(pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
    pen.line((x - 9, y, x + 9, y), fill=30, width=4)


def letter(sign: str) -> Draw:
    def draw(pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
        pen.text((x, y + 10), sign, font=ImageFont.load_default(SIZE), fill=30, anchor="ms")

    return draw


def page_of(marks: Sequence[Draw | None], texts: Sequence[str] = ITEMS) -> Image.Image:
    page = Image.new("L", (700, PITCH * (len(texts) + 1)), 245)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(SIZE)
    for row, (mark, text) in enumerate(zip(marks, texts, strict=True)):
        base = PITCH * (row + 1)
        if mark is not None:
            mark(pen, LEFT, base - 11)
        pen.text((TEXT, base), text, font=font, fill=30, anchor="ls")
    return page


def read(
    page: Image.Image, readings: Sequence[str], texts: Sequence[str] = ITEMS, left: float = 80
) -> list[ReadLine]:
    """The lines as a recogniser may have read them; nothing is read of a mark for ``""``."""
    font = ImageFont.load_default(SIZE)
    lines = []
    for row, (reading, text) in enumerate(zip(readings, texts, strict=True)):
        base = PITCH * (row + 1)
        place = DetectedLine.rectangle(left, base - 35, TEXT + font.getlength(text) + 8, base + 13)
        image = cut(np.asarray(page), place)
        places: list[tuple[float, float, str]] = []
        if reading:
            places.append((LEFT - 10, LEFT + 10, reading))
        start = 0
        for word in text.split():
            start = text.index(word, start)
            x = TEXT + font.getlength(text[:start])
            places.append((x, x + font.getlength(word), word))
        step = image.width / place.width / STEP
        words = [
            DecodedWord(word, (x - left) * step, (end - left) * step, 0.9)
            for x, end, word in places
        ]
        lines.append(ReadLine(image, words))
    return lines


def reads_nothing(pixels: NDArray[np.uint8], places: Sequence[DetectedLine]) -> list[ReadLine]:
    return [ReadLine(cut(pixels, place), []) for place in places]


def found(lines: Sequence[ReadLine], languages: Sequence[Language] = ENGLISH) -> list[int]:
    return [bullet.number for bullet in find_bullets(lines, languages, [], reads_nothing)]


ALL = [0, 1, 2, 3, 4]


@pytest.mark.parametrize("mark", [star, dot, square, circle, arrow])
@pytest.mark.parametrize("left", [80, 140], ids=["in the line", "before the line"])
def test_marks_that_were_read_as_nothing_are_bullets(mark: Draw, left: float) -> None:
    lines = read(page_of([mark] * 5), [""] * 5, left=left)
    bullets = find_bullets(lines, ENGLISH, [], reads_nothing)
    assert [bullet.number for bullet in bullets] == ALL
    assert not any(bullet.read for bullet in bullets)
    for row, bullet in enumerate(bullets):
        (left_edge, top), _, (right_edge, bottom), _ = bullet.place.corners
        assert left_edge - 3 <= LEFT <= right_edge + 3
        assert top <= PITCH * (row + 1) - 11 <= bottom


@pytest.mark.parametrize(
    ("mark", "shape"),
    [
        (dot, MarkShape.DOT), (square, MarkShape.DOT), (circle, MarkShape.CIRCLE),
        (star, MarkShape.STAR), (arrow, MarkShape.STAR),
    ],
)  # fmt: skip
def test_what_a_bullet_is_drawn_as_is_told(mark: Draw, shape: MarkShape) -> None:
    bullets = find_bullets(read(page_of([mark] * 5), [""] * 5), ENGLISH, [], reads_nothing)
    assert {bullet.shape for bullet in bullets} == {shape}


@pytest.mark.parametrize(
    "readings", [["x", "k", "", "I", "x"], ["&", "I", "", "I", "a"], ["."] * 5]
)
def test_what_a_mark_was_read_as_is_no_word(readings: list[str]) -> None:
    bullets = find_bullets(read(page_of([star] * 5), readings), ENGLISH, [], reads_nothing)
    assert [bullet.number for bullet in bullets] == ALL
    assert [bullet.read for bullet in bullets] == [int(bool(reading)) for reading in readings]


def test_those_that_were_read_as_bullets_stay_words() -> None:
    assert found(read(page_of([star] * 5), ["*", "", "*", "x", "*"])) == [1, 3]
    assert found(read(page_of([dot] * 5), ["•"] * 5)) == []


def test_lines_that_begin_with_the_same_word_have_no_bullets() -> None:
    for sign in ("a", "9", "o"):
        marks = [letter(sign)] * 5
        languages = [Language.PORTUGUESE] if sign == "o" else ENGLISH
        assert found(read(page_of(marks), [sign] * 5), languages) == []


def test_a_letter_that_few_lines_begin_with_is_a_name() -> None:
    marks = [letter("x")] * 3 + [None] * 2
    assert found(read(page_of(marks), ["x"] * 3 + [""] * 2)) == []


def test_a_letter_that_is_a_word_of_the_language_stays() -> None:
    lines = read(page_of([letter("v")] * 5), ["v"] * 5)
    assert found(lines, [Language.CZECH]) == []


def test_an_item_s_own_number_is_kept_among_bullets() -> None:
    marks = [dot, dot, letter("4"), dot, dot]
    assert found(read(page_of(marks), ["", ".", "4", ".", ""])) == [0, 1, 3, 4]


@pytest.mark.parametrize("signs", ["12345", ["2)", "3)", "5)", "6)", "8)"]])
def test_numbers_are_no_bullets_however_alike_they_look(signs: Sequence[str]) -> None:
    page = page_of([square] * 5)
    assert found(read(page, signs)) == []


@pytest.mark.parametrize(("mark", "rows"), [(dot, ALL), (minus, [])])
def test_a_dot_before_a_number_is_a_bullet_and_a_minus_is_none(mark: Draw, rows: list[int]) -> None:
    texts = ["3 eggs", "2 apples", "12 pears", "4 m", "8 nuts"]
    assert found(read(page_of([mark] * 5, texts), [""] * 5, texts)) == rows


def test_dust_hides_no_bullets() -> None:
    page = page_of([dot] * 5)
    pen = ImageDraw.Draw(page)
    for row in range(5):
        for x in (70, 76, 82):
            y = PITCH * (row + 1) - 11
            pen.rectangle((x, y, x + 1, y + 1), fill=30)
    assert found(read(page, [""] * 5)) == ALL


def test_two_marks_are_not_enough() -> None:
    assert found(read(page_of([star, star, None, None, None]), [""] * 5)) == []


def test_marks_that_do_not_begin_at_the_same_place_are_no_bullets() -> None:
    def moved(by: float) -> Draw:
        return lambda pen, x, y: star(pen, x + by, y)

    marks = [moved(-60), star, moved(-150), moved(-90), moved(-30)]
    assert len(found(read(page_of(marks), [""] * 5))) < 3


def test_a_mark_that_is_known_is_none_again() -> None:
    lines = read(page_of([square] * 5), [""] * 5)
    bases = [PITCH * (row + 1) - 11 for row in range(5)]
    boxes = [Box.rectangle(LEFT - 8, y - 8, LEFT + 8, y + 8) for y in bases]
    assert find_bullets(lines, ENGLISH, boxes, reads_nothing) == []


def test_a_bullet_that_was_found_as_a_line_of_its_own_is_no_line() -> None:
    page = page_of([star] * 5)
    lines = read(page, [""] * 5, left=140)
    y = PITCH - 11
    alone = DetectedLine.rectangle(LEFT - 15, y - 20, LEFT + 15, y + 20)
    lines.append(ReadLine(cut(np.asarray(page), alone), [DecodedWord("1", 1, 4, 0.5)]))
    first, *others = find_bullets(lines, ENGLISH, [], reads_nothing)
    assert first.pieces == (5,)
    assert not any(bullet.pieces for bullet in others)


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return LocalEngine()


@pytest.mark.parametrize("mark", [star, square])
def test_the_engine_leaves_bullets_out_of_the_text(engine: LocalEngine, mark: Draw) -> None:
    image = PageImage(np.asarray(page_of([mark] * 5)))
    request = Request(mode=Mode.PRINTED, languages=(Language.ENGLISH,))
    reading: Reading = engine.read(image, request)
    left_out = [piece for piece in reading.left_out if piece.reason is LeftOutReason.MARK]
    texts = {line.text for line in reading.fragments}
    read_as_bullets = sum(text[:2] in {"* ", "• ", "■ "} for text in texts)
    assert len(left_out) + read_as_bullets == 5
    assert {text.lstrip("*•■ ") for text in texts} == {*ITEMS}


def circled(sign: str) -> Draw:
    def draw(pen: ImageDraw.ImageDraw, x: float, y: float) -> None:
        pen.ellipse((x - 17, y - 17, x + 17, y + 17), outline=30, width=2)
        pen.text((x, y), sign, font=ImageFont.load_default(24), fill=30, anchor="mm")

    return draw


def test_numbers_in_circles_say_which_they_are(engine: LocalEngine) -> None:
    image = PageImage(np.asarray(page_of([circled(str(row + 2)) for row in range(5)])))
    request = Request(mode=Mode.PRINTED, languages=(Language.ENGLISH,))
    reading = engine.read(image, request)
    marks = [piece for piece in reading.left_out if piece.reason is LeftOutReason.MARK]
    places = sorted((piece.box.top, piece.number) for piece in marks if piece.box is not None)
    assert [number for _, number in places] == [2, 3, 4, 5, 6]
    assert {line.text for line in reading.fragments} == {*ITEMS}

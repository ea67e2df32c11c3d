from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines.local.ctc import count_characters
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.recognizer_cache import RecognizerCache
from notetext.engines.local.stretching import recognize_lines
from notetext.engines.local.weights import GENERAL

TEXTS = ("the quick brown fox jumps", "over the lazy dog, and then", "it runs", "home, I think")


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    cache = RecognizerCache(GENERAL.find(), threads=1)
    return cache.recognizer_for(np.arange(len(cache.characters)))


def page_of(squeeze: float, higher: int = 1) -> tuple[NDArray[np.uint8], list[DetectedLine]]:
    """A page of lines whose letters are narrower than natural by a factor, large or small."""
    font, pitch = ImageFont.load_default(40 * higher), 60 * higher
    page = Image.new("L", (700 * higher, pitch * len(TEXTS)), 255)
    lines = []
    for row, text in enumerate(TEXTS):
        length = round(font.getlength(text)) + 20 * higher
        line = Image.new("L", (length, pitch), 255)
        ImageDraw.Draw(line).text((10 * higher, 5 * higher), text, font=font, fill=0)
        width = round(length * squeeze)
        page.paste(line.resize((width, pitch)), (0, pitch * row))
        lines.append(DetectedLine.rectangle(0, pitch * row, width, pitch * (row + 1)))
    return np.asarray(page), lines


@pytest.mark.parametrize("squeeze", [0.6, 1.0])
def test_a_character_gets_two_steps_however_narrow_it_is(
    recognizer: Recognizer, squeeze: float
) -> None:
    pixels, lines = page_of(squeeze)
    read = [line for batch in recognize_lines(recognizer, pixels, lines) for line in batch]
    steps = sum(len(log_probs) for _, log_probs in read)
    characters = sum(count_characters(log_probs) for _, log_probs in read)
    assert characters == pytest.approx(sum(map(len, TEXTS)), abs=3)
    assert 1.7 < steps / characters < 2.4


def test_lines_that_are_much_higher_are_stretched_by_their_own_letters(
    recognizer: Recognizer,
) -> None:
    wide, small = page_of(1.0)
    narrow, large = page_of(0.6, higher=3)
    pixels = np.full((len(wide) + len(narrow), 2100), 255, np.uint8)
    pixels[: len(wide), : wide.shape[1]] = wide
    pixels[len(wide) :, : narrow.shape[1]] = narrow
    below = [replace(line, axis=np.add(line.axis, (0, len(wide)))) for line in large]
    read = [line for batch in recognize_lines(recognizer, pixels, small + below) for line in batch]
    for some in (small, below):
        mine = [log_probs for image, log_probs in read if image.line in some]
        steps = sum(map(len, mine))
        assert sum(map(count_characters, mine)) == pytest.approx(sum(map(len, TEXTS)), abs=3)
        assert 1.7 < steps / sum(map(count_characters, mine)) < 2.4


def test_a_few_high_letters_are_stretched_as_the_page_is(recognizer: Recognizer) -> None:
    pixels, lines = page_of(0.6)
    high = DetectedLine.rectangle(0, 0, 150, 120)
    batches = recognize_lines(recognizer, pixels, [*lines, high])
    stretches = [image.stretch for batch in batches for image, _ in batch]
    assert max(stretches) < 1.02 * min(stretches)


@pytest.mark.parametrize("count", [1, len(TEXTS)])
def test_a_leaning_hand_is_cut_out_upright(recognizer: Recognizer, count: int) -> None:
    upright, lines = page_of(1.0)
    page = upright.copy()
    for top in range(0, len(page), 60):
        line = Image.fromarray(upright[top : top + 60])
        shear = (1, 0.4, -0.4 * 30, 0, 1, 0)
        leaning = line.transform(
            line.size, Image.Transform.AFFINE, shear, Image.Resampling.BICUBIC, fillcolor=255
        )
        page[top : top + 60] = np.asarray(leaning)
    for straight, least, most in ((upright, -0.1, 0.1), (page, 0.2, 0.45)):
        batches = recognize_lines(recognizer, straight, lines[:count])
        assert all(least < image.slant < most for batch in batches for image, _ in batch)


def test_every_line_is_read_once(recognizer: Recognizer) -> None:
    pixels, lines = page_of(0.8)
    read = [line for batch in recognize_lines(recognizer, pixels, lines) for line in batch]
    assert sorted(id(image.line) for image, _ in read) == sorted(map(id, lines))


def test_no_lines_are_no_lines(recognizer: Recognizer) -> None:
    pixels, _ = page_of(1.0)
    assert [line for batch in recognize_lines(recognizer, pixels, []) for line in batch] == []

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from notetext.engines.local import line_reading
from notetext.engines.local.crops import LineImage
from notetext.engines.local.decoding import LanguageDecoder, language_decoder
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_decoders import OneDecoder
from notetext.engines.local.line_reading import ReadLine, read_lines
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.recognizer_cache import RecognizerCache
from notetext.engines.local.weights import GENERAL
from notetext.model import Language, Mode

TEXTS = ("the garden is green", "and the bread is good", "letters from home")


class WatchedRecognizer(Recognizer):
    """A recogniser that keeps the widths that it was shown."""

    def read(self, images: Sequence[LineImage]) -> Iterator[list[tuple[int, NDArray[np.float32]]]]:
        self.shown = [*getattr(self, "shown", []), *(image.width for image in images)]
        return super().read(images)


@pytest.fixture
def recognizer() -> WatchedRecognizer:
    cache = RecognizerCache(GENERAL.find(), threads=1)
    whole = cache.recognizer_for(np.arange(len(cache.characters)))
    return WatchedRecognizer(whole._network, whole.characters)


@pytest.fixture(scope="module")
def decoder() -> LanguageDecoder:
    made = language_decoder(frozenset({Language.ENGLISH}), Mode.HANDWRITTEN)
    assert made is not None
    return made


def page_of(texts: Sequence[str]) -> tuple[NDArray[np.uint8], list[DetectedLine]]:
    """A page, and where its lines stand."""
    page = Image.new("L", (700, 60 * len(texts)), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(40)
    lines = []
    for row, text in enumerate(texts):
        pen.text((10, 60 * row + 5), text, font=font, fill=0)
        lines.append(DetectedLine.rectangle(0, 60 * row, font.getlength(text) + 20, 60 * row + 60))
    return np.asarray(page), lines


def texts_of(read: Iterable[list[ReadLine]]) -> set[str]:
    return {" ".join(word.text for word in line.words) for some in read for line in some}


def test_every_line_is_read_with_and_without_knowledge_of_the_language(
    recognizer: WatchedRecognizer, decoder: LanguageDecoder
) -> None:
    pixels, lines = page_of(TEXTS)
    for knowing in (decoder, None):
        assert texts_of(read_lines(recognizer, OneDecoder(knowing), pixels, lines)) == set(TEXTS)


def test_whoever_waits_is_heard_from_after_each_batch_though_lines_are_decoded_together(
    recognizer: WatchedRecognizer, decoder: LanguageDecoder
) -> None:
    pixels, lines = page_of(TEXTS * 6)

    counts = [len(some) for some in read_lines(recognizer, OneDecoder(decoder), pixels, lines)]

    assert sum(counts) == len(lines)
    assert counts[0] == 0
    assert max(counts) == len(lines)


def test_more_lines_than_are_decoded_together_come_in_parts(
    recognizer: WatchedRecognizer, decoder: LanguageDecoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_reading, "_DECODED_AT_ONCE", 2)
    pixels, lines = page_of(TEXTS * 2)

    parts = list(read_lines(recognizer, OneDecoder(decoder), pixels, lines))

    assert texts_of(parts) == set(TEXTS)
    assert sum(map(len, parts)) == len(lines)
    assert max(map(len, parts)) < len(lines)


def test_a_doubtful_line_is_read_at_three_widths_and_a_sure_one_once(
    recognizer: WatchedRecognizer, decoder: LanguageDecoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels, lines = page_of(TEXTS)
    list(read_lines(recognizer, OneDecoder(decoder), pixels, lines))
    trials_and_lines = recognizer.shown
    monkeypatch.setattr(line_reading, "_LEAST_DOUBTFUL", 0.0)  # now the surest line is doubtful
    recognizer.shown = []
    assert texts_of(read_lines(recognizer, OneDecoder(decoder), pixels, lines)) == set(TEXTS)
    again = recognizer.shown[len(trials_and_lines) :]
    trials = len(trials_and_lines) - len(TEXTS)
    once = recognizer.shown[trials : len(trials_and_lines)]
    wanted = [width * factor for width in once for factor in (0.83, 1.2)]
    assert sorted(again) == pytest.approx(sorted(wanted), abs=1)


def test_the_time_steps_of_words_belong_to_the_width_that_was_chosen(
    recognizer: WatchedRecognizer, decoder: LanguageDecoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line_reading, "_LEAST_DOUBTFUL", 0.0)
    pixels, lines = page_of(TEXTS)
    for some in read_lines(recognizer, OneDecoder(decoder), pixels, lines):
        for line in some:
            assert line.words[-1].end * 8 == pytest.approx(line.image.width, rel=0.1)

"""A page that is doubtful as a whole is tried the other way up before it is believed.

What is read upside down comes out as words, but as words that nobody is sure of: of pages, notes
and lines of handwriting turned so, the mean confidence is mostly 0.0 to 0.6, upright 0.7 to 1, and
0.3 on the hardest letters, which upside down have 0.1. Ordinary pages are not read twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median

from notetext.engines import Engine, Reading, Request
from notetext.errors import EngineTimeoutError
from notetext.model import Box, Kind, LeftOutReason, Word
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor

DOUBTFUL_PAGE, DOUBTFUL_PRINT = 0.7, 0.9
"""Mean confidence, weighted by characters, below which a page is tried the other way up; print that
lies as it should is surer."""
LEAST_LEAD = 1.4
"""By how much surer the other way up must be, as the logarithm of the odds; on dev pages that are
read upside down it is 1.5 to 5."""
LEAST_CHARACTERS = 4
"""That must be read the other way up; fewer may happen to look like others."""
LEAST_CONFIDENCE = 0.25
"""That what is read the other way up must have."""
LEAST_LENGTH = 1.2
"""Of what was left out, in its heights; specks, and the edges of a scan, are no words."""
STRIP = 6.0
"""Heights of a line that are read first where the page is much higher."""


def surer_way_up(
    engine: Engine,
    request: Request,
    steps: Sequence[Preprocessor],
    image: PageImage,
    reading: Reading,
) -> tuple[PageImage, Reading]:
    """Tries a page the other way up if the reading is doubtful as a whole.

    Only where a step sees to it which way up a page is, and says which turns are left to try. Of a
    high page a strip is read first, and the rest only if that is surer.

    Args:
        engine: what has read the page.
        request: how.
        steps: what the page went through before.
        image: the page as the engine saw it.
        reading: what it found there.

    Returns:
        The page as it makes more sense, and what was read of it; both as they came if that is
        not clearly another way, or there was no time to try.
    """
    if _characters(reading) and not _is_doubtful(reading):
        return image, reading
    boxes = _boxes(reading)
    if not boxes:
        return image, reading
    seen, as_it_lies = image, reading
    strip = _strip(image, boxes)
    try:
        turns = dict.fromkeys(turn for step in steps for turn in step.turns_to_try(image))
        if not turns:
            return image, reading
        if strip is not image:
            as_it_lies = engine.read(strip, request)
            promising = [
                turn
                for turn in turns
                if _is_clearly_surer(engine.read(strip.rotated(90 * turn), request), as_it_lies)
            ]
        else:
            promising = list(turns)
        for turn in promising:
            turned = image.rotated(90 * turn)
            other = engine.read(turned, request)
            if _is_clearly_surer(other, reading):
                seen, reading = turned, other
            if not _is_doubtful(reading):
                break
    except EngineTimeoutError:
        # What was read in time is not lost for a doubt.
        return seen, reading
    return seen, reading


def _is_clearly_surer(other: Reading, reading: Reading) -> bool:
    confidence = _confidence(other)
    return (
        _characters(other) >= LEAST_CHARACTERS
        and confidence >= LEAST_CONFIDENCE
        and _odds(confidence) - _odds(_confidence(reading)) >= LEAST_LEAD
    )


def _odds(confidence: float) -> float:
    """The logarithm of the odds, within reason."""
    inside = min(max(confidence, 0.02), 0.98)
    return math.log(inside / (1 - inside))


def _characters(reading: Reading) -> int:
    return sum(len(word.text) for word in _words(reading))


def _is_doubtful(reading: Reading) -> bool:
    """Whether a page may lie otherwise, by what was read of it."""
    printed = sum(len(word.text) for word in _words(reading) if word.kind is Kind.PRINTED)
    is_print = 2 * printed > _characters(reading)
    return _confidence(reading) < (DOUBTFUL_PRINT if is_print else DOUBTFUL_PAGE)


def _confidence(reading: Reading) -> float:
    """The mean over all characters; 0 without any. What has none is taken to be sure."""
    words = [(len(word.text), word.confidence) for word in _words(reading)]
    characters = sum(length for length, _ in words)
    sure = sum(length * (1.0 if value is None else value) for length, value in words)
    return sure / characters if characters else 0.0


def _words(reading: Reading) -> Iterator[Word]:
    return (word for line in (*reading.fragments, *reading.lines) for word in line.words)


def _boxes(reading: Reading) -> list[Box]:
    """Where something was found, be it read or left out; specks and edges are no writing."""
    lines = [line.box for line in (*reading.fragments, *reading.lines)]
    left_out = [p.box for p in reading.left_out if p.reason is not LeftOutReason.RULE]
    long = [box for box in left_out if box is not None and _is_long(box)]
    return [*(box for box in lines if box is not None), *long]


def _is_long(box: Box) -> bool:
    return box.right - box.left > LEAST_LENGTH * (box.bottom - box.top)


def _strip(image: PageImage, boxes: Sequence[Box]) -> PageImage:
    """Some lines around the middle one of those found; the whole page if it is hardly higher."""
    height = STRIP * median(box.bottom - box.top for box in boxes)
    if image.height <= 2 * height:
        return image
    middle = median((box.top + box.bottom) / 2 for box in boxes)
    top = min(max(0.0, middle - height / 2), image.height - height)
    return image.cropped(0, round(top), image.width, round(top + height))

"""Decides line by line whether hand or print stands there, and has each read by what suits it.

How a line looks settles most of them before anything is read, with the page's other lines as
witnesses. In doubt, strips are read by both recognisers: the surer one has the lines, by a margin
that was fitted. The few that are doubtful even then are read by both as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.appearance import appearance
from notetext.engines.local.crops import LineImage
from notetext.engines.local.ctc import sureness
from notetext.engines.local.detected_line import DetectedLine
from notetext.engines.local.line_decoders import LineDecoders
from notetext.engines.local.line_reading import ReadLine, read_lines
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.scripts.tuning import Telling
from notetext.engines.local.stretching import strips_of
from notetext.model import Kind

MOST_LOOK = 5.0
"""Above, a line's look counts no more, so that none outvotes all others of its page."""
MOST_GAIN = 0.3
"""Above, being surer counts no more."""
_MOST_COLOUR = 0.3  # pens of any blue
SURE_BY_LOOKS, SURE_BY_STRIPS = 1.0, 1.0
"""Logarithms of odds, either way, that leave no doubt."""
STRIPS, STRIP_WIDTH = 3, 256
_READ_TWICE = 0.1  # of the writing's length; a line in any case


@dataclass(frozen=True, slots=True)
class LineReader:
    """What reads lines of a kind: a recogniser, and what knows the languages."""

    recognizer: Recognizer
    decoders: LineDecoders


def read_by_kind(
    reader_for: Callable[[Kind], LineReader],
    telling: Telling,
    pixels: NDArray[np.uint8],
    lines: Sequence[DetectedLine],
) -> Iterator[list[ReadLine]]:
    """Reads the lines of a page, each as what it is, some at a time.

    Args:
        reader_for: gives what reads a kind; asked only for what may stand there.
        telling: how the evidence is weighed.
        pixels: H×W (grey) or H×W×3 (RGB), the whole page.
        lines: where they stand, in any order.

    Yields:
        Some of the lines, with their kinds; every one comes once.
    """
    judged = _judge(reader_for, telling, pixels, lines)
    twice = _read_twice(lines, judged)
    numbers = {id(line): number for number, line in enumerate(lines)}
    by_hand: dict[int, ReadLine] = {}
    for suited in Kind:
        wanted = [
            line
            for number, line in enumerate(lines)
            if number in twice or (judged[number].odds > 0) == (suited is Kind.PRINTED)
        ]
        if not wanted:
            continue
        reader = reader_for(suited)
        for batch in read_lines(reader.recognizer, reader.decoders, pixels, wanted):
            done = []
            for line in batch:
                number = numbers[id(line.image.line)]
                if number in twice and suited is Kind.HANDWRITTEN:
                    by_hand[number] = line
                    continue
                if number in twice:
                    line = _better(telling, judged[number].odds, by_hand[number], line)
                done.append(replace(line, kind=judged[number].kind))
            yield done


@dataclass(frozen=True, slots=True)
class _Judged:
    """What is thought of a line.

    Attributes:
        kind: what stands there.
        odds: the logarithm of the odds that the recogniser for print reads it better.
    """

    kind: Kind
    odds: float


def _judge(
    reader_for: Callable[[Kind], LineReader],
    telling: Telling,
    pixels: NDArray[np.uint8],
    lines: Sequence[DetectedLine],
) -> list[_Judged]:
    if not lines:
        return []
    seen = [appearance(pixels, line) for line in lines]
    regularity = np.array([line.regularity for line in seen])
    looks = np.clip(regularity @ telling.looks, -MOST_LOOK, MOST_LOOK)
    page = float(np.average(looks, weights=[line.width / line.height for line in lines]))
    odds = [_weighed(telling.page, look, page) for look in looks]
    doubtful = [number for number, value in enumerate(odds) if abs(value) < SURE_BY_LOOKS]
    if doubtful:
        strips = strips_of(pixels, [lines[number] for number in doubtful], STRIPS, STRIP_WIDTH)
        by_hand, printed = (_sureness(reader_for(kind).recognizer, strips) for kind in Kind)
        gain = _gain(by_hand, printed)
        for number in doubtful:
            odds[number] = _weighed(telling.strips, looks[number], page, gain)
    colours = [min(line.colour, _MOST_COLOUR) for line in seen]
    prints = [
        _weighed(telling.kind, look, page, colour) > 0
        for look, colour in zip(looks, colours, strict=True)
    ]
    kinds = [Kind.PRINTED if is_print else Kind.HANDWRITTEN for is_print in prints]
    return [_Judged(kind, value) for kind, value in zip(kinds, odds, strict=True)]


def _sureness(recognizer: Recognizer, strips: Sequence[LineImage]) -> float:
    return sureness(log_probs for batch in recognizer.read(strips) for _, log_probs in batch)


def _gain(by_hand: float, printed: float) -> float:
    return min(max(printed - by_hand, -MOST_GAIN), MOST_GAIN)


def _weighed(weights: Sequence[float], *evidence: float) -> float:
    return sum(weight * value for weight, value in zip(weights, (1.0, *evidence), strict=True))


def _read_twice(lines: Sequence[DetectedLine], judged: Sequence[_Judged]) -> frozenset[int]:
    """The lines that are to be read by both, the most doubtful first."""
    left = _READ_TWICE * sum(line.width / line.height for line in lines)
    chosen: list[int] = []
    for number in sorted(range(len(lines)), key=lambda number: abs(judged[number].odds)):
        left -= lines[number].width / lines[number].height
        if abs(judged[number].odds) >= SURE_BY_STRIPS or (chosen and left < 0):
            break
        chosen.append(number)
    return frozenset(chosen)


def _better(telling: Telling, odds: float, by_hand: ReadLine, printed: ReadLine) -> ReadLine:
    gain = _gain(by_hand.sureness, printed.sureness)
    return printed if _weighed(telling.line, odds, gain) > 0 else by_hand

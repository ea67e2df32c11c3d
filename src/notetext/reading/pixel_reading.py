"""Takes a page, or parts of it, through the steps and the engine."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notetext.converters import SourcePage
from notetext.engines import Engine, Reading, Request
from notetext.model import Box, Line, describe_left_out
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.reading.placement import place_left_out, place_line
from notetext.reading.preparing import apply_step
from notetext.reading.way_up import surer_way_up

if TYPE_CHECKING:
    from notetext.page_image import Matrix

# From this share of the page on, reading it once takes no longer than reading its parts.
_MOST_OF_THE_PAGE = 0.5


@dataclass(frozen=True, slots=True)
class PixelReading:
    """What an engine found, and in which pixels.

    Attributes:
        reading: what it found.
        to_page: from its pixels to the page's.
        to_image: the way back.
        angle: of its rows on the page, in degrees.
        preprocess_s: what the steps took.
        engine_s: what the engine took.
    """

    reading: Reading
    to_page: Matrix
    to_image: Matrix
    angle: float
    preprocess_s: float
    engine_s: float


def read_picture(
    image: PageImage,
    steps: Sequence[Preprocessor],
    engine: Engine,
    request: Request,
    *,
    tried: bool = False,
) -> PixelReading:
    """Reads a picture of a page or of a part of it.

    Args:
        image: the picture.
        steps: before the engine.
        engine: what reads.
        request: how.
        tried: whether it is tried the other way up, too, if the reading is doubtful.
    """
    started = time.perf_counter()
    for step in steps:
        image = apply_step(step, image)
        request.check(engine.name)
    prepared = time.perf_counter()
    to_page, to_image, angle = image.transform, image.inverse_transform, image.angle
    # The picture is handed over: an engine that waits for a service lets go of the pixels.
    handed_over = [image]
    kept = image if tried and engine.patch_reader is engine else None
    del image
    reading = engine.read(handed_over.pop(), request)
    if kept is not None:
        kept, reading = surer_way_up(engine, request, steps, kept, reading)
        to_page, to_image, angle = kept.transform, kept.inverse_transform, kept.angle
    took = time.perf_counter() - prepared
    return PixelReading(reading, to_page, to_image, angle, prepared - started, took)


def read_places(
    page: PageImage,
    places: Sequence[Box],
    steps: Sequence[Preprocessor],
    engine: Engine,
    request: Request,
) -> PixelReading:
    """Reads parts of a page one by one; what is found stands in the page's own pixels.

    Args:
        page: all of it, or the part that the caller wants.
        places: in pixels of the page, each partly on the picture; at least one.
        steps: before the engine.
        engine: that reads parts of pages, see `reads_parts`.
        request: as for a page.
    """
    import numpy as np

    found = []
    for box in places:
        (left, top), (right, bottom) = page.from_page(
            [(box.left, box.top), (box.right, box.bottom)]
        ).tolist()
        part = page.cropped(int(left), int(top), round(right), round(bottom))
        found.append(read_picture(part, steps, engine, request))
    return PixelReading(
        _together([_placed(each) for each in found]),
        np.eye(3),
        np.eye(3),
        0.0,
        sum(each.preprocess_s for each in found),
        sum(each.engine_s for each in found),
    )


def reads_parts(engine: Engine, page: SourcePage, places: Sequence[Box]) -> bool:
    """Whether parts of a page are read rather than all of it.

    An engine that asks for money is asked once for a page, and one that gives no places must see
    all of what it is to be compared with.
    """
    if not places or engine.paid or engine.patch_reader is not engine:
        return False
    area = sum((box.right - box.left) * (box.bottom - box.top) for box in places)
    return area < _MOST_OF_THE_PAGE * page.width * page.height


def _placed(found: PixelReading) -> Reading:
    reading, to_page = found.reading, found.to_page

    def placed(lines: Sequence[Line]) -> tuple[Line, ...]:
        return tuple(place_line(line, to_page) for line in lines)

    return replace(
        reading,
        fragments=placed(reading.fragments),
        lines=placed(reading.lines),
        struck=placed(reading.struck),
        left_out=tuple(place_left_out(piece, to_page) for piece in reading.left_out),
    )


def _together(readings: Sequence[Reading]) -> Reading:
    """One reading of several parts; what was left out is counted together."""
    left_out = tuple(piece for reading in readings for piece in reading.left_out)
    warnings: list[str] = []
    counted = False
    artifacts: dict[str, bytes] = {}
    for number, reading in enumerate(readings, 1):
        counts = describe_left_out(reading.left_out)
        rest = [warning for warning in reading.warnings if warning not in counts]
        counted |= len(rest) < len(reading.warnings)
        warnings += (warning for warning in rest if warning not in warnings)
        for name, data in reading.artifacts.items():
            artifacts[name if name not in artifacts else f"{number}-{name}"] = data
    return Reading(
        fragments=tuple(line for reading in readings for line in reading.fragments),
        lines=tuple(line for reading in readings for line in (*reading.lines, Line())),
        struck=tuple(line for reading in readings for line in reading.struck),
        left_out=left_out,
        warnings=(*warnings, *(describe_left_out(left_out) if counted else ())),
        usage=sum((reading.usage for reading in readings[1:]), readings[0].usage),
        artifacts=artifacts,
        engine=readings[0].engine,
        provisional=any(reading.provisional for reading in readings),
    )

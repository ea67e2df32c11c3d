"""Parts of a page are read one by one, and what is found in them stands on the page."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from notetext.converters import SourcePage
from notetext.engines import Engine, Reading, Request
from notetext.model import (
    Box,
    Language,
    LeftOut,
    LeftOutReason,
    Line,
    Mode,
    Word,
    describe_left_out,
)
from notetext.page_image import PageImage
from notetext.reading.pixel_reading import read_picture, read_places, reads_parts

PAGE = PageImage(np.full((300, 400), 255, np.uint8))
PLACES = [Box.rectangle(20, 30, 60, 50), Box.rectangle(-5, 200, 90.5, 320)]
REQUEST = Request(mode=Mode.PRINTED, languages=(Language.ENGLISH,))


class Parts(Engine):
    """Finds the size of what it is given, and leaves a drawing out."""

    name = "parts"

    @property
    def patch_reader(self) -> Engine:
        return self

    def read(self, image: PageImage, request: Request) -> Reading:
        box = Box.rectangle(0, 0, image.width, image.height)
        word = Word(text=f"{image.width}x{image.height}", box=box)
        left_out = (LeftOut(reason=LeftOutReason.HOPELESS, box=box),)
        return Reading(
            fragments=[Line(words=(word,), box=box)],
            struck=[Line(words=(word.model_copy(update={"struck": True}),), box=box)],
            left_out=left_out,
            warnings=("said once", *describe_left_out(left_out)),
            artifacts={"log": word.text.encode()},
        )


class Whole(Parts):
    """Reads no parts."""

    name = "whole"

    @property
    def patch_reader(self) -> Engine:
        return Parts()


class Paid(Parts):
    """Costs money."""

    name = "paid"
    paid = True


class Sheet(SourcePage):
    """A page of 400×300 pixels."""

    number, width, height = 1, 400, 300

    def image(self) -> Image.Image:
        return PAGE.image


def test_what_is_found_in_parts_stands_on_the_page() -> None:
    found = read_places(PAGE, PLACES, (), Parts(), REQUEST).reading
    assert [line.text for line in found.fragments] == ["40x20", "90x100"]
    assert [line.box for line in found.fragments] == [
        Box.rectangle(20, 30, 60, 50),
        Box.rectangle(0, 200, 90, 300),
    ]
    assert [piece.box for piece in found.left_out] == [line.box for line in found.fragments]
    assert [line.words[0].box for line in found.struck] == [line.box for line in found.fragments]


def test_what_was_left_out_is_counted_together_and_nothing_is_said_twice() -> None:
    found = read_places(PAGE, PLACES, (), Parts(), REQUEST).reading
    assert list(found.warnings) == ["said once", *describe_left_out(found.left_out)]
    assert sorted(found.artifacts.values()) == [b"40x20", b"90x100"]


def test_a_part_of_a_part_is_read_where_it_stands() -> None:
    cut = PAGE.cropped(10, 20, 200, 290)
    found = read_places(cut, PLACES[:1], (), Parts(), REQUEST)
    assert found.reading.fragments[0].box == PLACES[0]
    assert np.array_equal(found.to_page, np.eye(3))


def test_a_whole_picture_keeps_its_own_pixels() -> None:
    cut = PAGE.cropped(10, 20, 200, 290)
    found = read_picture(cut, (), Parts(), REQUEST)
    assert found.reading.fragments[0].box == Box.rectangle(0, 0, 190, 270)
    assert np.array_equal(found.to_page, cut.transform)


@pytest.mark.parametrize(
    ("engine", "places", "parts"),
    [
        (Parts(), PLACES, True),
        (Parts(), [], False),
        (Parts(), [Box.rectangle(0, 0, 400, 160)], False),
        (Whole(), PLACES, False),
        (Paid(), PLACES, False),
    ],
    ids=["parts", "no places", "most of the page", "reads whole pages", "costs money"],
)
def test_a_page_is_read_in_parts_where_that_is_less_and_costs_nothing(
    engine: Engine, places: list[Box], parts: bool
) -> None:
    assert reads_parts(engine, Sheet(), places) is parts

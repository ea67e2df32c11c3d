"""A page that is doubtful as a whole is tried the other way up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext import Limits, NoteText
from notetext.engines import Engine, Reading, Request
from notetext.errors import EngineTimeoutError
from notetext.model import Box, Line, Word
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.reading.way_up import DOUBTFUL_PAGE


def corner(*, turned: int = 0, height: int = 40) -> np.ndarray:
    """A sheet whose top left corner is dark when it is upright."""
    sheet = np.full((height, 60), 200, np.uint8)
    sheet[:10, :10] = 0
    return np.rot90(sheet, turned).copy()


class Corner(Engine):
    """Reads sheets surely when their dark corner is top left."""

    name = "corner"
    version = None

    def __init__(self, upright: float = 0.9, else_: float = 0.1, text: str = "hello") -> None:
        self.confidences = {True: upright, False: else_}
        self.text = text
        self.seen: list[tuple[int, int]] = []

    @property
    def patch_reader(self) -> Engine | None:
        return self

    def read(self, image: PageImage, request: Request) -> Reading:
        self.seen.append((image.width, image.height))
        confidence = self.confidences[image.grey()[:5, :5].mean() < 100]
        box = Box.rectangle(0, 0, 10, 10)
        word = Word(text=self.text, confidence=confidence, box=box)
        return Reading(fragments=(Line(words=(word,), box=box),))


@dataclass(frozen=True)
class Turning(Preprocessor):
    """Leaves a page as it lies, and says how it may lie after all."""

    turns: tuple[int, ...] = (2, 1, 3)
    name = "turning"
    version = "1"

    def turns_to_try(self, image: PageImage) -> Sequence[int]:
        return self.turns

    def __call__(self, image: PageImage) -> PageImage:
        return image


@pytest.mark.parametrize("turned", [1, 2, 3])
def test_the_surer_way_up_is_kept_with_boxes_on_the_page_as_it_came_in(turned: int) -> None:
    page = corner(turned=turned)
    (read,) = NoteText(engine=Corner(), preprocessors=[Turning()]).recognize(page).pages
    (word,) = read.words
    assert word.confidence == 0.9
    assert round(read.angle) % 360 == 90 * turned
    assert word.box is not None
    rows = slice(round(word.box.top), round(word.box.bottom))
    assert page[rows, round(word.box.left) : round(word.box.right)].max() == 0


def test_a_page_that_is_read_surely_is_read_once() -> None:
    engine = Corner(else_=DOUBTFUL_PAGE)
    NoteText(engine=engine, preprocessors=[Turning()]).recognize(corner(turned=2))
    assert len(engine.seen) == 1


@pytest.mark.parametrize(
    "engine",
    [
        Corner(upright=0.3, else_=0.2),
        Corner(upright=0.2, else_=0.01),
        Corner(text="69"),
    ],
    ids=["hardly surer", "doubtful either way", "too short"],
)
def test_where_the_other_way_up_is_not_clearly_surer_the_page_stays(engine: Corner) -> None:
    (page,) = NoteText(engine=engine, preprocessors=[Turning()]).recognize(corner(turned=2)).pages
    assert (page.angle, page.words[0].confidence) == (0, engine.confidences[False])


def test_without_a_step_that_sees_to_it_no_page_is_turned() -> None:
    engine = Corner()
    (page,) = NoteText(engine=engine, preprocessors=[]).recognize(corner(turned=2)).pages
    assert (page.angle, len(engine.seen)) == (0, 1)


def test_an_engine_that_reads_no_patches_is_asked_once() -> None:
    class Paid(Corner):
        @property
        def patch_reader(self) -> None:
            return None

    engine = Paid()
    NoteText(engine=engine, preprocessors=[Turning()]).recognize(corner(turned=2))
    assert len(engine.seen) == 1


def test_of_a_high_page_a_strip_is_tried_before_the_page() -> None:
    engine = Corner(upright=0.1)
    NoteText(engine=engine, preprocessors=[Turning((2,))]).recognize(corner(height=400))
    assert engine.seen[0] == (60, 400)
    assert [height for _, height in engine.seen[1:]] == [60, 60]


def test_what_was_read_in_time_is_not_lost_for_a_doubt() -> None:
    class Slow(Corner):
        def read(self, image: PageImage, request: Request) -> Reading:
            if self.seen:
                raise EngineTimeoutError("too late", engine=self.name)
            return super().read(image, request)

    reader = NoteText(engine=Slow(), preprocessors=[Turning()], limits=Limits(timeout_s=60))
    assert reader.recognize(corner(turned=2)).text == "hello\n"


@pytest.mark.parametrize(
    "text",
    ["see you soon mum", "thank you", "call mum\nrun\nswim", "14.03.2024", "4.50\n12.80\n3.20"],
)
def test_a_short_note_on_its_head_is_read_as_it_should(text: str, reader: NoteText) -> None:
    page = Image.new("L", (700, 120 + 80 * len(text.split("\n"))), 245)
    font = ImageFont.load_default(48)
    ImageDraw.Draw(page).multiline_text((60, 40), text, font=font, fill=40, spacing=30)
    upright = reader.recognize(np.asarray(page))
    on_its_head = reader.recognize(np.asarray(page.rotate(180)))
    assert upright.pages[0].angle == 0
    assert abs(on_its_head.pages[0].angle) == 180
    assert on_its_head.text == upright.text


@pytest.mark.parametrize("text", ["69", "1690\n8061\n6198", "H 0 X", "noon"])
def test_what_may_be_read_either_way_stays_as_it_lies(text: str, reader: NoteText) -> None:
    page = Image.new("L", (700, 120 + 80 * len(text.split("\n"))), 245)
    font = ImageFont.load_default(48)
    ImageDraw.Draw(page).multiline_text((60, 40), text, font=font, fill=40, spacing=30)
    assert reader.recognize(np.asarray(page)).pages[0].angle == 0


@pytest.fixture(scope="module")
def reader() -> NoteText:
    return NoteText()

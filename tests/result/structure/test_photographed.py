"""To-do lists from pixels to Markdown."""

from __future__ import annotations

import pytest
from measuring.photographs import Kind, photograph
from PIL import Image, ImageDraw, ImageFont, ImageOps

from notetext import NoteText

pytestmark = pytest.mark.slow

TASKS = (
    ("call the dentist", True, 0),
    ("buy stamps", False, 0),
    ("pack for the trip", False, 0),
    ("passport", True, 1),
    ("water the plants", False, 0),
)
MARKDOWN = """- [x] call the dentist
- [ ] buy stamps
- [ ] pack for the trip
  - [x] passport
- [ ] water the plants
"""


@pytest.fixture(scope="module")
def sheet() -> Image.Image:
    """A list with boxes that are drawn by a pen, some of them ticked."""
    page = Image.new("RGB", (1000, 900), (252, 251, 247))
    pen, font, ink = ImageDraw.Draw(page), ImageFont.load_default(44), (25, 30, 90)
    for number, (text, done, depth) in enumerate(TASKS):
        left, top = 120 + 110 * depth, 150 + 120 * number
        corners = ((0, 2), (40, 0), (41, 41), (1, 40), (0, 2))
        pen.line([(left + x, top + y) for x, y in corners], fill=ink, width=4)
        if done:
            pen.line(
                [(left + 8, top + 20), (left + 18, top + 33), (left + 48, top - 10)],
                fill=ink,
                width=5,
            )
        pen.text((left + 80, top - 9), text, font=font, fill=ink)
    return page


@pytest.mark.parametrize(
    "kind",
    [
        Kind("at an angle", on_desk=True, shade=0.5),
        Kind("turned", skew=6.0),
        Kind("ruled", ruled=True),
    ],
    ids=lambda kind: kind.name,
)
def test_a_photographed_list_keeps_its_boxes(sheet: Image.Image, kind: Kind) -> None:
    picture = photograph(sheet, kind, 3).image
    assert NoteText().recognize(picture, "auto", "en").to("markdown") == MARKDOWN


def test_light_ink_on_dark_ground_is_read_alike(sheet: Image.Image) -> None:
    result = NoteText().recognize(ImageOps.invert(sheet), "auto", "en")
    assert result.to("markdown") == MARKDOWN
    assert [task.done for task in result.tasks] == [done for _, done, _ in TASKS]

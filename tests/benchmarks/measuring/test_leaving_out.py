from __future__ import annotations

import numpy as np
import pytest
from measuring.leaving_out import STEPS, AutoWithout
from PIL import Image, ImageDraw, ImageFont

from notetext.page_image import PageImage
from notetext.preprocessors.auto import Auto


def white_on_black() -> PageImage:
    image = Image.new("L", (500, 300), 20)
    for row in range(5):
        ImageDraw.Draw(image).text(
            (30, 20 + 50 * row), "white on black", fill=240, font=ImageFont.load_default(28)
        )
    return PageImage(np.asarray(image))


def writing_is_dark(page: PageImage) -> bool:
    paper = np.median(page.pixels)
    return bool(paper - page.pixels.min() > page.pixels.max() - paper)


def test_without_a_step_that_a_page_needs_the_page_lacks_it() -> None:
    page = white_on_black()
    whole = Auto()(page)
    assert writing_is_dark(whole)
    assert not np.array_equal(AutoWithout("invert")(page).pixels, whole.pixels)
    assert np.array_equal(Auto()(page).pixels, whole.pixels)


@pytest.mark.parametrize("step", [step for step in STEPS if step != "invert"])
def test_without_a_step_that_a_page_does_not_need_nothing_changes(step: str) -> None:
    page = white_on_black()
    assert np.array_equal(AutoWithout(step)(page).pixels, Auto()(page).pixels)

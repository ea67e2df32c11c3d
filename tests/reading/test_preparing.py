"""What happens to a page before an engine sees it: its pixels are square, failures have names."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from notetext.converters import SourcePage
from notetext.errors import PreprocessingError
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.reading.preparing import apply_step, picture_of


class Odd(Preprocessor):
    """A step that does anything at all."""

    name = "odd"

    def __init__(self, change: Callable[[PageImage], object]) -> None:
        self._change = change

    def __call__(self, page: PageImage) -> PageImage:
        return self._change(page)  # type: ignore[return-value]


def closed(page: PageImage) -> PageImage:
    page.close()
    return page


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda page: None, "returned a NoneType"),
        (lambda page: page.pixels, "returned a ndarray"),
        (closed, "closed the picture"),
        (lambda page: page.with_pixels(np.zeros((4, 6, 4), np.uint8)), "H×W×3"),
        (lambda page: page.with_pixels(np.zeros((3, 3), np.uint8)), "use resized"),
        (lambda page: PageImage(page.pixels, transform=np.diag([np.nan] * 3)), "finite"),
        (lambda page: page.warped(np.zeros((3, 3)), 6, 4), "failed"),
        (lambda page: 1 / 0, "failed: ZeroDivisionError"),
    ],
)
def test_what_a_step_does_wrong_is_an_error_that_names_it(
    change: Callable[[PageImage], object], told: str
) -> None:
    with pytest.raises(PreprocessingError, match=f"'odd' .*{told}") as caught:
        apply_step(Odd(change), PageImage(np.full((4, 6), 200, np.uint8)))
    assert caught.value.step == "odd"


class Scan(SourcePage):
    """A page of a scanner whose two resolutions differ: a black square of a tenth of an inch."""

    number = 1

    def __init__(self, dpi: float | None, dpi_y: float | None, inches: float = 1.0) -> None:
        self.dpi, self.dpi_y = dpi, dpi_y
        self.width = round(inches * (dpi or 100))
        self.height = round(inches * (dpi_y or dpi or 100))

    def image(self) -> Image.Image:
        image = Image.new("L", (self.width, self.height), 255)
        across, down = self.dpi or 100, self.dpi_y or self.dpi or 100
        image.paste(
            0, (round(0.4 * across), round(0.4 * down), round(0.5 * across), round(down / 2))
        )
        return image


LIMIT = 150_000_000


@pytest.mark.parametrize(
    ("dpi", "dpi_y", "square"),
    [
        (204, 98, 204),
        (98, 204, 204),
        (200, 100, 200),
        (300, 600, 300),
        (600, 300, 300),
        (600, 1200, 600),
        (240, 600, 300),
    ],
)
def test_pixels_are_made_square_and_what_is_found_lands_on_those_of_the_page(
    dpi: float, dpi_y: float, square: float
) -> None:
    image = picture_of(Scan(dpi, dpi_y), None, LIMIT)
    assert (image.width, image.height, image.dpi) == (square, square, square)
    rows, columns = np.nonzero(image.pixels < 128)
    sides = np.ptp(columns) + 1, np.ptp(rows) + 1
    assert sides == pytest.approx((square / 10, square / 10), abs=2)
    corner = image.to_page([(float(columns.min()), float(rows.min()))])[0]
    assert corner == pytest.approx((0.4 * dpi, 0.4 * dpi_y), abs=1)


def test_a_region_is_one_of_the_pages_own_pixels() -> None:
    part = picture_of(Scan(204, 98), (51, 24, 153, 74), LIMIT)
    assert part.dpi == 204
    assert (part.width, part.height) == (102, 104)
    assert part.to_page([(0.0, 0.0), (102.0, 104.0)]).tolist() == [[51, 24], [153, 74]]


@pytest.mark.parametrize(("dpi", "dpi_y"), [(None, None), (200, None), (204, 196)])
def test_square_pixels_stay_and_are_not_decoded(dpi: float | None, dpi_y: float | None) -> None:
    page = Scan(dpi, dpi_y)
    image = picture_of(page, None, LIMIT)
    assert (image.width, image.height, image.dpi) == (page.width, page.height, dpi)
    assert image.transform.tolist() == np.eye(3).tolist()


def test_what_is_made_square_stays_within_the_limit() -> None:
    image = picture_of(Scan(200, 600), None, 60_000)
    assert image.width * image.height == pytest.approx(60_000, rel=0.01)
    assert image.width == pytest.approx(image.height, abs=1)

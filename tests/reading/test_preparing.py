"""What happens to a page before an engine sees it: a step's failures have names."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from notetext.errors import PreprocessingError
from notetext.page_image import PageImage
from notetext.preprocessors import Preprocessor
from notetext.reading.preparing import apply_step


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

"""Levels the written lines of a page."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.page_image import PageImage
from notetext.page_image.ink import find_ink
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.parameters import check_range


@dataclass(frozen=True)
class Deskew(Preprocessor):
    """Turns a page by a few degrees so that its lines run level.

    A page that is level already, or on which no lines can be made out, is returned as it is. The
    picture grows so that nothing is cut off; the new corners get the paper's colour.

    Args:
        most: the largest angle looked for, in degrees (1…45). A page that seems to lie more askew
            is left alone.
        least: the smallest angle worth a turn, in degrees (0…5).

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.deskew import Deskew
    >>> image = PageImage(np.full((60, 80), 255, np.uint8))
    >>> Deskew()(image) is image
    True
    """

    most: float = 15.0
    least: float = 0.2

    name = "deskew"
    version = "2"

    def __post_init__(self) -> None:
        check_range(self.name, "most", self.most, 1, 45, "degrees")
        check_range(self.name, "least", self.least, 0, 5, "degrees")

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the page with level lines."""
        angle = skew(image, self.most)
        return image if abs(angle) < max(self.least, 1e-3) else image.rotated(-angle)


def skew(image: PageImage, most: float = 15.0) -> float:
    """Measures how far the lines climb, in degrees, counter-clockwise; 0 where nobody can tell.

    Projection profile (Postl 1986): ink is projected along many directions, and the lines' own is
    the one in which the sums of neighbouring rows differ most. Rows are compared over the distance
    of about half an x-height, which makes pieces of letters count less than whole lines. By how
    much scans of handwriting are turned, up to 12°, is found to within 0.4°.

    Args:
        image: any page.
        most: the largest angle looked for, in degrees.
    """
    return skew_of(ink_points(image), most)


def ink_points(image: PageImage) -> NDArray[np.float64]:
    """Places of ink on a page, N×2, in pixels of a picture of it that may be smaller; shuffled."""
    found = cv2.findNonZero(find_ink(image, MEASURED_SIDE).mask)
    places = np.empty((0, 2)) if found is None else found.reshape(-1, 2)
    random = np.random.default_rng(0)
    chosen = random.choice(len(places), min(len(places), MAX_POINTS), replace=False)
    points = places[chosen]
    # Spread over the whole pixel: otherwise the grid itself would make 0° stand out.
    return points + random.random(points.shape)


def skew_of(points: NDArray[np.float64], most: float = 15.0, least: float = 0.0) -> float:
    """Measures how far lines climb, like `skew`, from the places of their ink.

    Args:
        points: from `ink_points`.
        most: the largest angle looked for, in degrees.
        least: an angle that is smaller need only be told from a larger one, which takes half as
            long.
    """
    if len(points) < MIN_POINTS:
        return 0.0
    # One step beyond the largest angle shows whether the best one lies within.
    reach = int(most / COARSE_STEP) + 1
    coarse = COARSE_STEP * np.arange(-reach, reach + 1, dtype=np.float64)
    scores = _profile_scores(points[::4], coarse)
    best = int(np.argmax(scores))
    if best in (0, len(coarse) - 1) or scores[best] < MIN_PROMINENCE * np.median(scores):
        return 0.0
    angle = float(coarse[best])
    # Looked at closely, it may be so much larger.
    if abs(angle) + 1.2 * COARSE_STEP < least:
        return angle
    for step in (COARSE_STEP / 5, COARSE_STEP / 25):
        fine = angle + step * np.arange(-5, 6, dtype=np.float64)
        angle = float(fine[np.argmax(_profile_scores(points, fine))])
    return angle


def row_contrast(points: NDArray[np.float64]) -> tuple[float, float]:
    """How much rows of ink differ from rows nearby, at best: along the page's rows and its columns.

    The larger number is the direction in which lines run; both are 0 without ink.

    Args:
        points: from `ink_points`.
    """
    points = points[: MAX_POINTS // 4]
    if len(points) < MIN_POINTS:
        return 0.0, 0.0
    angles = COARSE_STEP * np.arange(-20, 21, dtype=np.float64)
    along = _profile_scores(points, angles).max()
    across = _profile_scores(points[:, ::-1], angles).max()
    return float(along), float(across)


def direction_of(points: NDArray[np.float64]) -> float | None:
    """The direction of lines, whichever way the page lies, or of columns if they stand out more.

    Args:
        points: from `ink_points`.

    Returns:
        Degrees, counter-clockwise, from -90 to 90; ``None`` where nobody can tell.
    """
    points = points[: MAX_POINTS // 4]
    if len(points) < MIN_POINTS:
        return None
    angles = np.arange(-90, 90, WHOLE_TURN_STEP)
    scores = _profile_scores(points, angles)
    best = int(np.argmax(scores))
    if scores[best] < CLEAR_DIRECTION * np.median(scores):
        return None
    fine = angles[best] + COARSE_STEP / 5 * np.arange(-10, 11, dtype=np.float64)
    return float(fine[np.argmax(_profile_scores(points, fine))])


MEASURED_SIDE = 800
"""The longest side, in pixels, of the picture in which the angle is measured."""
ROW_DISTANCE = 5
"""Pixels of that picture between the rows that are compared."""
COARSE_STEP = 0.5
"""Degrees between the first directions tried."""
WHOLE_TURN_STEP = 1.0
"""Degrees between the directions tried where lines may run anywhere."""
MAX_POINTS = 20_000
"""Pixels of ink that are projected; more would not make the angle more exact."""
MIN_POINTS = 200
"""Pixels of ink below which there are no lines."""
MIN_PROMINENCE = 1.4
"""How much the best direction must stand out from the median one; scattered blobs reach 1.2, and
pages of handwriting 1.8 to 6."""

CLEAR_DIRECTION = 3.0
"""The same among all directions; drawn pages at an angle reach 7 to 22."""


def _profile_scores(
    points: NDArray[np.float64], angles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How much rows differ from rows nearby, for every angle."""
    x, y = np.ascontiguousarray(points.T, np.float32)
    turns = np.radians(angles).astype(np.float32)
    heights = np.outer(np.cos(turns), y) + np.outer(np.sin(turns), x)
    # No direction that is asked for moves a point further than this. From half to half: at whole
    # numbers lie the edges of pixels, and 0° would stand out.
    end = 2 * int(points.max()) + ROW_DISTANCE + 1
    rows = (heights + (end - 0.5)).astype(np.intp)
    rows += 2 * end * np.arange(len(angles))[:, None]
    counts = np.bincount(rows.ravel(), minlength=2 * end * len(angles)).reshape(len(angles), -1)
    differences = counts[:, ROW_DISTANCE:] - counts[:, :-ROW_DISTANCE]
    scores: NDArray[np.float64] = (differences**2).sum(axis=1, dtype=np.float64)
    return scores

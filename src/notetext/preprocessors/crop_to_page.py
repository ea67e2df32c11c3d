"""Finds the sheet of paper in a photograph and sets it straight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from notetext.page_image import PageImage, map_points
from notetext.page_image.ink import reduced, reduced_grey
from notetext.preprocessors import Preprocessor
from notetext.preprocessors.letter_layout import Letters, find_letters, lines_run_along
from notetext.preprocessors.parameters import check_range

if TYPE_CHECKING:
    from notetext.page_image import Pixels, Points


@dataclass(frozen=True)
class CropToPage(Preprocessor):
    """Cuts a photograph to the sheet that lies in it, as if seen from straight above.

    The sheet has to be brighter or less colourful than what it lies on, and all its four sides have
    to be seen. Where lines of writing stand beyond them, it is a field of a form, or a window on a
    screen, and no sheet. A picture without such a sheet, such as a scan that is the page already,
    is returned as it is.

    Args:
        least: the smallest part of the picture that a sheet may cover (0.05…0.9).

    >>> import numpy as np
    >>> from notetext.page_image import PageImage
    >>> from notetext.preprocessors.crop_to_page import CropToPage
    >>> image = PageImage(np.full((300, 400, 3), 250, np.uint8))
    >>> CropToPage()(image) is image
    True
    """

    least: float = 0.2

    name = "crop_to_page"
    version = "2"

    def __post_init__(self) -> None:
        check_range(self.name, "least", self.least, 0.05, 0.9)

    def __call__(self, image: PageImage) -> PageImage:
        """Returns the sheet."""
        corners = find_sheet(image, self.least)
        if corners is None:
            return image
        sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
        width, height = round(max(sides[0], sides[2])), round(max(sides[1], sides[3]))
        target = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
        return image.warped(np.asarray(matrix, np.float64), width, height)


def find_sheet(image: PageImage, least: float = 0.2) -> Points | None:
    """Finds the corners of a sheet of paper.

    Args:
        image: a photograph.
        least: the smallest part of it that a sheet may cover.

    Returns:
        4×2, pixels, clockwise from the top left; ``None`` if there is no sheet to be seen.
    """
    small, scale = reduced(image, MEASURED_SIDE)
    if min(small.shape[:2]) < SMALLEST_SIDE:
        return None
    found = [
        corners
        for paperness in _paperness(small)
        if (corners := _bright_quadrilateral(paperness, least)) is not None
    ]
    if not found:
        return None
    corners = max(found, key=lambda corners: float(cv2.contourArea(corners.astype(np.float32))))
    if _is_written_beyond(corners / scale, image):
        return None
    # The outermost pixels still show what the sheet lies on.
    return np.asarray(_shrunk(corners, RIM) / scale, np.float64)


MEASURED_SIDE = 480
"""The longest side, in pixels, of the picture in which the sheet is looked for."""
SMALLEST_SIDE = 60
WIDEST_STROKE = 13
"""Pixels of that picture; what is darker than the paper and narrower than this is writing."""
RIM = 1.5
"""Pixels of that picture that are cut off within the sheet's sides."""
LEAST_STEP = 14
"""How much brighter, in levels, the sheet has to be than what lies beyond its side."""
BESIDE = 5
"""Pixels to either side of a sheet's side where the two are compared."""
SEEN = 0.8
"""The part of a side along which it has to be so."""
LEAST_FILLED = 0.93
"""The least part of the sheet that is bright, and of what is bright that is the sheet."""
WRITING_SIDE = 1200
"""The longest side, in pixels, of the picture in which writing beside the sheet is looked for."""
LEAST_BEYOND = 12
"""Letters that stand there."""
SMALLEST_BEYOND = 0.5
"""How high they are, compared to those on the sheet, at least; the grain of wood is a quarter."""
LONGEST_LETTER = 3.0
"""How many times as long as wide letters are at most."""
MOST_STREAKS = 0.4
"""The part of what stands there that may be longer; in the grain of wood it is nearly all."""
ANGLES = (50, 130)
"""Degrees between two sides of a sheet."""


def _paperness(small: Pixels) -> Iterator[Pixels]:
    """Pictures in which paper is brighter than a desk, without the writing."""
    brush = np.ones((WIDEST_STROKE, WIDEST_STROKE), np.uint8)
    closed = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, brush), np.uint8)
    closed = np.asarray(cv2.medianBlur(closed, 5), np.uint8)
    if closed.ndim == 2:
        yield closed
        return
    # NumPy's min and max along so short an axis take forty times as long.
    red, green, blue = cv2.split(closed)
    weakest = np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)
    yield weakest
    # How grey it is does not depend on the light, so that a shadow leaves it as it is.
    strongest = cv2.max(cv2.max(red, green), blue)
    yield np.asarray(cv2.divide(weakest, strongest, scale=255), np.uint8)


def _bright_quadrilateral(paperness: Pixels, least: float) -> Points | None:
    """The corners of the largest bright area, if it is one with four straight sides."""
    _, bright = cv2.threshold(paperness, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    contours, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return None
    outline = np.asarray(max(contours, key=cv2.contourArea), np.int32)
    area = cv2.contourArea(outline)
    height, width = paperness.shape
    # What fills the picture shows nothing beyond its sides.
    if not least * paperness.size <= area <= (width - BESIDE) * (height - BESIDE):
        return None
    corners = _corners_of(np.asarray(cv2.convexHull(outline), np.int32))
    if corners is None:
        return None
    corners = _refined(corners, outline[::3, 0].astype(np.float32))
    quadrilateral = cv2.contourArea(corners.astype(np.float32))
    if not LEAST_FILLED <= area / max(quadrilateral, 1) <= 1 / LEAST_FILLED:
        return None
    if not _is_like_a_sheet(corners) or not _is_seen(corners, paperness):
        return None
    # Contours run through the pixels' centres.
    return _from_top_left(corners + 0.5)


def _corners_of(hull: NDArray[np.int32]) -> Points | None:
    """The four corners that are left of an outline when it is simplified."""
    length = cv2.arcLength(hull, closed=True)
    for part in (0.01, 0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(hull, part * length, closed=True)
        if len(corners) == 4:
            return np.asarray(corners[:, 0], np.float64)
    return None


def _refined(corners: Points, outline: NDArray[np.float32]) -> Points:
    """Moves corners to where lines meet that are fitted to the outline along the sides."""
    lines = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / np.linalg.norm(end - start)
        offsets = outline - start
        part = offsets @ along / np.linalg.norm(end - start)
        away = np.abs(offsets @ np.array([-along[1], along[0]]))
        near = outline[(part > 0.1) & (part < 0.9) & (away < 6)]
        if len(near) < 10:
            return corners
        dx, dy, x, y = cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel().tolist()
        lines.append(np.cross((x, y, 1.0), (x + dx, y + dy, 1.0)))
    meeting = np.array([np.cross(lines[i - 1], lines[i]) for i in range(4)])
    if (np.abs(meeting[:, 2]) < 1e-6).any():
        return corners
    return np.asarray(meeting[:, :2] / meeting[:, 2:], np.float64)


def _is_like_a_sheet(corners: Points) -> bool:
    """Whether no angle is too sharp or too blunt for a rectangle seen at an angle."""
    sides = np.roll(corners, -1, axis=0) - corners
    directions = sides / np.maximum(np.linalg.norm(sides, axis=1, keepdims=True), 1e-9)
    cosines = (directions * -np.roll(directions, 1, axis=0)).sum(axis=1)
    angles = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    return bool(ANGLES[0] < angles.min() and angles.max() < ANGLES[1])


def _is_seen(corners: Points, paperness: Pixels) -> bool:
    """Whether the picture is darker beyond each side; beyond the picture nothing is."""
    framed = np.pad(paperness, BESIDE, constant_values=255)
    last = np.array(framed.shape[::-1]) - 1
    middle = corners.mean(axis=0)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        points = start + np.linspace(0.05, 0.95, 40)[:, None] * (end - start)
        inwards = np.array([start[1] - end[1], end[0] - start[0]]) / np.linalg.norm(end - start)
        inwards *= BESIDE * np.sign((middle - start) @ inwards)
        levels = []
        for beside in (points + inwards, points - inwards):
            columns, rows = np.round(beside + BESIDE).astype(np.intp).clip(0, last).T
            levels.append(framed[rows, columns].astype(np.int16))
        if np.mean(levels[0] - levels[1] >= LEAST_STEP) < SEEN:
            return False
    return True


def _is_written_beyond(corners: Points, image: PageImage) -> bool:
    """Whether lines of writing, dark or light, stand outside of a sheet (4×2, pixels)."""
    seen, scale = reduced_grey(image, WRITING_SIDE)
    sheet = cv2.fillConvexPoly(
        np.zeros(seen.shape, np.uint8), np.round(corners * scale).astype(np.int32), 255
    )
    # Its edge is no writing.
    brush = np.ones((WRITING_SIDE // 60, WRITING_SIDE // 60), np.uint8)
    beyond = cv2.dilate(sheet, brush) == 0
    within = cv2.erode(sheet, brush) > 0
    if not beyond.any() or not within.any():
        return False
    height = _letters_in(seen, within).height
    return any(
        _are_lines_of_writing(_letters_in(grey, beyond), SMALLEST_BEYOND * height)
        for grey in (seen, np.asarray(cv2.bitwise_not(seen), np.uint8))
    )


def _letters_in(grey: Pixels, part: NDArray[np.bool_]) -> Letters:
    """The letters in a part of a picture."""
    return find_letters(PageImage(np.where(part, grey, np.uint8(np.median(grey[part])))))


def _are_lines_of_writing(letters: Letters, height: float) -> bool:
    """Whether there are enough pieces in rows, so high, and most of them no streaks as in wood."""
    if letters.count < LEAST_BEYOND or letters.height < height:
        return False
    sides = letters.bounds[:, 2:] - letters.bounds[:, :2]
    is_streak = sides.max(axis=1) > LONGEST_LETTER * sides.min(axis=1)
    return bool(is_streak.mean() <= MOST_STREAKS) and lines_run_along(letters, 0)


def _from_top_left(corners: Points) -> Points:
    """Brings corners into clockwise order, beginning with the one at the top left."""
    x, y = (corners - corners.mean(axis=0)).T
    clockwise = corners[np.argsort(np.arctan2(y, x))]
    return np.roll(clockwise, -int(np.argmin(clockwise.sum(axis=1))), axis=0)


def _shrunk(corners: Points, rim: float) -> Points:
    """The corners of what is left when a rim is cut off along every side."""
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width, height = max(sides[0], sides[2]), max(sides[1], sides[3])
    whole = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    to_picture = cv2.getPerspectiveTransform(whole, corners.astype(np.float32))
    inner = [(rim, rim), (width - rim, rim), (width - rim, height - rim), (rim, height - rim)]
    return map_points(np.asarray(to_picture, np.float64), inner)

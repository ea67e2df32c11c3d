"""Chains of geometry: whatever is done to a picture, its points land where they stand on the page.

Every operation is done twice: by `PageImage` on pixels, and by plain formulas on points.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notetext.page_image import PageImage

Point = tuple[float, float]
Operation = Callable[[PageImage], tuple[PageImage, Callable[[Point], Point]]]

WIDTH, HEIGHT = 480, 360
MARKER = (260.5, 170.5)
RADIUS = 30


def resize(scale_x: float, scale_y: float) -> Operation:
    def do(page: PageImage) -> tuple[PageImage, Callable[[Point], Point]]:
        width, height = max(16, round(page.width * scale_x)), max(16, round(page.height * scale_y))
        kx, ky = width / page.width, height / page.height
        return page.resized(width, height), lambda p: (p[0] * kx, p[1] * ky)

    return do


def rotate(angle: float) -> Operation:
    def do(page: PageImage) -> tuple[PageImage, Callable[[Point], Point]]:
        turned = page.rotated(angle)
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))

        def move(p: Point) -> Point:
            x, y = p[0] - page.width / 2, p[1] - page.height / 2
            return cos * x + sin * y + turned.width / 2, cos * y - sin * x + turned.height / 2

        return turned, move

    return do


def crop(left: float, top: float, right: float, bottom: float) -> Operation:
    def do(page: PageImage) -> tuple[PageImage, Callable[[Point], Point]]:
        x1, y1 = int(page.width * left), int(page.height * top)
        x2, y2 = page.width - int(page.width * right), page.height - int(page.height * bottom)
        return page.cropped(x1, y1, x2, y2), lambda p: (p[0] - x1, p[1] - y1)

    return do


def warp(shear: float, scale: float, tilt_x: float, tilt_y: float) -> Operation:
    def do(page: PageImage) -> tuple[PageImage, Callable[[Point], Point]]:
        w, h = page.width, page.height
        matrix = np.array([[scale, shear, 0], [0, scale, 0], [tilt_x / w, tilt_y / h, 1.0]])
        corners = cv2.perspectiveTransform(
            np.array([[[0, 0], [w, 0], [w, h], [0, h]]], np.float64), matrix
        )[0]
        (x0, y0), (x1, y1) = corners.min(axis=0), corners.max(axis=0)
        matrix = np.array([[1, 0, -x0], [0, 1, -y0], [0, 0, 1.0]]) @ matrix

        def move(p: Point) -> Point:
            x, y, k = matrix @ np.array([p[0], p[1], 1.0])
            return float(x / k), float(y / k)

        return page.warped(matrix, max(16, math.ceil(x1 - x0)), max(16, math.ceil(y1 - y0))), move

    return do


scales = st.floats(0.15, 3.0)
margins = st.floats(0, 0.2)
tilts = st.floats(-0.2, 0.2)
operations = st.one_of(
    st.builds(resize, scales, scales),
    st.builds(rotate, st.one_of(st.floats(-360, 360), st.sampled_from([-90, 0, 90, 180, 270]))),
    st.builds(crop, margins, margins, margins, margins),
    st.builds(warp, st.floats(-0.3, 0.3), st.floats(0.15, 2.0), tilts, tilts),
)
chains = st.lists(operations, min_size=1, max_size=5)


@dataclass
class Walk:
    """A page after a chain, and how large a pixel of the coarsest picture was on the page."""

    page: PageImage
    marker: Point
    coarsest: float


def walk(page: PageImage, chain: list[Operation]) -> Walk:
    """Goes along the chain while the page is small and the whole marker in sight and not a dot."""
    marker, coarsest = MARKER, 1.0
    for operation in chain:
        try:
            after, move = operation(page)
        except ValueError:  # a crop of nothing
            break
        if after.width * after.height > 2_000_000 or not shows_the_marker(after):
            break
        coarse = pixel_size(after, move(marker))
        if coarse > RADIUS / 3:
            break
        page, marker, coarsest = after, move(marker), max(coarsest, coarse)
    return Walk(page, marker, coarsest)


def shows_the_marker(page: PageImage) -> bool:
    turns = np.linspace(0, 2 * np.pi, 24)
    circle = np.array(MARKER) + (RADIUS + 2) * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    points = page.from_page(circle)
    return bool((points >= 0).all() and (points <= [page.width, page.height]).all())


def pixel_size(page: PageImage, at: Point) -> float:
    """How many pixels of the page one pixel of the picture covers, in its longer direction."""
    x, y = at
    points = page.to_page([(x - 0.5, y), (x + 0.5, y), (x, y - 0.5), (x, y + 0.5)])
    return float(np.linalg.norm(np.stack([points[1] - points[0], points[3] - points[2]]), 2))


def page_with_a_marker() -> PageImage:
    pixels = np.full((HEIGHT, WIDTH), 255, np.uint8)
    centre = (int(MARKER[0] - 0.5), int(MARKER[1] - 0.5))
    cv2.circle(pixels, centre, RADIUS, color=0, thickness=-1, lineType=cv2.LINE_8)
    return PageImage(pixels)


def centre_of_ink_on_the_page(page: PageImage) -> Point:
    """The centre of gravity on the page: every dark pixel counts by the area that it covers there,
    for perspective makes the near half of a marker larger."""
    ys, xs = np.nonzero(page.pixels < 250)
    centres = np.stack([xs, ys], axis=1).astype(np.float64) + 0.5
    depths = centres @ page.transform[2, :2] + page.transform[2, 2]
    weights = (255.0 - page.pixels[ys, xs]) / np.abs(depths) ** 3
    x, y = np.average(page.to_page(centres), axis=0, weights=weights)
    return float(x), float(y)


@given(chains)
def test_points_go_through_any_chain_and_back_to_the_hundredth_of_a_pixel(
    chain: list[Operation],
) -> None:
    end = walk(PageImage(np.zeros((HEIGHT, WIDTH), np.uint8)), chain)
    there = end.page.from_page([MARKER])[0]
    back = end.page.to_page([end.marker])[0]
    assert there == pytest.approx(end.marker, abs=0.01)
    assert back == pytest.approx(MARKER, abs=0.01)


@settings(deadline=None)
@given(chains)
def test_a_drawn_marker_is_found_on_the_page_after_any_chain(chain: list[Operation]) -> None:
    end = walk(page_with_a_marker(), chain)
    distance = math.dist(centre_of_ink_on_the_page(end.page), MARKER)
    assert distance <= max(1.5, end.coarsest)


def test_a_warp_that_shrinks_keeps_thin_strokes() -> None:
    stripes = np.full((800, 800), 255, np.uint8)
    stripes[:, ::8] = 0
    small = PageImage(stripes).warped(np.diag([0.125, 0.125, 1.0]), 100, 100)
    assert np.abs(small.pixels.astype(int) - 255 * 7 // 8).max() <= 3


def test_the_resolution_does_not_depend_on_how_a_map_is_written() -> None:
    page = PageImage(np.zeros((40, 40), np.uint8), dpi=100)
    matrix = np.diag([2.0, 2.0, 1.0])
    assert page.warped(matrix, 80, 80).dpi == pytest.approx(200)
    assert page.warped(5 * matrix, 80, 80).dpi == pytest.approx(200)


def test_a_page_drawn_anew_in_another_size_keeps_its_corners() -> None:
    page = PageImage(np.zeros((40, 30), np.uint8)).cropped(10, 10, 30, 40)
    drawn = page.redrawn(np.zeros((61, 41), np.uint8))
    np.testing.assert_allclose(drawn.to_page([(0, 0), (41, 61)]), [[10, 10], [30, 40]])


def test_pixels_of_another_size_cannot_stand_in() -> None:
    with pytest.raises(ValueError, match="3×2 pixels cannot stand in for 2×3"):
        PageImage(np.zeros((3, 2), np.uint8)).with_pixels(np.zeros((2, 3), np.uint8))


def test_a_way_back_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        PageImage(np.zeros((3, 2), np.uint8), transform=np.full((3, 3), np.nan))

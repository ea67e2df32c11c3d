"""The rules that a PDF page draws as lines, thin rectangles and frames."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from notetext.converters.pdf_content import Content, matrix_of
from notetext.converters.pdf_geometry import Affine, combined
from notetext.model import Box

_THICKEST = 3.0  # points
_SHORTEST = 8.0  # points; what is shorter parts no cells
_SLIM = 4.0  # times as long as thick
_LEVEL = 0.02  # of its length, by which a rule may climb
_LEAST_ALPHA = 20  # of 255
_PAPER = 250  # of 255, in every colour: nobody sees it
# Drawings have many segments, and more paths than anybody rules tables with.
_MOST_SEGMENTS, _MOST_PATHS = 400, 4000

_Point = tuple[float, float]


def rules_on(content: Content) -> tuple[Box, ...]:
    """Finds the rules of a page; the caller holds PDFium's lock.

    Args:
        content: what the page draws.

    Returns:
        A thin box along each level or upright rule, in pixels of the page.
    """
    if len(content.paths) > _MOST_PATHS:
        return ()
    found: dict[tuple[float, ...], Box] = {}
    for item, matrix in zip(content.paths, content.path_matrices, strict=True):
        for start, end in _lines_of(item, combined(matrix_of(item), matrix)):
            left, right = sorted([start[0], end[0]])
            bottom, top = sorted([start[1], end[1]])
            box = content.view.box((left, bottom, right, top), 0)
            found[tuple(round(value, 1) for value in box)] = box
    return tuple(found.values())


def _lines_of(item: pdfium.FPDF_PAGEOBJECT, matrix: Affine) -> Iterator[tuple[_Point, _Point]]:
    """The straight lines of a path that are rules, in points of the page."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(item, fill, stroke):
        return
    count = pdfium.FPDFPath_CountSegments(item)
    if count > _MOST_SEGMENTS:
        return
    if stroke.value and _is_seen(item, pdfium.FPDFPageObj_GetStrokeColor):
        for start, end in _segments(item, count, matrix):
            if _is_rule(start, end):
                yield start, end
    elif fill.value and _is_seen(item, pdfium.FPDFPageObj_GetFillColor):
        corners = [point for line in _segments(item, count, matrix) for point in line]
        if not corners:
            return
        xs, ys = zip(*corners, strict=True)
        width, height = max(xs) - min(xs), max(ys) - min(ys)
        if min(width, height) > _THICKEST or max(width, height) < _SLIM * min(width, height):
            return
        x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
        ends = ((min(xs), y), (max(xs), y)) if width > height else ((x, min(ys)), (x, max(ys)))
        if _is_rule(*ends):
            yield ends


def _segments(
    item: pdfium.FPDF_PAGEOBJECT, count: int, matrix: Affine
) -> Iterator[tuple[_Point, _Point]]:
    """The straight lines of a path, those that close it included."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    runs: list[list[_Point]] = []
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind != pdfium.FPDF_SEGMENT_LINETO or not runs:
            # What a curve leads to begins anew.
            runs.append([point])
            continue
        runs[-1].append(point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            runs[-1].append(runs[-1][0])
    for run in runs:
        yield from pairwise(run)


def _is_rule(start: _Point, end: _Point) -> bool:
    across, up = abs(end[0] - start[0]), abs(end[1] - start[1])
    return max(across, up) >= _SHORTEST and min(across, up) <= _LEVEL * max(across, up)


def _is_seen(item: pdfium.FPDF_PAGEOBJECT, colour: ctypes._FuncPointer) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not colour(item, red, green, blue, alpha):
        return True
    is_paper = min(red.value, green.value, blue.value) >= _PAPER
    return alpha.value >= _LEAST_ALPHA and not is_paper

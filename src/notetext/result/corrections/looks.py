"""Corrections of what was seen on a page beside its words: what is struck out, which box is ticked.

They are found on the page as it was read, and made before its words are corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from notetext.model import Correction, CorrectionKind, PageData
from notetext.result.corrections.cell_ticks import find_cell_box, is_cell_tick, with_cell_ticks
from notetext.result.corrections.unstriking import find_struck, with_standing

_P = TypeVar("_P", bound=PageData)


def is_of_looks(correction: Correction) -> bool:
    """Whether a correction is one of these."""
    return correction.kind is CorrectionKind.UNSTRUCK or is_cell_tick(correction)


def find_looks(
    pages: Mapping[int, PageData], corrections: Iterable[Correction]
) -> tuple[dict[int, list[Correction]], list[Correction]]:
    """Those of corrections that are such, page by page, and those that fit nowhere.

    Args:
        pages: as they were read, by their numbers.
        corrections: of all kinds.
    """
    found: dict[int, list[Correction]] = {}
    unfit = []
    taken: set[object] = set()
    for correction in filter(is_of_looks, corrections):
        page = pages.get(correction.page)
        placed = _found_on(page, correction) if page is not None else None
        marks = _marks_of(placed) if placed is not None else set()
        if placed is None or marks & taken:
            unfit.append(correction)
            continue
        taken |= marks
        found.setdefault(placed.page, []).append(placed)
    return found, unfit


def with_looks(page: _P, corrections: Sequence[Correction]) -> _P:
    """A page as it was read, but for corrections of this kind, at their places."""
    ticks = [each for each in corrections if is_cell_tick(each)]
    return with_cell_ticks(
        with_standing(page, [each for each in corrections if each not in ticks]), ticks
    )


def _found_on(page: PageData, correction: Correction) -> Correction | None:
    find = find_cell_box if is_cell_tick(correction) else find_struck
    return find(correction, page)


def _marks_of(correction: Correction) -> set[object]:
    """What nothing else may be said of."""
    if is_cell_tick(correction):
        return {(correction.page, correction.box)}
    places = range(correction.word, correction.word + len(correction.old))
    return {(correction.page, correction.line, place) for place in places}

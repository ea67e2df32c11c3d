"""From a result and corrections to the corrected result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from notetext.errors import CorrectionError
from notetext.model import Correction, CorrectionKind, DocumentData, PageData
from notetext.result.corrections.clashes import clashing
from notetext.result.corrections.corrected_page import corrected_page
from notetext.result.corrections.finding import find
from notetext.result.corrections.struck_aside import StruckAside
from notetext.result.corrections.ticking import in_words
from notetext.result.corrections.unstriking import find_struck, with_standing
from notetext.result.structure.running_heads import with_running_heads

_R = TypeVar("_R", bound=DocumentData)


def corrected(result: _R, corrections: Iterable[Correction]) -> _R:
    """Applies corrections to a result; see `RecognitionResult.corrected`."""
    as_read = {page.number: page for page in result.uncorrected}
    pages = [as_read.get(page.number, page) for page in result.pages]
    numbered = {page.number: page for page in reversed(pages)}
    corrections = [*corrections]
    standing, unfit = _standing(numbered, corrections)
    asides = {
        number: StruckAside(with_standing(page, standing.get(number, ())))
        for number, page in numbered.items()
    }
    found: dict[int, list[Correction]] = defaultdict(list, {number: [] for number in standing})
    for correction in corrections:
        if correction.kind is CorrectionKind.UNSTRUCK:
            continue
        aside = asides.get(correction.page)
        placed = find(aside.without(correction), aside.page) if aside is not None else None
        if aside is None or placed is None:
            unfit.append(correction)
        else:
            found[correction.page].append(in_words(placed, aside.page))
    for number, own in found.items():
        clashes = clashing(asides[number].page, own)
        unfit += map(asides[number].with_them, clashes)
    if unfit:
        first = unfit[0]
        words = " ".join(first.old or first.new) or first.kind.value
        raise CorrectionError(
            f"{len(unfit)} of the corrections fit nowhere, the first of them on page "
            f"{first.page}, line {first.line + 1} ({words!r}): this is another reading than the "
            "one that was corrected, or they contradict each other; leave out error.unfit, or "
            "correct it anew",
            unfit=unfit,
            source=result.source.name,
        )
    now = {}
    for number, own in found.items():
        removed = {each.line for each in own if each.kind is CorrectionKind.LINE_REMOVED}
        page = corrected_page(asides[number].page, own)
        now[number] = asides[number].put_back(page, removed)
    return result.model_copy(
        update={
            "pages": with_running_heads([now.get(page.number, page) for page in pages]),
            "corrections": tuple(
                each
                for number, own in found.items()
                for each in (*standing.get(number, ()), *map(asides[number].with_them, own))
            ),
            "uncorrected": tuple(numbered[number] for number in found),
        }
    )


def _standing(
    pages: Mapping[int, PageData], corrections: Sequence[Correction]
) -> tuple[dict[int, list[Correction]], list[Correction]]:
    """The corrections by which struck words stand, page by page, and those that fit nowhere."""
    found: dict[int, list[Correction]] = {}
    unfit = []
    taken: set[tuple[int, int, int]] = set()
    for correction in corrections:
        if correction.kind is not CorrectionKind.UNSTRUCK:
            continue
        page = pages.get(correction.page)
        placed = find_struck(correction, page) if page is not None else None
        words = (
            {(placed.page, placed.line, placed.word + n) for n in range(len(correction.old))}
            if placed is not None
            else set()
        )
        if placed is None or words & taken:
            unfit.append(correction)
            continue
        taken |= words
        found.setdefault(placed.page, []).append(placed)
    return found, unfit

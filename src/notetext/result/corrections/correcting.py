"""From a result and corrections to the corrected result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from notetext.errors import CorrectionError
from notetext.model import Correction, CorrectionKind, DocumentData
from notetext.result.corrections.clashes import clashing
from notetext.result.corrections.corrected_page import corrected_page
from notetext.result.corrections.finding import find
from notetext.result.corrections.looks import find_looks, is_of_looks, with_looks
from notetext.result.corrections.struck_aside import StruckAside
from notetext.result.corrections.ticking import in_words
from notetext.result.structure.running_heads import with_running_heads

_R = TypeVar("_R", bound=DocumentData)


def corrected(result: _R, corrections: Iterable[Correction]) -> _R:
    """Applies corrections to a result; see `RecognitionResult.corrected`."""
    as_read = {page.number: page for page in result.uncorrected}
    pages = [as_read.get(page.number, page) for page in result.pages]
    numbered = {page.number: page for page in reversed(pages)}
    corrections = [*corrections]
    looks, unfit = find_looks(numbered, corrections)
    asides = {
        number: StruckAside(with_looks(page, looks.get(number, ())))
        for number, page in numbered.items()
    }
    found: dict[int, list[Correction]] = defaultdict(list, {number: [] for number in looks})
    for correction in corrections:
        if is_of_looks(correction):
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
                for each in (*looks.get(number, ()), *map(asides[number].with_them, own))
            ),
            "uncorrected": tuple(numbered[number] for number in found),
        }
    )

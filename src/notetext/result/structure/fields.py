"""Fields: lines that say what is to be filled in, and what was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notetext.model import FormField, Kind
from notetext.result.structure.rows import Region, Row

_MOST_LABEL_WORDS = 4
_LABEL = re.compile(r"[^\W\d_](?:[^(){}\[\]<>=;/:]|/(?!/))*:$")
_GAP = 1.5  # widths of a character, between the value of a field and the label of the next
_LEAST = 2  # lines below each other, unless their labels are printed and filled in by hand


def fields_in(rows: Sequence[Row], region: Region) -> list[list[FormField]] | None:
    """The fields of each line, if all of them are such.

    Args:
        rows: lines that follow each other.
        region: where they stand.
    """
    found = [fields_of(row, region) for row in rows]
    if not all(found):
        return None
    is_filled_in = any(_is_filled_in(field) for fields in found for field in fields)
    return found if len(rows) >= _LEAST or is_filled_in else None


def fields_of(row: Row, region: Region) -> list[FormField]:
    """The fields of a line: labels with colons, and what stands behind each; often none."""
    words = row.line.words
    starts: list[tuple[int, int]] = []  # of labels, and where they end
    begin = 0
    for index, word in enumerate(words):
        if index and _gap_before(row, index) > _GAP * region.character:
            begin = index
        is_new = begin > starts[-1][1] if starts else begin == 0
        if is_new and word.text.endswith(":") and index - begin < _MOST_LABEL_WORDS:
            text = " ".join(each.text for each in words[begin : index + 1])
            if _LABEL.match(text):
                starts.append((begin, index + 1))
    if not starts or starts[0][0] != 0:
        return []
    ends = [*(start for start, _ in starts[1:]), len(words)]
    return [
        FormField(
            label=row.part(start, value),
            values=(row.part(value, end),) if end > value else (),
        )
        for (start, value), end in zip(starts, ends, strict=True)
    ]


def _gap_before(row: Row, index: int) -> float:
    if row.place is None or len(row.place.spans) != len(row.line.words):
        return 0.0
    return row.place.spans[index].left - row.place.spans[index - 1].right


def _is_filled_in(field: FormField) -> bool:
    """Whether a hand filled in what a label asks for that is printed."""
    kinds = {word.kind for word in field.label.words}
    values = {word.kind for part in field.values for word in part.words}
    return kinds == {Kind.PRINTED} and values == {Kind.HANDWRITTEN}

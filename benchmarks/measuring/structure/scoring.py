"""How much of a note's structure was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from rapidfuzz.distance import Levenshtein

from measuring.structure.markdown import Block, Entry
from measuring.structure.trees import Tree, edit_distance

_SAME = 0.6  # of a text, for a block to be the one that was written
_SAME_TABLE = 0.3


@dataclass(slots=True)
class Score:
    """Counts, to be summed over pages.

    Attributes:
        expected: blocks, and items of lists, that were drawn.
        found: that came out.
        matched: that came out as what they are.
        tasks: that were drawn.
        tasks_found: of them.
        states: of those found, whose state is right.
        items: of lists, that were found.
        nested: of them, as deep as they are.
        tables: that were drawn.
        teds: the sum of their similarities.
        teds_of_spans: the same, with what their cells span.
    """

    expected: int = 0
    found: int = 0
    matched: int = 0
    tasks: int = 0
    tasks_found: int = 0
    states: int = 0
    items: int = 0
    nested: int = 0
    tables: int = 0
    teds: float = 0.0
    teds_of_spans: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            **{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Score)}
        )

    @property
    def f1(self) -> float:
        """Of blocks, 0 to 1."""
        return 2 * self.matched / max(1, self.expected + self.found)

    def row(self) -> str:
        """The cells of a table's row."""
        return (
            f"{self.f1:.3f} | {_percent(self.tasks_found, self.tasks)} | "
            f"{_percent(self.states, self.tasks_found)} | {_percent(self.nested, self.items)} | "
            f"{self.teds / max(1, self.tables):.3f}"
        )

    def ruled_row(self) -> str:
        """The cells of a row of the table on ruled tables."""
        tables = max(1, self.tables)
        return f"{self.f1:.3f} | {self.teds / tables:.3f} | {self.teds_of_spans / tables:.3f}"


@dataclass(frozen=True, slots=True)
class _Unit:
    kind: str
    text: str
    entry: Entry | None = None
    table: Block | None = None


def compared(found: Sequence[Block], expected: Sequence[Block]) -> Score:
    """Compares the blocks that came out of a page with those that were drawn."""
    there, wanted = [*_units(found)], [*_units(expected)]
    score = Score(expected=len(wanted), found=len(there))
    free = [*there]
    for unit in wanted:
        entry = unit.entry
        score.tasks += entry is not None and entry.done is not None
        score.tables += unit.table is not None
        best = _most_similar(unit, free)
        if best is None:
            continue
        free.remove(best)
        score.matched += 1
        if entry is not None and best.entry is not None:
            score.items += 1
            score.nested += entry.depth == best.entry.depth
            if entry.done is not None:
                score.tasks_found += 1
                score.states += entry.done == best.entry.done
        if unit.table is not None and best.table is not None:
            score.teds += _similar(_tree(best.table), _tree(unit.table))
            score.teds_of_spans += _similar(*map(_tree_of_spans, (best.table, unit.table)))
    return score


def _most_similar(unit: _Unit, others: Sequence[_Unit]) -> _Unit | None:
    """What of the same kind has the most similar text, if that is similar enough."""
    least = _SAME_TABLE if unit.table else _SAME
    best: tuple[float, _Unit] | None = None
    for other in others:
        similarity = _similarity(unit, other)
        if other.kind == unit.kind and similarity >= max(least, best[0] if best else 0.0):
            best = similarity, other
    return None if best is None else best[1]


def _units(blocks: Sequence[Block]) -> Iterator[_Unit]:
    """What is counted: items one by one, and other blocks as a whole."""
    for block in blocks:
        if block.kind == "list":
            for entry in block.items:
                kind = "item" if entry.done is None else "task"
                kind = "number" if entry.number is not None else kind
                yield _Unit(kind, entry.text, entry)
        elif block.kind == "table":
            yield _Unit("table", " ".join(cell for row in block.rows for cell in row), table=block)
        else:
            yield _Unit(block.kind, block.text)


def _similarity(one: _Unit, other: _Unit) -> float:
    texts = ("".join(unit.text.casefold().split()) for unit in (one, other))
    return float(Levenshtein.normalized_similarity(*texts))


def _similar(found: Tree, expected: Tree) -> float:
    """The similarity of two tables by the edit distance of their trees, 0 to 1."""
    return 1 - edit_distance(found, expected) / max(found.size, expected.size)


def _tree(table: Block) -> Tree:
    return Tree("table", [Tree("row", [Tree(cell) for cell in row]) for row in table.rows])


def _tree_of_spans(table: Block) -> Tree:
    """With what cells span, if that is known; else each takes one place."""
    if table.spanning is None:
        return _tree(table)
    rows = [
        Tree(
            "row",
            [
                Tree(cell.text, kind="" if one else f"{cell.row_span}x{cell.column_span}")
                for cell in row
                for one in [cell.row_span == cell.column_span == 1]
            ],
        )
        for row in table.spanning.rows()
        if any(cell.text for cell in row)
    ]
    return Tree("table", rows)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "–"

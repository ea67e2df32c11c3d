"""Written words as runs: of words that stand, and of words that the writer struck out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notetext.model import LinePart, Word
from notetext.model.spacing import blank_between


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring words of one kind, and the blank that sets them apart from those before.

    Attributes:
        text: the words in one line.
        struck: whether they are struck out; then no blank is around them.
        is_box: whether it is a check box, ``☑`` or ``☐``; then neither is there one.
    """

    text: str
    struck: bool = False
    is_box: bool = False


def runs_of(words: Iterable[Word]) -> list[Run]:
    """The words of a line as runs; together their texts are those of the line, with single blanks.

    >>> from notetext import Word
    >>> from notetext.exporters.runs import runs_of
    >>> words = [Word(text="at"), Word(text="ten", struck=True), Word(text="noon")]
    >>> [(run.text, run.struck) for run in runs_of(words)]
    [('at ', False), ('ten', True), (' noon', False)]
    """
    runs: list[Run] = []
    before = ""
    for word in words:
        text = " ".join(word.text.split())
        if not text:
            continue
        is_apart = blank_between(before, text) if word.blanks is None else bool(word.blanks)
        add_run(runs, Run(text, word.struck), is_apart=is_apart and bool(runs))
        before = text
    return runs


def flowing_runs(parts: Iterable[LinePart], *, apart: bool = False) -> list[Run]:
    """Parts of lines as the runs of one line.

    Args:
        parts: the lines.
        apart: whether a blank is between them in scripts, too, that set none.
    """
    runs: list[Run] = []
    for part in parts:
        for index, run in enumerate(runs_of(part.words)):
            is_new = bool(runs) and not index
            is_apart = is_new and (apart or blank_between(runs[-1].text, run.text))
            add_run(runs, run, is_apart=is_apart)
    return runs


def plain(runs: Sequence[Run]) -> str:
    """The runs as one text."""
    return "".join(run.text for run in runs)


def without_marker(runs: Sequence[Run], marker: str) -> list[Run]:
    """Runs without what they begin with; what is struck out before it stays."""
    index = next((number for number, run in enumerate(runs) if not run.struck), 0)
    kept = [*runs[:index]]
    for run in runs[index : index + 1]:
        rest = run.text.lstrip().removeprefix(marker).lstrip()
        if rest:
            add_run(kept, Run(rest, run.struck), is_apart=bool(kept))
    for number, run in enumerate(runs[index + 1 :]):
        add_run(kept, run, is_apart=not number and bool(kept) and kept[-1].struck)
    return kept


def add_run(runs: list[Run], run: Run, *, is_apart: bool) -> None:
    """Adds a run to others; the blank before it goes to what stands.

    Args:
        runs: those before it; the last may be replaced by a longer one.
        run: without blanks around it.
        is_apart: whether a blank is before it.
    """
    blank = " " if is_apart else ""
    last = runs[-1] if runs else None
    is_plain = not (run.struck or run.is_box)
    if last is not None and last.struck == run.struck and not (last.is_box or run.is_box):
        runs[-1] = Run(last.text + blank + run.text, run.struck)
    elif is_plain:
        runs.append(Run(blank + run.text))
    elif last is not None and not (last.struck or last.is_box):
        runs[-1:] = [Run(last.text + blank), run]
    else:
        runs += [Run(blank), run] if blank else [run]

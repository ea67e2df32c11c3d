"""Lines as runs of words that stand and words that are struck out."""

from __future__ import annotations

from itertools import pairwise

import pytest

from notetext import Word
from notetext.exporters.runs import Run, flowing_runs, plain, runs_of, without_marker
from notetext.model import LinePart


def words_of(text: str) -> tuple[Word, ...]:
    """Words, of which those with a ``~`` before them are struck out."""
    return tuple(
        Word(text=each.removeprefix("~"), struck=each.startswith("~")) for each in text.split()
    )


def marked(runs: list[Run]) -> str:
    return "".join(f"<{run.text}>" if run.struck else run.text for run in runs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see you", "see you"),
        ("see ~you ~all later", "see <you all> later"),
        ("~see you", "<see> you"),
        ("see ~you", "see <you>"),
        ("~see ~you", "<see you>"),
        ("天気 ~予報 予報", "天気<予報>予報"),
        ("", ""),
    ],
)
def test_neighbours_share_a_run_and_blanks_stand_outside(text: str, expected: str) -> None:
    runs = runs_of(words_of(text))
    assert marked(runs) == expected
    assert all(one.struck != other.struck for one, other in pairwise(runs))


def test_blanks_of_a_fixed_pitch_become_single_ones() -> None:
    words = [Word(text="if", blanks=4), Word(text="(", blanks=1), Word(text="x", blanks=0)]
    assert plain(runs_of(words)) == "if (x"


def test_lines_flow_into_each_other() -> None:
    lines = [words_of("see ~you"), words_of("~all later")]
    parts = [LinePart(line=n, end=2, words=words) for n, words in enumerate(lines)]
    assert marked(flowing_runs(parts)) == "see <you all> later"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- milk", "milk"),
        ("-", ""),
        ("~bread - milk", "<bread> milk"),
        ("~- ~bread", "<bread>"),
        ("~a - ~b", "<a b>"),
        ("- ~bread milk", "<bread> milk"),
    ],
)
def test_a_marker_is_no_part_of_what_follows(text: str, expected: str) -> None:
    assert marked(without_marker(runs_of(words_of(text)), "-")).lstrip() == expected

"""What is said of thresholds is what was measured."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from notetext import Box, Line, Paragraph, RecognitionResult, Word
from notetext import Page as NotePage
from notetext.exporters.review_page.measured import MEASURED, is_measured, read_locally
from notetext.model import DOUBTFUL_BELOW, Kind, Mode, SourceInfo

DOCS = Path(__file__).parents[3] / "docs" / "reading-quality.md"


def result_of(*words: Word, engine: str = "local") -> RecognitionResult:
    paragraph = Paragraph(lines=(Line(words=words, box=Box.rectangle(0, 0, 9, 9)),))
    page = NotePage(number=1, width=9, height=9, engine=engine, paragraphs=(paragraph,))
    return RecognitionResult(
        engine="local", mode=Mode.AUTO, languages=(), source=SourceInfo(name=None), pages=(page,)
    )


def test_the_figures_are_those_of_the_documentation() -> None:
    _, section = DOCS.read_text("utf-8").split("### Other thresholds")
    rows = re.findall(r"^\| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|", section, re.MULTILINE)
    assert [tuple(map(float, row)) for row in rows] == [
        (one.below, one.marked, one.missed) for one in MEASURED
    ]


def test_a_higher_threshold_marks_more_and_misses_less() -> None:
    assert (MEASURED[0].below, MEASURED[-1].below) == (0, 1)
    assert DOUBTFUL_BELOW in [one.below for one in MEASURED]
    for low, high in pairwise(MEASURED):
        assert low.below < high.below
        assert low.missed >= high.missed
        assert low.marked <= high.marked


HAND = Word(text="note", confidence=0.9, kind=Kind.HANDWRITTEN)
PRINT = Word(text="note", confidence=0.9, kind=Kind.PRINTED)


@pytest.mark.parametrize(
    ("words", "engine", "expected"),
    [
        ([HAND, HAND, PRINT], "local", (True, True)),
        ([HAND, PRINT], "local", (True, False)),
        ([HAND, HAND], "aspose", (False, False)),
        ([Word(text="note")], "text-layer", (True, False)),
        ([], "local", (True, False)),
    ],
)
def test_they_hold_for_handwriting_that_the_local_engine_read(
    words: list[Word], engine: str, expected: tuple[bool, bool]
) -> None:
    result = result_of(*words, engine=engine)
    assert (read_locally(result), is_measured(result)) == expected

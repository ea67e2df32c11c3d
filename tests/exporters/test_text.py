"""Plain text: what the result says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from notetext import RecognitionResult

ResultOf = Callable[..., RecognitionResult]


def test_plain_text_is_the_results_text(result_of: ResultOf) -> None:
    result = result_of([[["one two", "three"], ["four"]], [], [["five"]]])
    assert result.to("text") == result.text == "one two\nthree\n\nfour\n\f\ffive\n"


def test_nothing_in_plain_text_is_escaped(result_of: ResultOf) -> None:
    assert result_of([[["<b> & *c* \\d"]]]).to("text") == "<b> & *c* \\d\n"


def test_an_empty_result_is_an_empty_text(result_of: ResultOf) -> None:
    assert result_of([]).to("text") == ""

"""The tables of words with hyphens, counted in texts that the test writes."""

from __future__ import annotations

import sys
from pathlib import Path

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

from hyphens import hyphenated  # noqa: E402


def test_words_that_have_hyphens_often_are_told_from_dashes() -> None:
    texts = ["A middle-aged man", "the man-he came", *["the man and he came"] * 1000]

    assert hyphenated(texts * 5) == ["middle-aged"]


def test_what_was_seen_now_and_then_is_left_out() -> None:
    assert hyphenated(["a middle-aged man"] * 4) == []


def test_parts_are_counted_whole_and_numbers_are_no_words() -> None:
    assert hyphenated(["l'arc-en-ciel, 90-minute talks, -ish"] * 5) == ["arc-en-ciel"]

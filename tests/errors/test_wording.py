"""Words of messages."""

from __future__ import annotations

import pytest

from notetext.errors.wording import a, closest, counted, did_you_mean


@pytest.mark.parametrize(("count", "said"), [(0, "0 pages"), (1, "1 page"), (1000, "1,000 pages")])
def test_one_is_singular(count: int, said: str) -> None:
    assert counted(count, "page") == said


@pytest.mark.parametrize("noun", ["int", "Exporter", "str"])
def test_a_noun_has_its_article(noun: str) -> None:
    assert a(noun) == f"{'a' if noun == 'str' else 'an'} {noun}"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("deskw", "deskew"),
        ("Binarise", "binarize"),
        ("flatten background", "flatten_background"),
        ("remove", "remove_ruling"),
        ("sharpen", None),
        ("", None),
        ("x" * 10_000, None),
    ],
)
def test_the_name_that_was_meant_is_found_and_no_other(typed: str, meant: str | None) -> None:
    known = ["deskew", "binarize", "flatten_background", "remove_ruling", "contrast"]
    assert closest(typed, known) == meant
    assert did_you_mean(typed, known) == ("" if meant is None else f" (did you mean {meant!r}?)")


@pytest.mark.parametrize("odd", [None, 5, b"deskw"])
def test_what_is_no_word_means_nothing(odd: object) -> None:
    assert did_you_mean(odd, ["deskew"]) == ""

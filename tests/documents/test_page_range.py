"""Which pages a caller means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.documents.page_range import parse_pages
from notetext.errors import PageRangeError
from notetext.reading.options import ReadOptions


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (None, (1, 2, 3, 4, 5, 6, 7)),
        ("1-3,7", (1, 2, 3, 7)),
        ("2-", (2, 3, 4, 5, 6, 7)),
        ("-3", (1, 2, 3)),
        ("7", (7,)),
        (" 7 , 1 - 2 ", (7, 1, 2)),
        ("3,1-4", (3, 1, 2, 4)),
        (4, (4,)),
        ([7, 1, 7], (7, 1)),
        (range(2, 5), (2, 3, 4)),
        ((5,), (5,)),
    ],
)
def test_pages_are_named_in_many_ways_and_come_once_each(
    pages: str | int | list[int] | None, expected: tuple[int, ...]
) -> None:
    assert parse_pages(pages, 7) == expected


@pytest.mark.parametrize("pages", ["8", "1-8", "8-", 8, [1, 8], "0", 0, -1, [0], "1-999999999"])
def test_a_page_beyond_the_document_is_named(pages: str | int | list[int]) -> None:
    with pytest.raises(PageRangeError, match=r"no page .*; the document has 7 pages"):
        parse_pages(pages, 7)


@pytest.mark.parametrize(
    "pages", ["", ",", "1,", "-", "one", "1-2-3", "1;2", "1 2", "+1", "٣", "1." * 9]
)
def test_what_cannot_be_understood_is_shown_how_to_write(pages: str) -> None:
    with pytest.raises(PageRangeError, match="write it like"):
        parse_pages(pages, 7)


def test_a_range_runs_forwards() -> None:
    with pytest.raises(PageRangeError, match="write '2-5'"):
        parse_pages("5-2", 7)


@pytest.mark.parametrize("pages", [[], ()])
def test_no_pages_at_all_are_an_error(pages: list[int]) -> None:
    with pytest.raises(PageRangeError, match="leave it out"):
        parse_pages(pages, 7)


@pytest.mark.parametrize("pages", [1.5, ["1-3"], [None], object()])
def test_what_is_no_number_is_refused(pages: object) -> None:
    chosen = ReadOptions.of("auto", "en", {"pages": pages}).pages  # type: ignore[typeddict-item]
    with pytest.raises(PageRangeError, match="neither"):
        parse_pages(chosen, 7)


def test_a_number_of_numpys_is_a_page() -> None:
    chosen = ReadOptions.of("auto", "en", {"pages": np.int64(3)}).pages  # type: ignore[typeddict-item]
    assert parse_pages(chosen, 7) == (3,)


@given(st.data(), st.integers(1, 50))
def test_a_written_range_gives_the_pages_that_were_written(data: st.DataObject, count: int) -> None:
    number = st.integers(1, count)
    spans = data.draw(st.lists(st.tuples(number, number).map(sorted), min_size=1, max_size=6))
    written = ",".join(f"{first}-{last}" for first, last in spans)
    expected = dict.fromkeys(page for a, b in spans for page in range(a, b + 1))
    assert parse_pages(written, count) == tuple(expected)
    assert parse_pages(list(expected), count) == tuple(expected)


@given(st.text("0123456789-, x", max_size=20), st.integers(1, 99))
def test_any_text_gives_pages_of_the_document_or_a_clear_error(text: str, count: int) -> None:
    try:
        pages = parse_pages(text, count)
    except PageRangeError:
        return
    assert pages
    assert len(set(pages)) == len(pages)
    assert all(1 <= page <= count for page in pages)

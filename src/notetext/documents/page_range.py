"""Which pages of a document a caller wants."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from notetext.errors import PageRangeError
from notetext.errors.foreign_text import shown

PageSelection: TypeAlias = str | int | Sequence[int]
"""Page numbers from 1: one, several, or a string such as ``"1-3,7"``."""

_PART = re.compile(r"(?P<first>\d{1,9})?(?:\s*(?P<dash>-)\s*(?P<last>\d{1,9})?)?", re.ASCII)


def parse_pages(pages: PageSelection | None, page_count: int) -> tuple[int, ...]:
    """Finds the pages that a caller meant, in the caller's order and each one once.

    >>> from notetext.documents.page_range import parse_pages
    >>> parse_pages("5-, 1-2", 6)
    (5, 6, 1, 2)
    >>> parse_pages([3, 1, 3], 6)
    (3, 1)

    Args:
        pages: one number, numbers, or a string such as ``"1-3,7"``, ``"2-"`` (to the end) or
            ``"-4"`` (from the first); pages count from 1. ``None``: all.
        page_count: how many pages the document has.

    Raises:
        PageRangeError: a page is not in the document, or what was given names no pages.
    """
    if pages is None:
        return tuple(range(1, page_count + 1))
    if isinstance(pages, str):
        spans: Iterable[tuple[int, int]] = [
            _span(part, pages, page_count) for part in pages.split(",")
        ]
    else:
        spans = ((number, number) for number in _numbers(pages))
    chosen: dict[int, None] = {}
    for first, last in spans:
        # Before the span is walked: "1-99999999999" must not fill the memory.
        check_number(first, page_count)
        check_number(last, page_count)
        chosen.update(dict.fromkeys(range(first, last + 1)))
    if not chosen:
        raise PageRangeError("pages names no page; leave it out to read all")
    return tuple(chosen)


def _span(part: str, pages: str, page_count: int) -> tuple[int, int]:
    """The first and the last page of ``"3"``, ``"1-3"``, ``"2-"`` or ``"-4"``."""
    match = _PART.fullmatch(part.strip())
    if match is None or not (match["first"] or match["last"]):
        raise PageRangeError(
            f"pages={shown(pages)} cannot be understood; write it like '1-3,7' or '5-'"
        )
    first = int(match["first"] or 1)
    last = int(match["last"] or page_count) if match["dash"] else first
    if match["first"] and match["last"] and last < first:
        raise PageRangeError(f"pages={shown(pages)} runs backwards; write '{last}-{first}'")
    return first, max(first, last)


def _numbers(pages: int | Sequence[int]) -> Iterator[int]:
    try:
        yield from map(operator.index, pages if isinstance(pages, Sequence) else [pages])
    except TypeError:
        raise PageRangeError(
            f"pages={shown(pages)} is neither a page's number, nor a list of them, "
            "nor a string like '1-3,7'"
        ) from None


def check_number(number: int, page_count: int) -> None:
    """Checks a page's number.

    Raises:
        PageRangeError: the document has no such page.
    """
    if not 1 <= number <= page_count:
        has = "has one page" if page_count == 1 else f"has {page_count} pages"
        raise PageRangeError(f"there is no page {number}; the document {has}, counted from 1")

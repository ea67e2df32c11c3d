"""What goes on over the break between pages, as one: a paragraph, a list, a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from notetext.model import Block, ListBlock, PageData, ParagraphBlock, Role, Table

_GOES_ON = ",;-–—"
"""What a paragraph ends with besides letters that goes on on the next page."""
_LEAST_WORDS = 4
"""In its last line; shorter ones may be a list without bullets."""


@dataclass(frozen=True, slots=True)
class JoinedPages:
    """Pages of which each goes on with what the one before it ends with; often a single one.

    Attributes:
        numbers: of the pages, from 1.
        blocks: what they are made of.
    """

    numbers: tuple[int, ...]
    blocks: tuple[Block, ...]


def joined_pages(pages: Iterable[PageData], *, body_only: bool = False) -> list[JoinedPages]:
    """Joins pages where a paragraph, a list or a table goes on over the break.

    A paragraph goes on if it ends in the middle of a sentence, with a line of some words, and the
    next page begins with a small letter; a list if its numbers count on; a table if it has as many
    columns: a header that is there again is left out.

    Args:
        pages: of a document, in their order.
        body_only: whether running heads and page numbers are left out.
    """
    joined: list[JoinedPages] = []
    for page in pages:
        blocks = [block for block in page.blocks if not body_only or block.role is Role.BODY]
        together = _together(joined[-1].blocks, blocks) if joined else None
        if together is None:
            joined.append(JoinedPages((page.number,), tuple(blocks)))
        else:
            numbers = (*joined.pop().numbers, page.number)
            joined.append(JoinedPages(numbers, tuple(together)))
    return joined


def _together(before: Sequence[Block], after: Sequence[Block]) -> list[Block] | None:
    """The blocks of two pages if the first ends with what the second goes on with."""
    last = next((n for n in range(len(before))[::-1] if before[n].role is Role.BODY), None)
    first = next((n for n in range(len(after)) if after[n].role is Role.BODY), None)
    if last is None or first is None:
        return None
    one = _one(before[last], after[first])
    if one is None:
        return None
    # What stands at the edges of the pages comes after what goes on around it.
    edges = [*before[last + 1 :], *after[:first]]
    return [*before[:last], one, *edges, *after[first + 1 :]]


def _one(before: Block, after: Block) -> Block | None:
    """One block of two, if the second goes on with the first."""
    if isinstance(before, ParagraphBlock) and isinstance(after, ParagraphBlock):
        end, start = before.text.strip()[-1:], after.text.strip()[:1]
        is_long = before.lines and len(before.lines[-1].words) >= _LEAST_WORDS
        if is_long and start.islower() and (end.isalpha() or end in _GOES_ON):
            return ParagraphBlock(lines=(*before.lines, *after.lines))
    if isinstance(before, ListBlock) and isinstance(after, ListBlock):
        last, first = before.items[-1].number, after.items[0].number
        if last is not None and first == last + 1:
            return ListBlock(items=(*before.items, *after.items))
    if isinstance(before, Table) and isinstance(after, Table):
        return _one_table(before, after)
    return None


def _one_table(before: Table, after: Table) -> Table | None:
    heads, others = before.texts(), after.texts()
    if not heads or not others or len(heads[0]) != len(others[0]):
        return None
    # Of several rows of a header, all would have to be there again.
    is_repeated = heads[0] == others[0] and before.header_rows < 2
    if after.has_header and not is_repeated:
        return None
    rows = (*before.rows, *after.rows[1 if is_repeated else 0 :])
    return Table(rows=rows, has_header=before.has_header or is_repeated)

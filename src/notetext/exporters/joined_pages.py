"""What goes on over the break between pages, as one: a paragraph, a list, a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from notetext.exporters.struck_items import with_struck_items
from notetext.model import (
    Block,
    ListBlock,
    PageData,
    ParagraphBlock,
    Role,
    Table,
    standing,
    standing_page,
)

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
        begins: the number of the page that each block begins on.
    """

    numbers: tuple[int, ...]
    blocks: tuple[Block, ...]
    begins: tuple[int, ...]


def joined_pages(
    pages: Iterable[PageData], *, body_only: bool = False, struck: bool = False
) -> list[JoinedPages]:
    """Joins pages where a paragraph, a list or a table goes on over the break.

    A paragraph goes on if it ends in the middle of a sentence, with a line of some words, and the
    next page begins with a small letter; a list if its numbers count on; a table if it has as many
    columns: a header that is there again is left out.

    Args:
        pages: of a document, in their order.
        body_only: whether running heads and page numbers are left out.
        struck: whether words that are struck out are kept.
    """
    joined: list[JoinedPages] = []
    for page in pages:
        found = map(with_struck_items, page.blocks) if struck else standing_page(page).blocks
        blocks = [block for block in found if not body_only or block.role is Role.BODY]
        alone = JoinedPages((page.number,), tuple(blocks), (page.number,) * len(blocks))
        together = _together(joined[-1], alone) if joined else None
        joined[-1:] = [*joined[-1:], alone] if together is None else [together]
    return joined


def _together(before: JoinedPages, after: JoinedPages) -> JoinedPages | None:
    """The pages as one if the first ends with what the second goes on with."""
    above, below = before.blocks, after.blocks
    last = next((n for n in range(len(above))[::-1] if above[n].role is Role.BODY), None)
    first = next((n for n in range(len(below)) if below[n].role is Role.BODY), None)
    if last is None or first is None:
        return None
    one = _one(above[last], below[first])
    if one is None:
        return None
    # What stands at the edges of the pages comes after what goes on around it.
    blocks = (*above[:last], one, *above[last + 1 :], *below[:first], *below[first + 1 :])
    begins = (*before.begins, *after.begins[:first], *after.begins[first + 1 :])
    return JoinedPages((*before.numbers, *after.numbers), blocks, begins)


def _one(before: Block, after: Block) -> Block | None:
    """One block of two, if the second goes on with the first."""
    if isinstance(before, ParagraphBlock) and isinstance(after, ParagraphBlock):
        end, start = before.text.strip()[-1:], after.text.strip()[:1]
        is_long = before.lines and len(standing(before.lines[-1].words)) >= _LEAST_WORDS
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

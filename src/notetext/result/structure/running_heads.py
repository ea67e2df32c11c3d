"""Running heads: what stands above or below the text of page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from notetext.model import Block, PageData, ParagraphBlock, Role

_P = TypeVar("_P", bound=PageData)

_LEAST_PAGES = 3  # that have it
_MOST_CHARACTERS = 90


def with_running_heads(pages: Sequence[_P]) -> tuple[_P, ...]:
    """Pages, with those of their first and last blocks marked that most of them have.

    Numbers may be others from page to page. Pages that have none are the same objects.
    """
    if len(pages) < _LEAST_PAGES:
        return tuple(pages)
    counts = Counter(text for page in pages for text in {_said(block) for block in _edges(page)})
    least = max(_LEAST_PAGES, (len(pages) + 1) // 2)
    heads = {text for text, count in counts.items() if text and count >= least}
    return tuple(_marked(page, heads) for page in pages) if heads else tuple(pages)


def _marked(page: _P, heads: set[str]) -> _P:
    edges = [block for block in _edges(page) if _said(block) in heads]
    if not edges:
        return page
    blocks = tuple(
        ParagraphBlock(role=Role.RUNNING_HEAD, lines=block.parts)
        if any(block is edge for edge in edges)
        else block
        for block in page.blocks
    )
    return page.model_copy(update={"blocks": blocks})


def _edges(page: PageData) -> list[Block]:
    """The first and the last block, and those beside them if they are the page's number."""
    body = [block for block in page.blocks if block.role is not Role.PAGE_NUMBER]
    return [*body[:1], *body[-1:]] if len(body) > 1 else []


def _said(block: Block) -> str:
    """What a block says but for its numbers; empty if that is too much for a running head."""
    text = " ".join(re.sub(r"[0-9]+", "", block.text).casefold().split())
    return text if len(text) <= _MOST_CHARACTERS else ""

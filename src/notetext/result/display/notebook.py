"""A result as a notebook shows it."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from notetext.errors import NoteTextError
from notetext.errors.wording import counted
from notetext.model import (
    DocumentData,
    Line,
    PageData,
    PageError,
    Word,
    standing,
    standing_page,
)
from notetext.result.display.colours import confidence_colour
from notetext.result.display.overlay import draw_overlay
from notetext.result.display.pictures import small_jpeg

if TYPE_CHECKING:
    from PIL import Image

MAX_PAGES = 3
"""More pages than these are only counted: a notebook keeps what it shows."""
MAX_FAILURES = 20
"""Of more pages that failed than these, no more is said than how many there are."""
MAX_SIDE = 560
"""The longest side of an embedded picture, in pixels."""

_ROW = "display:flex;flex-wrap:wrap;gap:1em;align-items:flex-start;margin:0.5em 0"
_TEXT = "flex:1 1 16em;min-width:16em;white-space:pre-wrap;overflow-wrap:anywhere"


def render_html(result: DocumentData, picture_of: Callable[[int], Image.Image]) -> str:
    """The first pages, each with its picture, what was read where, and its text.

    Doubtful words are marked, and say their confidence under the pointer. Everything that was read
    is escaped. Pages whose document is not to be had show their text alone, and say why.

    Args:
        result: what was read.
        picture_of: a page's pixels by its place in the result, from 0; raises `MissingSourceError`.
    """
    # What was read is no formula, even between dollar signs.
    parts = [f'<div class="tex2jax_ignore mathjax_ignore">{_heading(result)}']
    parts += [
        _page(page, partial(picture_of, place))
        for place, page in enumerate(result.pages[:MAX_PAGES])
    ]
    if len(result.pages) > MAX_PAGES:
        parts.append(f"<p>… and {counted(len(result.pages) - MAX_PAGES, 'more page')}</p>")
        parts += [
            f"<p><i>{escape(_failure(page.error))}</i></p>"
            for page in result.pages[MAX_PAGES:]
            if page.error is not None
        ][:MAX_FAILURES]
    return "\n".join([*parts, "</div>"])


def _heading(result: DocumentData) -> str:
    facts = [
        result.source.name or "note",
        counted(len(result.pages), "page"),
        *([f"{len(result.errors)} could not be read"] if result.errors else []),
        counted(len(standing(result.words)), "word"),
        f"read by {result.engine} ({result.mode.value})",
    ]
    if result.confidence is not None:
        facts.append(f"confidence {result.confidence:.2f}")
    return f"<p><b>{escape(facts[0])}</b> · {escape(' · '.join(facts[1:]))}</p>"


def _page(page: PageData, picture: Callable[[], Image.Image]) -> str:
    notes = [*page.warnings]
    if page.error is not None:
        notes.append(_failure(page.error))
    try:
        pictures = list(_pictures(page, picture))
    except NoteTextError as error:
        pictures = []
        notes.append(f"no picture: {error.message}")
    text = f'<div style="{_TEXT}">{"".join(_paragraphs(page))}</div>'
    said = "".join(f"<p><i>{escape(note)}</i></p>" for note in notes)
    return f'{said}<div style="{_ROW}">{"".join(pictures)}{text}</div>'


def _failure(error: PageError) -> str:
    return f"page {error.page} could not be read: {error.message}"


def _pictures(page: PageData, picture: Callable[[], Image.Image]) -> Iterator[str]:
    if not page.width:
        return
    image = picture()
    image.thumbnail((MAX_SIDE, MAX_SIDE))
    yield _embedded(image, f"page {page.number}")
    yield _embedded(draw_overlay(page, image), f"what was read on page {page.number}")


def _embedded(image: Image.Image, description: str) -> str:
    data = base64.b64encode(small_jpeg(image, MAX_SIDE)).decode("ascii")
    return (
        f'<img alt="{escape(description)}" style="max-width:45%;height:auto" '
        f'src="data:image/jpeg;base64,{data}">'
    )


def _paragraphs(page: PageData) -> Iterator[str]:
    for paragraph in standing_page(page).paragraphs:
        yield "<p>" + "\n".join("".join(_words(line)) for line in paragraph.lines) + "</p>"


def _words(line: Line) -> Iterator[str]:
    for blanks, word in zip(line.blanks, line.words, strict=True):
        yield " " * blanks + _word(word)


def _word(word: Word) -> str:
    if word.confidence is None or not word.is_doubtful():
        return escape(word.text)
    red, green, blue = confidence_colour(word.confidence)
    style = f"background:rgba({red},{green},{blue},0.3);color:inherit"
    title = f"confidence {word.confidence:.2f}"
    if word.alternatives:
        title += f"; or: {', '.join(word.alternatives)}"
    return f'<mark style="{style}" title="{escape(title)}">{escape(word.text)}</mark>'

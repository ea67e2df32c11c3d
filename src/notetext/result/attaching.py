"""A result and the document that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import SecretStr

from notetext.converters.named import DEFAULT_CONVERTERS, converter, converters
from notetext.documents import (
    Attachment,
    Converter,
    Document,
    DocumentLike,
    GivenDocument,
    Limits,
    OpenOptions,
)
from notetext.errors import MissingSourceError

if TYPE_CHECKING:
    from notetext.model import DocumentData, PageData


def attachment_for(
    result: DocumentData,
    given: DocumentLike,
    *,
    password: str | SecretStr | None,
    limits: Limits | None,
    openers: Sequence[Converter | str] | Converter | str | None,
) -> Attachment:
    """Checks that a document is the one that a result was read from.

    Args:
        result: what was read.
        given: the document.
        password: for an encrypted one.
        limits: how much it may ask of the machine.
        openers: the converters that may open it; ``None``: all that there are.

    Raises:
        MissingSourceError: it is another.
        InputError: it cannot be opened.
    """
    sized = [page for page in result.pages if page.width]
    # As the document says, or as the caller of `recognize` said, which a result does not tell.
    asked = [None, *(page.dpi for page in sized[:1] if page.dpi is not None)]
    unfit: MissingSourceError | None = None
    options = OpenOptions(
        limits=limits or Limits(),
        password=SecretStr(password) if isinstance(password, str) else password,
    )
    # Taken once: a file object can be read no second time.
    taken = GivenDocument.of(given, _asked_in_turn(openers), options)
    for dpi in asked:
        document = replace(taken, options=replace(options, dpi=dpi))
        info, opened = document.open()
        with opened:
            if info.sha256 != result.source.sha256:
                raise MissingSourceError(
                    "this is not the document that the result was read from: its bytes are others",
                    source=info.name,
                )
            other = next((size for page in sized if (size := _other_size(opened, page))), None)
        if other is None:
            return Attachment(document, info.sha256)
        unfit = unfit or MissingSourceError(
            f"this is not the document that the result was read from: {other}", source=info.name
        )
    assert unfit is not None
    raise unfit


def _other_size(opened: Document, page: PageData) -> str | None:
    """How a page's size differs from the one that was read, or ``None`` if it does not."""
    found = opened.page(page.number)
    if (found.width, found.height) == (page.width, page.height):
        return None
    return (
        f"its page {page.number} is {found.width}×{found.height} pixels, not "
        f"{page.width}×{page.height}"
    )


def _asked_in_turn(
    openers: Sequence[Converter | str] | Converter | str | None,
) -> list[Converter]:
    if openers is None:
        return list(_all_converters())
    if isinstance(openers, str) or not isinstance(openers, Sequence):
        openers = [openers]
    return [converter(given) for given in openers]


def _all_converters() -> Iterator[Converter]:
    """Those that a reader has by default, then those of third parties."""
    yield from map(converter, DEFAULT_CONVERTERS)
    built_in = set(converters.built_in())
    yield from (part for part in converters.usable() if part.name not in built_in)

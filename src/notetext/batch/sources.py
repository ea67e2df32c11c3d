"""The documents of a batch, as a caller gives them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

from notetext.documents import DocumentLike
from notetext.documents.opening import is_one_document
from notetext.errors import ConfigurationError
from notetext.errors.foreign_text import shown
from notetext.errors.wording import a

_Source = TypeVar("_Source", bound=DocumentLike)


def several(sources: Iterable[_Source]) -> Iterable[_Source]:
    """The sources themselves, if they are several documents and not one.

    What is one document can mostly be iterated over as well, by characters, bytes or lines.

    Raises:
        ConfigurationError: it is one document, or nothing to iterate over.
    """
    if is_one_document(sources):
        raise ConfigurationError(f"recognize_many takes a list of documents, and {_one(sources)}")
    if not isinstance(sources, Iterable):
        raise ConfigurationError(
            "recognize_many takes a list of documents, or whatever for iterates over; "
            f"{a(type(sources).__name__)} is neither"
        )
    return sources


def _one(source: object) -> str:
    """What a message says of one document."""
    if not isinstance(source, (str, os.PathLike)):
        return f"{a(type(source).__name__)} is one; give [note], or use recognize(note)"
    name = shown(os.fspath(source))
    if os.path.isdir(source):  # noqa: PTH112
        return f"{name} is a folder; give its files, such as Path({name}).glob('*.jpg')"
    return f"{name} is one; give [{name}], or use recognize({name})"

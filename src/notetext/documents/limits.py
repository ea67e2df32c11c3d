"""How much a document may ask of the machine."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from notetext.model.parameters import Parameters


class Limits(Parameters):
    """How much a document may ask of the machine; checked before anything is decoded.

    >>> from notetext import Limits
    >>> Limits(max_pages=20).max_pages
    20

    Raises:
        ConfigurationError: there is no such limit, or it is none.
    """

    max_file_bytes: Annotated[int, Field(gt=0)] = 1 << 30
    """The largest document, in bytes (1 GiB)."""
    max_pixels: Annotated[int, Field(gt=0)] = 150_000_000
    """The largest page, in pixels; 150 million are 450 MB in colour, or A0 at 300 dpi."""
    max_pages: Annotated[int, Field(gt=0)] = 10_000
    """The most pages or frames in a document."""
    timeout_s: Annotated[float, Field(gt=0)] | None = None
    """Seconds that a page may take, or the opening of the document; ``None``: any.

    It is checked between the steps. Where pages are read in a process of their own (`NoteText`'s
    ``isolate``), that process is ended a second later, whatever it does.
    """
    max_memory_bytes: Annotated[int, Field(gt=0)] | None = None
    """The memory that the process may take in which pages are read; ``None``: any. On Linux only.
    """

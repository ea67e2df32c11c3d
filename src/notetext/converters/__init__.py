"""Converters open documents and hand out their pages; one format, or one family of them, a file.

The contract stands in `notetext.documents`, and goes by these names too.
"""

from notetext.documents import (
    HEAD_BYTES,
    Converter,
    Document,
    OpenOptions,
    SourcePage,
    TextLayer,
    TextLayerWord,
)

__all__ = [
    "HEAD_BYTES",
    "Converter",
    "Document",
    "OpenOptions",
    "SourcePage",
    "TextLayer",
    "TextLayerWord",
]

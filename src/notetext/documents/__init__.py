"""Documents: where their bytes are, what opens them, which of their pages are wanted."""

from notetext.documents.attachment import Attachment, DocumentImages
from notetext.documents.converter import Converter
from notetext.documents.document import (
    Document,
    OpenOptions,
    SourcePage,
    TextLayer,
    TextLayerWord,
)
from notetext.documents.limits import Limits
from notetext.documents.opening import DocumentLike, GivenDocument
from notetext.documents.page_range import PageSelection
from notetext.documents.source import HEAD_BYTES, Source

__all__ = [
    "HEAD_BYTES",
    "Attachment",
    "Converter",
    "Document",
    "DocumentImages",
    "DocumentLike",
    "GivenDocument",
    "Limits",
    "OpenOptions",
    "PageSelection",
    "Source",
    "SourcePage",
    "TextLayer",
    "TextLayerWord",
]

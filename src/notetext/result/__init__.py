"""What a recognition returns, and what can be done with it: save, show, correct, attach.

The values themselves stand in `notetext.model`, and go by these names too.
"""

from notetext.model import (
    SCHEMA_VERSION,
    Artifact,
    Line,
    PageError,
    PageStatus,
    Paragraph,
    SourceInfo,
    Timings,
    Usage,
    Word,
)
from notetext.result.page import Page
from notetext.result.recognition_result import RecognitionResult
from notetext.result.structure.collected import PageTable, PageTask

__all__ = [
    "SCHEMA_VERSION",
    "Artifact",
    "Line",
    "Page",
    "PageError",
    "PageStatus",
    "PageTable",
    "PageTask",
    "Paragraph",
    "RecognitionResult",
    "SourceInfo",
    "Timings",
    "Usage",
    "Word",
]

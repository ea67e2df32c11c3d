"""Turns notes into text: photos, scans and PDFs of handwriting and print.

>>> from notetext import NoteText
>>> print(NoteText().recognize("examples/notes/shopping.jpg").text)  # doctest: +ELLIPSIS
Shopping list
...
"""

import logging as _logging

from notetext.box import Box
from notetext.errors import NoteTextError
from notetext.language import Language
from notetext.options import Limits, Mode
from notetext.reader import NoteText
from notetext.result import Line, Page, Paragraph, RecognitionResult, Word

_logging.getLogger("notetext").addHandler(_logging.NullHandler())

__version__ = "0.1.0"

__all__ = [
    "Box",
    "Language",
    "Limits",
    "Line",
    "Mode",
    "NoteText",
    "NoteTextError",
    "Page",
    "Paragraph",
    "RecognitionResult",
    "Word",
]

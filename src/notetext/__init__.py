"""Turns notes into text: photos, scans and PDFs of handwriting and print.

>>> from notetext import NoteText
>>> print(NoteText().recognize("examples/notes/shopping.jpg").text)  # doctest: +ELLIPSIS
Shopping list
...
"""

from __future__ import annotations

import logging as _logging
from importlib import import_module as _import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notetext.batch.items import Item
    from notetext.box import Box
    from notetext.corrections import Correction
    from notetext.engines.aspose import AsposeEngine
    from notetext.engines.cascade import CascadeEngine
    from notetext.engines.local import LocalEngine
    from notetext.errors import NoteTextError
    from notetext.language import Language
    from notetext.options import Limits, Mode
    from notetext.page import Line, Page, Paragraph, Word
    from notetext.reader import NoteText
    from notetext.result import RecognitionResult
    from notetext.store.store import Store

__version__ = "0.1.0"

__all__ = [
    "AsposeEngine",
    "Box",
    "CascadeEngine",
    "Correction",
    "Item",
    "Language",
    "Limits",
    "Line",
    "LocalEngine",
    "Mode",
    "NoteText",
    "NoteTextError",
    "Page",
    "Paragraph",
    "RecognitionResult",
    "Store",
    "Word",
]

# Each name is imported when it is first used: importing notetext itself costs next to nothing.
_HOMES = {
    "AsposeEngine": "notetext.engines.aspose",
    "Box": "notetext.box",
    "CascadeEngine": "notetext.engines.cascade",
    "Correction": "notetext.corrections",
    "Item": "notetext.batch.items",
    "Language": "notetext.language",
    "Limits": "notetext.options",
    "Line": "notetext.page",
    "LocalEngine": "notetext.engines.local",
    "Mode": "notetext.options",
    "NoteText": "notetext.reader",
    "NoteTextError": "notetext.errors",
    "Page": "notetext.page",
    "Paragraph": "notetext.page",
    "RecognitionResult": "notetext.result",
    "Store": "notetext.store.store",
    "Word": "notetext.page",
}

_logging.getLogger("notetext").addHandler(_logging.NullHandler())


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(_import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

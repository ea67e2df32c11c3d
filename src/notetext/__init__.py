"""Turns notes into text: photos, scans and PDFs of handwriting and print.

>>> from notetext import NoteText
>>> print(NoteText().recognize("examples/notes/shopping.jpg").text)  # doctest: +ELLIPSIS
Shopping list
...
"""

from __future__ import annotations

import logging as _logging
import sys as _sys
from importlib import import_module as _import_module
from types import ModuleType as _ModuleType
from typing import TYPE_CHECKING

from notetext.errors.foreign_text import OneLineRecords as _OneLineRecords

if TYPE_CHECKING:
    from notetext.batch.items import Item
    from notetext.documents import Limits
    from notetext.engines.aspose import AsposeEngine
    from notetext.engines.cascade import CascadeEngine
    from notetext.engines.local import LocalEngine
    from notetext.errors import NoteTextError
    from notetext.model import Box, Correction, Kind, Language, Line, Mode, Paragraph, Word
    from notetext.model.version import __version__ as __version__
    from notetext.reader import NoteText
    from notetext.result import Page, RecognitionResult
    from notetext.store.store import Store

__all__ = [
    "AsposeEngine",
    "Box",
    "CascadeEngine",
    "Correction",
    "Item",
    "Kind",
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
    "Box": "notetext.model",
    "CascadeEngine": "notetext.engines.cascade",
    "Correction": "notetext.model",
    "Item": "notetext.batch.items",
    "Kind": "notetext.model",
    "Language": "notetext.model",
    "Limits": "notetext.documents",
    "Line": "notetext.model",
    "LocalEngine": "notetext.engines.local",
    "Mode": "notetext.model",
    "NoteText": "notetext.reader",
    "NoteTextError": "notetext.errors",
    "Page": "notetext.result",
    "Paragraph": "notetext.model",
    "RecognitionResult": "notetext.result",
    "Store": "notetext.store.store",
    "Word": "notetext.model",
}

# Modules that moved, and where what they held is now: imports from there still work. Type checkers
# find them in the stubs beside this package (notetext-stubs).
_FORMER = {
    "box": ("notetext.model",),
    "corrections": ("notetext.model",),
    "options": (
        "notetext.model",
        "notetext.documents",
        "notetext.engines",
        "notetext.reading.options",
    ),
    "page": ("notetext.result", "notetext.model"),
    "plan": ("notetext.reading.plan",),
    "source": ("notetext.documents",),
}

_log = _logging.getLogger("notetext")
_log.addHandler(_logging.NullHandler())
_log.addFilter(_OneLineRecords())


class _Former(_ModuleType):
    """A module under the name that it had; it looks up everything where that is now."""

    def __getattr__(self, name: str) -> object:
        # Tools ask every module for its __file__ and the like; that imports nothing.
        homes = () if name.startswith("__") else _FORMER[self.__name__.rpartition(".")[2]]
        for home in homes:
            module = _import_module(home)
            if name in getattr(module, "__all__", dir(module)):
                return getattr(module, name)
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")


_sys.modules.update({f"{__name__}.{name}": _Former(f"{__name__}.{name}") for name in _FORMER})


def __getattr__(name: str) -> object:
    if name == "__version__":
        from notetext.model.version import __version__ as value
    elif name in _HOMES:
        value = getattr(_import_module(_HOMES[name]), name)
    elif name in _FORMER:
        return _sys.modules[f"{__name__}.{name}"]
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

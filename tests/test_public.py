"""The public surface, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import notetext

HEAVY = ["onnxruntime", "cv2", "numpy", "requests", "tenacity", "rapidocr", "PIL", "pypdfium2"]


def test_the_top_level_names_are_these_and_no_others() -> None:
    assert sorted(notetext.__all__) == [
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
    assert all(hasattr(notetext, name) for name in notetext.__all__)


def test_importing_notetext_imports_nothing_heavy() -> None:
    wanted = f"[module for module in {HEAVY!r} if module in sys.modules]"
    code = f"import sys; from notetext import NoteText; print({wanted})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_every_public_name_comes_from_where_it_is_said_to() -> None:
    assert set(notetext._HOMES) == set(notetext.__all__)
    for name, home in notetext._HOMES.items():
        assert getattr(notetext, name).__module__.startswith(home)
    assert set(notetext.__all__) <= set(dir(notetext))
    with pytest.raises(AttributeError, match="'NoSuchName'"):
        notetext.NoSuchName  # noqa: B018


def test_the_logger_is_silent_until_somebody_listens() -> None:
    code = (
        "import logging, notetext\n"
        "logger = logging.getLogger('notetext')\n"
        "assert [type(h).__name__ for h in logger.handlers] == ['NullHandler']\n"
        "assert logger.propagate and logger.level == logging.NOTSET\n"
        "logger.warning('must not be seen')\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("", "")

"""The public surface, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys

import notetext

HEAVY = ["onnxruntime", "cv2", "numpy", "requests", "tenacity", "rapidocr", "PIL", "pypdfium2"]


def test_the_top_level_names_are_these_and_no_others() -> None:
    assert sorted(notetext.__all__) == [
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
    assert all(hasattr(notetext, name) for name in notetext.__all__)


def test_importing_notetext_imports_nothing_heavy() -> None:
    code = f"import sys, notetext; print([m for m in {HEAVY!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


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

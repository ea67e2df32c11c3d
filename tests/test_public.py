"""The public surface, and what importing it costs."""

from __future__ import annotations

import ast
import importlib
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import notetext

STUBS = Path(notetext.__file__).parents[1] / "notetext-stubs"
FORMER = {
    "box": {"Box"},
    "corrections": {"Correction", "CorrectionKind"},
    "options": {
        "CancelToken",
        "Limits",
        "Mode",
        "OnError",
        "OnUncertain",
        "Request",
        "SubmittedTask",
        "TaskLedger",
        "TextLayerUse",
    },
    "page": {"Line", "Page", "PageError", "PageStatus", "Paragraph", "Word"},
    "plan": {"Plan"},
    "source": {"Source"},
}
"""The modules that moved, and what the reference said that they hold."""

HEAVY = ["onnxruntime", "cv2", "numpy", "requests", "tenacity", "PIL", "pypdfium2"]


def test_the_top_level_names_are_these_and_no_others() -> None:
    assert sorted(notetext.__all__) == [
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


def stubbed(module: str) -> set[str]:
    """The names that type checkers see in a module that moved."""
    tree = ast.parse((STUBS / f"{module}.pyi").read_text(encoding="utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    return {str(alias.asname) for node in imports for alias in node.names}


def test_every_module_that_moved_has_a_stub_and_a_home() -> None:
    assert set(notetext._FORMER) == set(FORMER) == {path.stem for path in STUBS.glob("*.pyi")}
    assert (STUBS / "py.typed").read_text().strip() == "partial"


@pytest.mark.parametrize("module", FORMER)
def test_what_moved_is_found_where_it_was(module: str) -> None:
    assert FORMER[module] <= stubbed(module)
    former = importlib.import_module(f"notetext.{module}")
    assert getattr(notetext, module) is former
    for name in stubbed(module):
        kept = getattr(former, name)
        if isinstance(kept, type):
            assert getattr(importlib.import_module(kept.__module__), name) is kept
    with pytest.raises(AttributeError, match=f"'notetext.{module}' has no attribute 'NoSuchName'"):
        former.NoSuchName  # noqa: B018


def test_what_was_pickled_before_modules_moved_is_unpickled() -> None:
    assert pickle.loads(b"cnotetext.options\nMode\n.") is notetext.Mode
    assert pickle.loads(b"cnotetext.page\nPage\n.") is notetext.Page


def test_modules_that_moved_import_nothing_before_they_are_used() -> None:
    # Debuggers and `inspect` ask every module that there is for its file.
    code = (
        "import sys, notetext, notetext.options\n"
        "before = set(sys.modules)\n"
        "assert not any(hasattr(module, '__file__') for name, module in list(sys.modules.items())\n"
        f"               if name in {[f'notetext.{module}' for module in FORMER]!r})\n"
        "assert set(sys.modules) == before\n"
        "from notetext.options import Mode\n"
        f"print([module for module in {HEAVY!r} if module in sys.modules])\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"

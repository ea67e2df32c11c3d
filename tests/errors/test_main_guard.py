"""A script that forgot ``if __name__ == "__main__":`` is told so once, and shortly."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from notetext.errors import ConfigurationError
from notetext.errors.main_guard import MainGuardError

BATCHES = {
    "workers": "NoteText().recognize_many(sys.argv[1:] * 4, workers=2)",
    "isolated workers": "NoteText(isolate=True).recognize_many(sys.argv[1:] * 4, workers=2)",
    "isolated": "NoteText(isolate=True).recognize_many(sys.argv[1:] * 4)",
    "one document": "[NoteText(isolate=True).recognize(sys.argv[1])]",
    "page by page": "NoteText(isolate=True).iter_pages(sys.argv[1])",
}


@pytest.mark.slow
@pytest.mark.parametrize("call", BATCHES.values(), ids=BATCHES)
def test_it_is_one_short_error_however_many_processes_there_are(
    call: str, notes: Path, tmp_path: Path
) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"import sys\nfrom notetext import NoteText\nfor read in {call}:\n    pass\n")
    command = [sys.executable, str(script), str(notes / "shopping.jpg")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("Traceback") == 1
    assert len(ended.stderr.splitlines()) <= 15
    last = ended.stderr.splitlines()[-1]
    assert last.startswith("notetext.errors.main_guard.MainGuardError: ")
    assert last.endswith('put the script\'s code under if __name__ == "__main__":')


def test_it_is_one_of_ours_and_survives_pickle() -> None:
    error = pickle.loads(pickle.dumps(MainGuardError()))
    assert isinstance(error, ConfigurationError)
    assert "__main__" in error.message

"""Functions that were written in a notebook, in worker processes."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

DEFINITION = """
from PIL import ImageOps
from notetext import NoteText

strength = 2

def stronger(image):
    return ImageOps.autocontrast(image, cutoff=strength)
"""

BATCH = """
reader = NoteText(preprocessors=[stronger])
items = reader.recognize_many([{path!r}] * 2, workers=2, ordered=True, progress=True)
print([item.result.lines[0].text for item in items])
"""


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_function_of_a_notebook_runs_in_worker_processes(notes: Path) -> None:
    cells = [DEFINITION, BATCH.format(path=str(notes / "shopping.jpg"))]
    notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]  # type: ignore[no-untyped-call]
    NotebookClient(notebook, timeout=120).execute()
    outputs = notebook.cells[1].outputs
    printed = "".join(output.text for output in outputs if output.get("name") == "stdout")
    told = "".join(output.text for output in outputs if output.get("name") == "stderr")
    assert printed == "['Shopping list', 'Shopping list']\n"
    assert "2/2" in told

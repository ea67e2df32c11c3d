"""Executes the example notebooks and keeps what they show.

python examples/execute_notebooks.py            # writes the outputs into the notebooks
python examples/execute_notebooks.py --check    # only compares what they print
"""

import argparse
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).parent / "notebooks"


def read(path: Path) -> NotebookNode:
    """A notebook as it lies there."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def executed(path: Path) -> NotebookNode:
    """A notebook with fresh outputs, and without the time and the versions of this run."""
    notebook = read(path)
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(path.parent)}},
        coalesce_streams=True,
    )
    client.execute()
    notebook.metadata.language_info = {"name": "python"}
    for output in outputs(notebook):
        # Pillow shows a picture twice, and the PNG is ten times as large.
        if "image/jpeg" in output.get("data", {}):
            output.data.pop("image/png", None)
    return notebook


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    """What the cells show, in their order."""
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def printed(notebook: NotebookNode) -> list[str]:
    """What the cells print, in their order."""
    return [output.text for output in outputs(notebook) if output.output_type == "stream"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    arguments = parser.parse_args()
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = executed(path)
        if not arguments.check:
            nbformat.write(notebook, path)  # type: ignore[no-untyped-call]
        elif printed(notebook) != printed(read(path)):
            raise SystemExit(f"{path.name} prints something else now; run this without --check")
        print(f"{path.name} runs")


if __name__ == "__main__":
    main()

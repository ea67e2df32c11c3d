"""From what is written on the command line to the documents that are read."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from notetext.converters import HEAD_BYTES, Converter

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """A document to read.

    Attributes:
        name: its path, or ``-`` for standard input.
        place: where its text goes below an output folder, but for the ending.
    """

    name: str
    place: Path


def find_inputs(
    given: Sequence[str], output: Path | None, converters: Sequence[Converter]
) -> tuple[list[Input], list[str]]:
    """Finds the documents that names, folders and patterns mean.

    Args:
        given: files; folders, for all documents in them and below; and patterns such as
            ``scans/**/*.jpg``, for shells that leave them as they are.
        output: a folder inside of another is not read.
        converters: what tells documents from other files in folders.

    Returns:
        The documents in the order given, a folder's by their names; and the other files of the
        folders.
    """
    inputs: list[Input] = []
    others: list[str] = []
    for name in given:
        if Path(name).is_dir():
            for path in _files_in(Path(name), output):
                if _is_document(path, converters):
                    inputs.append(Input(str(path), path.relative_to(name)))
                else:
                    others.append(str(path))
        else:
            # Path.glob takes no absolute patterns.
            found = sorted(glob.glob(name, recursive=True)) if _is_pattern(name) else []  # noqa: PTH207
            inputs += [Input(file, Path(Path(file).name)) for file in found or [name]]
    return inputs, others


def means_several(given: Sequence[str]) -> bool:
    """Whether the names may mean more than one document, so that their texts need a folder."""
    return len(given) > 1 or Path(given[0]).is_dir() or _is_pattern(given[0])


def _is_pattern(name: str) -> bool:
    return glob.has_magic(name) and not Path(name).exists()


def _files_in(folder: Path, output: Path | None) -> Iterator[Path]:
    """The files in a folder and below, hidden ones left out."""
    left_out = None if output is None else output.resolve()
    for parent, folders, files in os.walk(folder):
        below = Path(parent)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and (below / name).resolve() != left_out
        )
        yield from (below / name for name in sorted(files) if not name.startswith("."))


def _is_document(path: Path, converters: Sequence[Converter]) -> bool:
    """Whether a converter knows what a file is; what cannot be looked into, its reader reports."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return True
    return any(converter.accepts(head) for converter in converters)

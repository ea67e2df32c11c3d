"""From what is written on the command line to the documents that are read."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from notetext.converters import HEAD_BYTES, Converter

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """A document to read.

    Attributes:
        name: its path, or ``-`` for standard input.
        place: where its text goes below an output folder, but for the ending.
        found: whether it was found in a folder, and not named itself.
    """

    name: str
    place: Path
    found: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What names, folders and patterns mean.

    Attributes:
        inputs: the documents in the order given, a folder's by their names; damaged ones, too.
        others: the other files of the folders.
        closed: folders that may not be looked into.
    """

    inputs: list[Input] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)


def find_inputs(
    given: Sequence[str], output: Path | None, converters: Sequence[Converter]
) -> Found:
    """Finds the documents that names, folders and patterns mean.

    Args:
        given: files; folders, for all documents in them and below; and patterns such as
            ``scans/**/*.jpg``, for shells that leave them as they are.
        output: a folder inside of another is not read.
        converters: what tells documents from other files in folders.
    """
    all_found = Found()
    left_out = [] if output is None else [output]
    for name in given:
        if Path(name).is_dir():
            for path in files_in(Path(name), left_out, all_found.closed):
                if is_document(path, converters):
                    place = path.relative_to(name)
                    all_found.inputs.append(Input(str(path), place, found=True))
                else:
                    all_found.others.append(str(path))
        else:
            # Path.glob takes no absolute patterns.
            found = sorted(glob.glob(name, recursive=True)) if _is_pattern(name) else []  # noqa: PTH207
            all_found.inputs.extend(_named(file) for file in found or [name])
    return all_found


def means_several(given: Sequence[str]) -> bool:
    """Whether the names may mean more than one document."""
    return len(given) > 1 or Path(given[0]).is_dir() or _is_pattern(given[0])


def _named(name: str) -> Input:
    return Input(name, Path("stdin" if name == STANDARD_INPUT else Path(name).name))


def _is_pattern(name: str) -> bool:
    return glob.has_magic(name) and not Path(name).exists()


def files_in(folder: Path, left_out: Sequence[Path], closed: list[str]) -> Iterator[Path]:
    """The files in a folder and below.

    Args:
        folder: is walked through in the order of names, but for what is hidden.
        left_out: folders that are not looked into.
        closed: gets the folders that may not be.
    """

    def note(error: OSError) -> None:
        closed.append(str(error.filename))

    others = {os.path.realpath(path) for path in left_out}
    for parent, folders, files in os.walk(folder, onerror=note):
        below = Path(parent)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and os.path.realpath(below / name) not in others
        )
        yield from (below / name for name in sorted(files) if not name.startswith("."))


def is_document(path: Path, converters: Sequence[Converter]) -> bool:
    """Whether a file is a document, if only by its name: what it is, its reader reports.

    A file that has a document's name and is none is a damaged one, such as an upload that broke
    off, and is not to be passed over.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return False  # a pipe would be waited for
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return True
    named = path.suffix.lower()
    return any(named in converter.suffixes or converter.accepts(head) for converter in converters)

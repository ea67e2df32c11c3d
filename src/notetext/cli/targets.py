"""Where each text goes below an output folder; told to be impossible before anything is read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from notetext.cli.inputs import STANDARD_INPUT, Input
from notetext.errors import ConfigurationError
from notetext.errors.foreign_text import NAME_CHARACTERS, one_line

_MOST_TOLD = 5


def once(inputs: Iterable[Input]) -> tuple[list[Input], list[str]]:
    """The documents, each once, and the names of those that came again."""
    first: dict[str, Input] = {}
    again = [
        document.name
        for document in inputs
        if first.setdefault(_real(document), document) is not document
    ]
    return list(first.values()), again


def apart(inputs: Sequence[Input]) -> list[Input]:
    """Documents of one name keep their folders, and so do all others of the run then.

    >>> from pathlib import Path
    >>> from notetext.cli.inputs import Input
    >>> from notetext.cli.targets import apart
    >>> [str(one.place) for one in apart([Input("a/x.jpg", Path("x.jpg"))])]
    ['x.jpg']
    """
    places = {str(document.place).casefold() for document in inputs}
    if len(places) == len(inputs):
        return list(inputs)
    paths = [os.path.abspath(d.name) for d in inputs if d.name != STANDARD_INPUT]  # noqa: PTH100
    try:
        above = os.path.commonpath([os.path.dirname(path) for path in paths])  # noqa: PTH120
    except ValueError as error:  # they lie on several drives
        raise ConfigurationError(
            "documents on several drives have the same name; write them to different folders"
        ) from error
    below = iter(Path(path).relative_to(above) for path in paths)
    return [d if d.name == STANDARD_INPUT else replace(d, place=next(below)) for d in inputs]


def targets_in(folder: Path, inputs: Sequence[Input], suffix: str) -> list[Path]:
    """Where the documents' texts go in one format."""
    return [folder / f"{document.place}{suffix}" for document in inputs]


def without_earlier_texts(
    folder: Path, inputs: Sequence[Input], suffixes: Sequence[str]
) -> tuple[list[Input], list[str]]:
    """Leaves out what an earlier run has written into the very folder that is read.

    Args:
        folder: where texts go.
        inputs: the documents.
        suffixes: of the formats.

    Returns:
        The documents, and the names of those that are texts of others.
    """
    written = {
        os.path.realpath(target)
        for suffix in suffixes
        for target in targets_in(folder, inputs, suffix)
    }
    kept, earlier = [], []
    for document in inputs:
        if document.found and _real(document) in written:
            earlier.append(document.name)
        else:
            kept.append(document)
    return kept, earlier


def check_targets(inputs: Sequence[Input], targets: Sequence[tuple[Input, Path]]) -> None:
    """Finds out whether every text has a place of its own.

    Args:
        inputs: the documents.
        targets: where each document's texts go, one for each format.

    Raises:
        ConfigurationError: two have the same, one has a document's, or one is a folder for another;
            the message names them.
    """
    documents = {_real(document): document.name for document in inputs}
    taken: dict[str, str] = {}
    clashes = []
    for document, target in targets:
        real = os.path.realpath(target)
        if real in documents:
            clashes.append(f"{_shown(target)} is itself to be read")
        if real in taken:
            both = f"{_shown(taken[real])} and {_shown(document.name)}"
            clashes.append(f"{both} would both be {_shown(target)}")
        taken.setdefault(real, document.name)
    for document, target in targets:
        # A file cannot be the folder of another one.
        clashes.extend(
            f"{_shown(above)} would be the text of {_shown(taken[str(above)])}, "
            f"and the folder of that of {_shown(document.name)}"
            for above in Path(os.path.realpath(target)).parents
            if str(above) in taken
        )
    if clashes:
        more = len(clashes) - _MOST_TOLD
        told = "; ".join(clashes[:_MOST_TOLD]) + (f"; and {more} more" if more > 0 else "")
        raise ConfigurationError(f"nothing was read: {told}")


def _real(document: Input) -> str:
    if document.name == STANDARD_INPUT:
        return STANDARD_INPUT
    return os.path.realpath(document.name)


def _shown(name: object) -> str:
    return one_line(str(name), NAME_CHARACTERS)

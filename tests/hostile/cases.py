"""What a hostile case is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from notetext import Limits

if TYPE_CHECKING:
    from notetext.documents import DocumentLike

READ = "read"
"""The outcome of a document that became a text."""
ANY = ""
"""Either a text or an error of ours is right."""

Make: TypeAlias = "Callable[[Path], DocumentLike]"

FORM_LIMITS = Limits(max_file_bytes=64 << 20, max_pixels=20_000_000, max_pages=200)
"""What a public upload form would set."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document that means no good, and what it may cost.

    Attributes:
        name: unique among all cases.
        make: makes the document, in a folder of its own if it needs one.
        outcome: `READ`, the name of the error that it ends in, several with bars between, or `ANY`.
        words: what the error's message says, if that matters.
        limits: of the reader.
        memory_mb: how much the process may grow meanwhile.
        cpu_s: seconds of computing.
        endless: it keeps native code busy for ever, which only the end of a process can end.
        steps: preprocessing steps by name.
        local: the offline engine reads it, with its own steps.
        dpi: to render at.
    """

    name: str
    make: Make
    outcome: str = ANY
    words: str = ""
    limits: Limits = FORM_LIMITS
    memory_mb: int = 300
    cpu_s: int = 10
    endless: bool = False
    steps: tuple[str, ...] = ()
    local: bool = False
    dpi: float | None = None
    during: Callable[[Path], None] | None = field(default=None)
    """Called while the document is read, before the engine sees its page."""


def of_bytes(
    name: str, content: bytes | Callable[[], bytes], outcome: str = ANY, **options: object
) -> Case:
    """A case whose document is bytes in memory, made when the case is run if it is a function."""

    def make(folder: Path) -> DocumentLike:
        return content if isinstance(content, bytes) else content()

    return Case(name, make, outcome, **options)  # type: ignore[arg-type]


def cuts(name: str, data: bytes, places: Iterator[tuple[str, int]]) -> Iterator[Case]:
    """The document cut off at each of its structures."""
    for place, at in places:
        if 0 < at < len(data):
            yield of_bytes(f"{name} cut at {place}", data[:at])

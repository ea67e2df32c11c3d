"""What reading a document would take, found out without reading it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """What `NoteText.recognize` would do with a document.

    Attributes:
        pages: the pages wanted, from 1.
        to_read: those of them that the engine would be asked for; the others are in the store, or
            hold their text as text.
        submissions: the tasks that a paid service would be sent, each of which may cost; 0 for an
            engine that costs nothing.
    """

    pages: tuple[int, ...]
    to_read: tuple[int, ...]
    submissions: int

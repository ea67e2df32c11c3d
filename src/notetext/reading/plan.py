"""What reading a document would take, found out without reading it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from notetext.engines import CloudPrice


@dataclass(frozen=True, slots=True)
class Plan:
    """What `NoteText.recognize` would do with a document.

    Attributes:
        pages: the pages wanted, from 1.
        to_read: those of them that the engine would be asked for; the others are in the store, or
            hold their text as text.
        submissions: the most tasks that a paid service would be sent, each of which may cost; 0
            for an engine that costs nothing. What the store has noted as submitted is fetched and
            makes fewer of them.
        price: what the engine charges for a page, if the user has said so.
    """

    pages: tuple[int, ...]
    to_read: tuple[int, ...]
    submissions: int
    price: CloudPrice | None = None

    @property
    def cost(self) -> Decimal | None:
        """What the submissions cost at that price, in its currency; ``None`` without one."""
        return None if self.price is None else self.price.of(self.submissions)

"""What a paid service was asked for."""

from __future__ import annotations

from notetext.model.frozen import FrozenModel


class Usage(FrozenModel):
    """What a paid service was asked for."""

    submissions: int = 0
    """Tasks sent."""
    looks: int = 0
    """Times that a task's state was asked for."""
    uncertain: int = 0
    """Submissions of which nobody knows whether the service took them."""

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            submissions=self.submissions + other.submissions,
            looks=self.looks + other.looks,
            uncertain=self.uncertain + other.uncertain,
        )

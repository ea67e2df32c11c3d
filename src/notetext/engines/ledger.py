"""What was submitted to paid services: the contract of who keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class OnUncertain(StrEnum):
    """What becomes of a task that a killed process may or may not have submitted.

    ``SUBMIT`` submits it, perhaps for the second time, and counts it; ``ERROR`` leaves it alone.
    """

    SUBMIT = "submit"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class SubmittedTask:
    """A task of a paid service, as another run has left it.

    Attributes:
        task_id: the service's name for it; ``None`` if nobody knows whether it was submitted.
        age_s: seconds since it was submitted, or was about to be.
    """

    task_id: str | None
    age_s: float


class TaskLedger(Protocol):
    """What was submitted to paid services, so that a killed run pays for nothing twice.

    An engine names its tasks by keys that identify all that is submitted: the service's address,
    the settings and the content. Safe to use from several threads; every method raises a
    `StoreError` if the ledger cannot be read or written.
    """

    on_uncertain: OnUncertain
    """What to do with a task of which nobody knows whether it was submitted."""

    def find(self, key: str) -> SubmittedTask | None:
        """What another run has left of this task, if anything."""
        ...

    def intend(self, key: str) -> None:
        """The task is about to be submitted."""
        ...

    def submitted(self, key: str, task_id: str) -> None:
        """The service took the task and gave it an id."""
        ...

    def finished(self, key: str) -> None:
        """The task's result has come."""
        ...

    def withdrawn(self, key: str) -> None:
        """The task certainly gives no result: it was refused, failed or deleted."""
        ...

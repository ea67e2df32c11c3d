"""What was submitted to paid services: the contract of who keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from notetext.engines.budget import Budget


class OnUncertain(StrEnum):
    """What becomes of a task of which nobody knows whether the service took it, or has it still.

    ``SUBMIT`` submits it, perhaps for the second time, and counts it; ``ERROR`` leaves it alone.
    """

    SUBMIT = "submit"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class SubmittedTask:
    """A task of a paid service, as it was left, or as somebody has it under way.

    Attributes:
        task_id: the service's name for it; ``None`` if nobody knows whether it was submitted.
        age_s: seconds since it was submitted, or was about to be, by the clock on the wall: not
            to be relied on where money hangs on it.
        finished: its result has come before.
        held: somebody who is alive submits it or waits for it right now.
    """

    task_id: str | None
    age_s: float
    finished: bool = False
    held: bool = False


class TaskLedger(Protocol):
    """What was submitted to paid services, so that no page is paid twice.

    An engine names its tasks by keys that identify all that is submitted: the service's address,
    the settings and the content. Whoever works at a task claims it first, under a name of its own,
    and releases it in the end; what it noted until then stays. A claim ends with the process
    that made it, however that ends.

    Safe to use from several threads; every method raises a `StoreError` if the ledger cannot be
    read or written.
    """

    on_uncertain: OnUncertain
    """What to do with a task of which nobody knows whether it was submitted."""

    def find(self, key: str) -> SubmittedTask | None:
        """What is known of a task, if anything."""
        ...

    def claim(self, key: str, claimant: str) -> SubmittedTask | None:
        """Takes a task, and notes that it is about to be submitted if nothing is known of it.

        Both are one step: of all who claim a task at once, one gets it.

        Returns:
            ``None``: nothing was known, and the caller is to submit it. Else what is known: if it
            is ``held``, somebody else has it, and nothing was noted.
        """
        ...

    def intend(self, key: str, *, uncertain: bool = False) -> None:
        """The claimed task is about to be submitted, though something was known of it.

        Args:
            key: the task.
            uncertain: perhaps it is for the second time, which is counted.
        """
        ...

    def submitted(self, key: str, task_id: str) -> None:
        """The service took the task and gave it an id."""
        ...

    def finished(self, key: str) -> None:
        """The task's result has come."""
        ...

    def lost(self, key: str) -> None:
        """The service does not know the task: nobody can tell what became of it."""
        ...

    def withdrawn(self, key: str) -> None:
        """The task certainly gives no result: it was refused, failed or deleted."""
        ...

    def released(self, key: str, claimant: str) -> None:
        """The caller works at the task no longer; nothing happens if it was not its own."""
        ...

    def spend(self, engine: str, run: str, budget: Budget | None) -> bool:
        """Counts a submission that is about to be made.

        Args:
            engine: whose.
            run: the run that makes it.
            budget: how many there may be.

        Returns:
            Whether it may be made; if not, nothing was counted.
        """
        ...

    def refund(self, engine: str, run: str) -> None:
        """Takes a submission back that the service certainly did not take."""
        ...

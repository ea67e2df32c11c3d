"""What the ledger knows of a task, so that nothing is paid twice."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from notetext.engines import OnUncertain, SubmittedTask, TaskLedger
from notetext.engines.aspose.settings import Endpoint
from notetext.engines.aspose.usage import Tally
from notetext.engines.aspose.wire import TaskBody
from notetext.errors import NoteTextError, StoreError, SubmissionUncertainError

RESULTS_KEPT_S = 24 * 3600.0
"""How long the service keeps a result, in seconds after the submission."""

_log = logging.getLogger("notetext")


class LedgerEntry:
    """One task's place in the ledger.

    Args:
        ledger: where it is noted.
        base_url: the service's address.
        endpoint: what the task is submitted to.
        body: what is submitted.
    """

    def __init__(
        self, ledger: TaskLedger, base_url: str, endpoint: Endpoint, body: TaskBody
    ) -> None:
        digest = hashlib.sha256(f"{base_url}{endpoint.path}\n".encode())
        for piece in body:
            digest.update(piece)
        self._ledger = ledger
        self._key = digest.hexdigest()
        self._known: SubmittedTask | None = ledger.find(self._key)

    def task_id(self) -> str | None:
        """The id of the task, if another run submitted it and its result may still be there."""
        known = self._known
        return known.task_id if known is not None and known.age_s < RESULTS_KEPT_S else None

    @contextmanager
    def submission(self, tally: Tally) -> Iterator[Callable[[str], None]]:
        """A block that submits the task, and is given what notes its id.

        Raises:
            SubmissionUncertainError: another run may have submitted it, and the caller wants that
                to be an error.
            StoreError: the intent could not be noted, so nothing was submitted.
        """
        if self._known is not None and self._known.task_id is None:
            tally.uncertain += 1
            if self._ledger.on_uncertain is OnUncertain.ERROR:
                raise SubmissionUncertainError(
                    "a run that was killed may have submitted this page; to submit it again, which "
                    'may cost twice, use Store(…, on_uncertain="submit")',
                    engine="aspose",
                )
        submitted_before = tally.submissions
        self._ledger.intend(self._key)
        try:
            yield self._submitted
        except NoteTextError:
            if tally.submissions == submitted_before:
                self.withdraw()
            raise

    def _submitted(self, task_id: str) -> None:
        # The task is paid for: its result is worth more than the note.
        with _logged(f"the id of the task {task_id}"):
            self._ledger.submitted(self._key, task_id)

    def finish(self) -> None:
        """Notes that the result has come."""
        with _logged("a finished task"):
            self._ledger.finished(self._key)

    def withdraw(self) -> None:
        """Notes that no result will come."""
        with _logged("a task without a result"):
            self._ledger.withdrawn(self._key)


@contextmanager
def _logged(what: str) -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        _log.warning("%s could not be noted: %s", what, error)

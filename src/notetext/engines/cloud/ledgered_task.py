"""What the ledger knows of a task, so that nothing is paid twice."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from notetext.engines import OnUncertain, SubmittedTask, TaskLedger
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.transport import SentBody
from notetext.engines.cloud.usage import UsageCounter
from notetext.errors import NoteTextError, StoreError, SubmissionUncertainError

_log = logging.getLogger("notetext")


class LedgeredTask:
    """One task as the ledger knows it.

    Args:
        ledger: where it is noted.
        service: whom it is submitted to.
        address: where it is submitted.
        body: what is submitted.
    """

    def __init__(self, ledger: TaskLedger, service: Service, address: str, body: SentBody) -> None:
        digest = hashlib.sha256(f"{address}\n".encode())
        for piece in body:
            digest.update(piece)
        self._service = service
        self._ledger = ledger
        self._key = digest.hexdigest()
        self._known: SubmittedTask | None = ledger.find(self._key)

    def task_id(self) -> str | None:
        """The id of the task, if another run submitted it and its result may still be there."""
        known = self._known
        kept_s = 3600.0 * self._service.results_kept_h
        return known.task_id if known is not None and known.age_s < kept_s else None

    @contextmanager
    def submission(self, counter: UsageCounter) -> Iterator[Callable[[str], None]]:
        """A block that submits the task, and is given what notes its id.

        Raises:
            SubmissionUncertainError: another run may have submitted it, and the caller wants that
                to be an error.
            StoreError: the intent could not be noted, so nothing was submitted.
        """
        if self._known is not None and self._known.task_id is None:
            counter.uncertain += 1
            if self._ledger.on_uncertain is OnUncertain.ERROR:
                raise SubmissionUncertainError(
                    "a run that was killed may have submitted this page; to submit it again, which "
                    'may cost twice, use Store(…, on_uncertain="submit")',
                    engine=self._service.engine,
                )
        submitted_before = counter.submissions
        self._ledger.intend(self._key)
        try:
            yield self._submitted
        except NoteTextError:
            if counter.submissions == submitted_before:
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

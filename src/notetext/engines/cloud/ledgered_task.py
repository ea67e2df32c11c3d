"""What the ledger knows of a task, so that nothing is paid twice."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from notetext.engines import OnUncertain, SubmittedTask, TaskLedger
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.events import WaitFor
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.transport import SentBody
from notetext.engines.cloud.usage import UsageCounter
from notetext.errors import NoteTextError, StoreError, SubmissionUncertainError, TaskTimeoutError

_log = logging.getLogger("notetext")
_FIRST_WAIT_S = 0.05
_LONGEST_WAIT_S = 1.0


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
        self.ledger = ledger
        self._service = service
        self._key = digest.hexdigest()
        self._claimant = uuid.uuid4().hex
        self._known: SubmittedTask | None = None
        self._is_lost = False

    def wait_for_others(self, deadline: Deadline, timeout_s: float) -> None:
        """Returns when nobody else works at the task: its result, or its id, is there then.

        Args:
            deadline: the caller's.
            timeout_s: how long to wait at most.

        Raises:
            CancelledError: the caller gave up.
            EngineTimeoutError: the deadline is over.
            TaskTimeoutError: the others take longer.
            StoreError: the ledger cannot be read.
        """
        task = self.ledger.find(self._key)
        if task is None or not task.held:
            return
        _log.info("waiting for another thread or process that has this page under way")
        end = deadline.now() + timeout_s
        wait_s = _FIRST_WAIT_S
        with deadline.told(WaitFor.PAGE):
            while task is not None and task.held:
                deadline.check()
                if deadline.now() >= end:
                    raise TaskTimeoutError(
                        "another thread or process that shares the store is reading this page, "
                        f"and was not done within {timeout_s:.0f} s; read it again later, for "
                        "nothing",
                        engine=self._service.engine,
                        task_id=task.task_id,
                    )
                deadline.sleep(min(wait_s, max(0.0, deadline.remaining_s())))
                wait_s = min(2 * wait_s, _LONGEST_WAIT_S)
                task = self.ledger.find(self._key)

    @contextmanager
    def claimed(self) -> Iterator[bool]:
        """A block in which nobody else works at the task, unless it is given ``False``.

        Raises:
            StoreError: the claim could not be noted, so nothing may be submitted.
        """
        try:
            self._known = self.ledger.claim(self._key, self._claimant)
            yield self._known is None or not self._known.held
        finally:
            # What was paid is worth more than the note.
            with _logged("the end of a task's work"):
                self.ledger.released(self._key, self._claimant)

    @property
    def task_id(self) -> str | None:
        """The id of the task, if somebody submitted it before, however long ago."""
        return None if self._known is None else self._known.task_id

    @contextmanager
    def submission(self, counter: UsageCounter) -> Iterator[None]:
        """A block that submits the claimed task.

        Raises:
            SubmissionUncertainError: it may have been submitted before, and the caller wants that
                to be an error.
            StoreError: the intent could not be noted, so nothing was submitted.
        """
        if self._known is not None:
            uncertain = self._is_lost or self._known.task_id is None
            if uncertain:
                counter.uncertain += 1
                if self.ledger.on_uncertain is OnUncertain.ERROR:
                    raise SubmissionUncertainError(
                        "this page may have been submitted before, and nobody knows what became "
                        "of it; to submit it again, which may cost twice, use "
                        'Store(…, on_uncertain="submit")',
                        engine=self._service.engine,
                    )
            self.ledger.intend(self._key, uncertain=uncertain)
            self._known = None
        submitted_before = counter.submissions
        try:
            yield
        except BaseException as error:
            # An interrupt tells by its cause that nothing was under way any more.
            ended = isinstance(error, NoteTextError) or error.__cause__ is not None
            if ended and counter.submissions == submitted_before:
                self.withdraw()
            raise

    def submitted(self, task_id: str) -> None:
        """Notes the id that the service gave the task."""
        # The task is paid for: its result is worth more than the note.
        with _logged(f"the id of the task {task_id}"):
            self.ledger.submitted(self._key, task_id)

    def finish(self) -> None:
        """Notes that the result has come."""
        with _logged("a finished task"):
            self.ledger.finished(self._key)

    def lose(self) -> None:
        """Notes that the service does not know the task that it took."""
        # A result that was there before is old by now: that is no doubt about a submission.
        self._is_lost = self._known is None or not self._known.finished
        if self._is_lost:
            with _logged("a task that the service does not know"):
                self.ledger.lost(self._key)

    def withdraw(self) -> None:
        """Notes that no result will come."""
        with _logged("a task without a result"):
            self.ledger.withdrawn(self._key)


@contextmanager
def _logged(what: str) -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        _log.warning("%s could not be noted: %s", what, error)

"""A task from its submission to its result; the only place that spends money."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from notetext.engines import Request
from notetext.engines.aspose.client import AsposeClient
from notetext.engines.aspose.entry import LedgerEntry
from notetext.engines.aspose.pace import Pace
from notetext.engines.aspose.polling import PollSchedule, completed, looks_at_once
from notetext.engines.aspose.reading import Contents, contents_of
from notetext.engines.aspose.settings import Endpoint
from notetext.engines.aspose.usage import Tally
from notetext.engines.aspose.waiting import Patience, Waiting
from notetext.engines.aspose.wire import TaskBody
from notetext.errors import CancelledError, NoteTextError, TaskFailedError
from notetext.model import Mode

_log = logging.getLogger("notetext")
_PARTING_S = 5.0


class Tasks:
    """Submits tasks and waits for them. Safe to call from several threads.

    Args:
        client: speaks with the service.
        base_url: its address, which tells its tasks from those of another.
        waiting: the clock.
        pace: how many tasks may be under way.
        timeout_s: seconds to wait for a task, from its submission.
    """

    def __init__(
        self,
        client: AsposeClient,
        base_url: str,
        waiting: Waiting,
        pace: Pace,
        timeout_s: float,
    ) -> None:
        self._client = client
        self._base_url = base_url
        self._waiting = waiting
        self._pace = pace
        self._timeout_s = timeout_s
        self._schedules = {endpoint: PollSchedule() for endpoint in Endpoint}

    def result(
        self, endpoint: Endpoint, body: TaskBody, request: Request, tally: Tally
    ) -> Contents:
        """The result of a task, which is submitted unless the ledger knows its id.

        Raises:
            SubmissionUncertainError: nobody knows whether the service took it.
            TaskTimeoutError: the service is not done in time.
            CloudError: another failure of the service.
            StoreError: the ledger cannot be used, so nothing was submitted.
            CancelledError: the caller gave up; the task was deleted.
        """
        patience = Patience(self._waiting, request)
        with self._pace.task(patience):
            if request.ledger is None:
                task_id = self._client.submit(endpoint, body, patience, tally)
                return self._awaited(endpoint, task_id, patience, tally)
            entry = LedgerEntry(request.ledger, self._base_url, endpoint, body)
            contents = self._paid_before(endpoint, entry, patience, tally)
            if contents is None:
                with entry.submission(tally) as note:
                    task_id = self._client.submit(endpoint, body, patience, tally)
                    note(task_id)
                contents = self._awaited(endpoint, task_id, patience, tally, entry)
            entry.finish()
            return contents

    def resume(
        self, endpoint: Endpoint, task_id: str, request: Request | None, tally: Tally
    ) -> Contents:
        """The result of a task that was submitted before, by whatever process.

        Raises:
            TaskFailedError: the service could not do the task, or does not know it.
            TaskTimeoutError: it is still not done.
            CloudError: another failure of the service.
        """
        patience = Patience(self._waiting, request)
        return self._looked_for(endpoint, task_id, looks_at_once(), patience, tally)

    def _paid_before(
        self, endpoint: Endpoint, entry: LedgerEntry, patience: Patience, tally: Tally
    ) -> Contents | None:
        """The result of what another run submitted, or ``None`` if there is none to be had."""
        task_id = entry.task_id()
        if task_id is None:
            return None
        try:
            return self._looked_for(endpoint, task_id, looks_at_once(), patience, tally)
        except TaskFailedError as error:
            _log.debug("submitting again, since %s", error)
            entry.withdraw()
            return None

    def _awaited(
        self,
        endpoint: Endpoint,
        task_id: str,
        patience: Patience,
        tally: Tally,
        entry: LedgerEntry | None = None,
    ) -> Contents:
        """The result of a task that was just submitted."""
        looks = self._schedules[endpoint].looks()
        try:
            return self._looked_for(endpoint, task_id, looks, patience, tally, learn=True)
        except TaskFailedError:
            if entry is not None:
                entry.withdraw()
            raise
        except (CancelledError, KeyboardInterrupt, SystemExit) as given_up:
            if self._deleted(endpoint, task_id, given_up) and entry is not None:
                entry.withdraw()
            raise

    def _looked_for(
        self,
        endpoint: Endpoint,
        task_id: str,
        looks: Iterator[float],
        patience: Patience,
        tally: Tally,
        *,
        learn: bool = False,
    ) -> Contents:
        answer, sample = completed(
            lambda: self._client.look(endpoint, task_id, patience, tally),
            task_id,
            looks,
            patience,
            self._timeout_s,
        )
        if learn:
            self._schedules[endpoint].learn(sample)
        return contents_of(answer, task_id)

    def _deleted(self, endpoint: Endpoint, task_id: str, given_up: BaseException) -> bool:
        """Deletes the task of a caller who gave up; that must not take long, nor hide why."""
        deadline = self._waiting.now() + _PARTING_S
        parting = Request(mode=Mode.PRINTED, languages=(), deadline=deadline)
        try:
            self._client.cancel(endpoint, task_id, Patience(self._waiting, parting))
        except NoteTextError as error:
            given_up.add_note(f"the task {task_id} could not be deleted: {error}")
            return False
        _log.debug("deleted the task %s", task_id)
        return True

"""A task from its submission to its result; the only place that spends money."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Generic

from notetext.engines import Request
from notetext.engines.cloud.announcer import Announcer
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.events import TaskFinished, TaskSubmitted, TaskTakenOver
from notetext.engines.cloud.ledgered_task import LedgeredTask
from notetext.engines.cloud.polling import PollSchedule, completed, times_from_now
from notetext.engines.cloud.rate_limit import RateLimit
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.task_api import ProgressT, ResultT, TaskApi
from notetext.engines.cloud.task_client import TaskClient
from notetext.engines.cloud.transport import SentBody
from notetext.engines.cloud.usage import UsageCounter
from notetext.engines.cloud.waiting import Waiting
from notetext.errors import CancelledError, NoteTextError, TaskFailedError

_log = logging.getLogger("notetext")
_CANCELLING_S = 5.0


class Tasks(Generic[ProgressT, ResultT]):
    """Submits tasks of one kind and waits for them. Safe to call from several threads.

    Args:
        service: whom the errors are about.
        api: what these tasks look like.
        address: where they are submitted; tells them from others in the ledger.
        client: makes the requests.
        waiting: the clock.
        rate_limit: how many tasks may be under way.
        timeout_s: seconds to wait for a task, from its submission.
        announcer: tells what happens; ``None``: in the log alone.
    """

    def __init__(
        self,
        service: Service,
        api: TaskApi[ProgressT, ResultT],
        address: str,
        client: TaskClient,
        waiting: Waiting,
        rate_limit: RateLimit,
        timeout_s: float,
        announcer: Announcer | None = None,
    ) -> None:
        self._service = service
        self._api = api
        self._address = address
        self._client = client
        self._waiting = waiting
        self._rate_limit = rate_limit
        self._timeout_s = timeout_s
        self._announcer = announcer or Announcer(service.engine)
        self._schedule = PollSchedule()

    def result(self, body: SentBody, request: Request, counter: UsageCounter) -> ResultT:
        """The result of a task, which is submitted unless the ledger knows its id.

        Raises:
            SubmissionUncertainError: nobody knows whether the service took it.
            TaskTimeoutError: the service is not done in time.
            CloudError: another failure of the service.
            StoreError: the ledger cannot be used, so nothing was submitted.
            CancelledError: the caller gave up; the task was deleted.
        """
        deadline = Deadline.of(request, self._service.engine, self._waiting, self._announcer)
        with self._rate_limit.task(deadline):
            if request.ledger is None:
                start = deadline.now()
                task_id = self._submitted(body, deadline, counter)
                self._tell_submitted(task_id, start)
                return self._awaited(task_id, deadline, counter)
            ledgered = LedgeredTask(request.ledger, self._service, self._address, body)
            result = self._paid_before(ledgered, deadline, counter)
            if result is None:
                start = deadline.now()
                with ledgered.submission(counter) as note:
                    task_id = self._submitted(body, deadline, counter)
                    note(task_id)
                self._tell_submitted(task_id, start)
                result = self._awaited(task_id, deadline, counter, ledgered)
            ledgered.finish()
            return result

    def resume(self, task_id: str, request: Request | None, counter: UsageCounter) -> ResultT:
        """The result of a task that was submitted before, by whatever process.

        Raises:
            TaskFailedError: the service could not do the task, or does not know it.
            TaskTimeoutError: it is still not done.
            CloudError: another failure of the service.
        """
        engine = self._service.engine
        if request is None:
            deadline = Deadline(engine, self._waiting, announcer=self._announcer)
        else:
            deadline = Deadline.of(request, engine, self._waiting, self._announcer)
        deadline.tell(TaskTakenOver(task_id))
        return self._polled(task_id, times_from_now(), deadline, counter)

    def _submitted(self, body: SentBody, deadline: Deadline, counter: UsageCounter) -> str:
        """Submits a task and gives its id."""
        submission = self._api.submission(body)
        return self._client.submit(submission, self._api.task_id, deadline, counter)

    def _tell_submitted(self, task_id: str, start: float) -> None:
        """Tells that a task is paid for, once its id is noted."""
        self._announcer.tell(TaskSubmitted(task_id, self._waiting.now() - start))

    def _paid_before(
        self, ledgered: LedgeredTask, deadline: Deadline, counter: UsageCounter
    ) -> ResultT | None:
        """The result of what another run submitted, or ``None`` if there is none to be had."""
        task_id = ledgered.task_id()
        if task_id is None:
            return None
        deadline.tell(TaskTakenOver(task_id))
        try:
            return self._polled(task_id, times_from_now(), deadline, counter)
        except TaskFailedError as error:
            _log.debug("submitting again, since %s", error)
            ledgered.withdraw()
            return None

    def _awaited(
        self,
        task_id: str,
        deadline: Deadline,
        counter: UsageCounter,
        ledgered: LedgeredTask | None = None,
    ) -> ResultT:
        """The result of a task that was just submitted."""
        times = self._schedule.times()
        try:
            return self._polled(task_id, times, deadline, counter, learn=True)
        except TaskFailedError:
            if ledgered is not None:
                ledgered.withdraw()
            raise
        except (CancelledError, KeyboardInterrupt, SystemExit) as given_up:
            if self._cancelled(task_id, given_up) and ledgered is not None:
                ledgered.withdraw()
            raise

    def _polled(
        self,
        task_id: str,
        times_s: Iterator[float],
        deadline: Deadline,
        counter: UsageCounter,
        *,
        learn: bool = False,
    ) -> ResultT:
        request = self._api.poll(task_id)
        start = deadline.now()
        try:
            progress, timing = completed(
                lambda within: self._client.poll(
                    request, self._api.progress, task_id, within, counter
                ),
                self._service,
                task_id,
                times_s,
                deadline,
                self._timeout_s,
            )
        except TaskFailedError:
            deadline.tell(TaskFinished(task_id, deadline.now() - start, completed=False))
            raise
        deadline.tell(TaskFinished(task_id, deadline.now() - start, completed=True))
        if learn:
            self._schedule.learn(timing)
        return self._api.result(progress, task_id)

    def _cancelled(self, task_id: str, given_up: BaseException) -> bool:
        """Deletes the task of a caller who gave up; that must not take long, nor hide why."""
        at = self._waiting.now() + _CANCELLING_S
        deadline = Deadline(self._service.engine, self._waiting, at, announcer=self._announcer)
        try:
            self._client.cancel(self._api.cancellation(task_id), task_id, deadline)
        except NoteTextError as error:
            given_up.add_note(f"the task {task_id} could not be deleted: {error}")
            return False
        _log.debug("deleted the task %s", task_id)
        return True

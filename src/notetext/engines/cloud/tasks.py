"""A task from its submission to its result; the only place that spends money."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Generic

from notetext.engines import Request
from notetext.engines.cloud.announcer import Announcer
from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.events import TaskFinished, TaskSubmitted, TaskTakenOver
from notetext.engines.cloud.ledgered_task import LedgeredTask
from notetext.engines.cloud.polling import PollSchedule, completed, times_from_now
from notetext.engines.cloud.rate_limit import RateLimit
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.task_api import ProgressT, ResultT, TaskApi, UnknownTaskError
from notetext.engines.cloud.task_client import TaskClient
from notetext.engines.cloud.transport import SentBody
from notetext.engines.cloud.uninterrupted import AnyCancel, uninterrupted
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

        Whoever gives up meanwhile loses nothing that is noted: a submitted task stays at the
        service and in the ledger, and the next one who wants it fetches its result. Without a
        ledger nobody could, and the task is deleted.

        Raises:
            SubmissionUncertainError: nobody knows whether the service took it.
            TaskTimeoutError: the service, or another process that has the task, is not done in
                time.
            CloudError: another failure of the service.
            StoreError: the ledger cannot be used, so nothing was submitted.
            CancelledError: the caller gave up.
        """
        try:
            return self._result(body, request, counter)
        except UnknownTaskError as error:
            failure = error.as_failure()
        raise failure

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
        try:
            return self._polled(task_id, times_from_now(), deadline, counter)
        except UnknownTaskError as error:
            failure = error.as_failure()
        raise failure

    def cancel(self, task_id: str) -> None:
        """Deletes a task at the service.

        Raises:
            CloudError: the service failed.
            EngineUnavailableError: it cannot be reached.
        """
        deadline = Deadline(self._service.engine, self._waiting, announcer=self._announcer)
        self._client.cancel(self._api.cancellation(task_id), task_id, deadline)

    def _result(self, body: SentBody, request: Request, counter: UsageCounter) -> ResultT:
        deadline = Deadline.of(request, self._service.engine, self._waiting, self._announcer)
        if request.ledger is None:
            with self._rate_limit.task(deadline):
                return self._forgetful(body, request, deadline, counter)
        ledgered = LedgeredTask(request.ledger, self._service, self._address, body)
        while True:
            # Not in a place under the rate limit, which others could use.
            ledgered.wait_for_others(deadline, self._timeout_s)
            with self._rate_limit.task(deadline), ledgered.claimed() as mine:
                if mine:
                    return self._noted(body, request, deadline, counter, ledgered)

    def _noted(
        self,
        body: SentBody,
        request: Request,
        deadline: Deadline,
        counter: UsageCounter,
        ledgered: LedgeredTask,
    ) -> ResultT:
        """The result of a task that the ledger notes, and may have noted before."""
        task_id = ledgered.task_id
        if task_id is not None:
            deadline.tell(TaskTakenOver(task_id))
            try:
                result = self._polled(task_id, times_from_now(), deadline, counter)
            except UnknownTaskError as error:
                _log.info("perhaps submitting again, since %s", error)
                ledgered.lose()
            except TaskFailedError as error:
                _log.info("submitting again, since %s", error)
            else:
                ledgered.finish()
                return result
        with ledgered.submission(counter):
            task_id = self._submitted(body, request, counter, ledgered.submitted)
        try:
            result = self._polled(task_id, self._schedule.times(), deadline, counter, learn=True)
        except UnknownTaskError:
            counter.uncertain += 1
            ledgered.lose()
            raise
        except TaskFailedError:
            ledgered.withdraw()
            raise
        ledgered.finish()
        return result

    def _forgetful(
        self, body: SentBody, request: Request, deadline: Deadline, counter: UsageCounter
    ) -> ResultT:
        """The result of a task that nobody notes."""
        task_ids: list[str] = []
        try:
            task_id = self._submitted(body, request, counter, task_ids.append)
            return self._polled(task_id, self._schedule.times(), deadline, counter, learn=True)
        except UnknownTaskError:
            counter.uncertain += 1
            raise
        except (CancelledError, KeyboardInterrupt, SystemExit) as given_up:
            for task_id in task_ids:
                self._delete(task_id, given_up)
            raise

    def _submitted(
        self,
        body: SentBody,
        request: Request,
        counter: UsageCounter,
        note: Callable[[str], None],
    ) -> str:
        """Submits a task and gives its id, which is noted whatever interrupts the caller."""
        submission = self._api.submission(body)
        cancel = AnyCancel(request.cancel)
        until = Deadline.of(
            replace(request, cancel=cancel), self._service.engine, self._waiting, self._announcer
        )
        start = until.now()

        def submit() -> str:
            task_id = self._client.submit(
                submission, self._api.task_id, until, counter, request.ledger
            )
            note(task_id)
            return task_id

        task_id = uninterrupted(submit, cancel)
        # Told once its id is noted.
        until.tell(TaskSubmitted(task_id, until.now() - start))
        return task_id

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

    def _delete(self, task_id: str, given_up: BaseException) -> None:
        """Deletes the task of a caller who gave up; that must not take long, nor hide why."""
        at = self._waiting.now() + _CANCELLING_S
        deadline = Deadline(self._service.engine, self._waiting, at, announcer=self._announcer)
        try:
            self._client.cancel(self._api.cancellation(task_id), task_id, deadline)
        except NoteTextError as error:
            given_up.add_note(f"the task {task_id} could not be deleted: {error}")
        else:
            _log.debug("deleted the task %s", task_id)

"""When to poll a task: seldom, since a poll may be charged, and yet in time."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.events import WaitFor
from notetext.engines.cloud.service import Service
from notetext.engines.cloud.task_api import Progress, ProgressT, TaskState, UnknownTaskError
from notetext.errors import EngineTimeoutError, TaskFailedError, TaskTimeoutError

_FIRST_POLL_S = 1.0
_GROWTH = 1.25
_LEAST_GAP_S = 0.1
_LONGEST_GAP_S = 10.0
_MOST_TIMES = 3
_LEARNING_TASKS = 10
_REMEMBERED = 32
_JITTER = 1.05
_AFTER_A_NEAR_MISS = 1.1
_PATIENCE_S = (1.0, 3.0, 9.0)
"""When a task that the service does not know is asked for again, each after the last."""


@dataclass(frozen=True, slots=True)
class TaskTiming:
    """When one task was completed, in seconds after its submission: between two polls.

    Attributes:
        missed: the last poll that came too early; 0 if there was none.
        ready: the poll that found the task completed.
    """

    missed: float
    ready: float


class PollSchedule:
    """Learns from the tasks before when to poll the next; safe to call from several threads.

    The first ten tasks are polled after 1 s, and each next time a quarter later. Each task was
    completed between two polls, and the few times that lie in all those intervals, at most three,
    are when the next tasks are polled; behind the last it goes on as before. Where it cannot
    tell how much too late such a time is, it polls a little earlier as well, until it can. If
    there is more than one time, every 32nd task is polled as in the beginning: others may have
    come up between.

    >>> import itertools
    >>> from notetext.engines.cloud.polling import PollSchedule, TaskTiming
    >>> schedule = PollSchedule()
    >>> [round(seconds, 2) for seconds in itertools.islice(schedule.times(), 4)]
    [1.0, 1.25, 1.56, 1.95]
    >>> for _ in range(10):
    ...     schedule.learn(TaskTiming(missed=19.5, ready=20.0))
    >>> [round(seconds, 2) for seconds in itertools.islice(schedule.times(), 3)]
    [20.0, 22.0, 27.5]
    """

    def __init__(self) -> None:
        self._timings: deque[TaskTiming] = deque(maxlen=_REMEMBERED)
        self._tasks = 0
        self._lock = threading.Lock()

    def learn(self, timing: TaskTiming) -> None:
        """Takes note of a task that was completed."""
        with self._lock:
            self._timings.append(timing)
            self._tasks += 1

    def times(self) -> Iterator[float]:
        """When to poll, in seconds after the submission; without end."""
        with self._lock:
            times = _common_times(self._timings)
            again = len(times) > 1 and self._tasks % _REMEMBERED == 0
            if self._tasks < _LEARNING_TASKS or again:
                times = []
        last, exploring = 0.0, True
        for time in times:
            earlier = (max(time.missed, time.ready / 2) * time.ready) ** 0.5
            if exploring and last < earlier and time.missed * _JITTER < time.ready:
                exploring = False
                yield earlier
            last = time.ready
            yield last
        last = last * _AFTER_A_NEAR_MISS if times else _FIRST_POLL_S
        while True:
            yield last
            last += min(_LONGEST_GAP_S, max(_LEAST_GAP_S, last * (_GROWTH - 1)))


def _common_times(timings: Iterable[TaskTiming]) -> list[TaskTiming]:
    """The few times that lie in all the intervals, each with the latest miss before it."""
    groups: list[list[TaskTiming]] = []
    for timing in sorted(timings, key=lambda timing: timing.ready):
        if groups and timing.missed < groups[-1][0].ready:
            groups[-1].append(timing)
        else:
            groups.append([timing])
    times = [
        TaskTiming(
            missed=max(timing.missed for timing in group),
            # A little later than the earliest, as far as others were found only a little later.
            ready=max(t.ready for t in group if t.ready <= group[0].ready * _JITTER),
        )
        for group in groups
    ]
    while len(times) > _MOST_TIMES:
        gaps = [after.ready / before.ready for before, after in itertools.pairwise(times)]
        del times[gaps.index(min(gaps))]
    return times


def completed(
    poll: Callable[[Deadline], ProgressT],
    service: Service,
    task_id: str,
    times_s: Iterator[float],
    deadline: Deadline,
    timeout_s: float,
) -> tuple[ProgressT, TaskTiming]:
    """Polls a task until it is completed.

    Args:
        poll: asks the service, which must not take longer than the deadline it is given.
        service: whom the errors are about.
        task_id: for the errors.
        times_s: when to poll, in seconds from now.
        deadline: the caller's.
        timeout_s: how long to go on.

    Returns:
        The progress that brought the result, and what can be learnt from it.

    Raises:
        TaskTimeoutError: it was not completed in time.
        TaskFailedError: the service could not do it.
        UnknownTaskError: the service does not know it, however often it is asked.
        CancelledError: the caller gave up.
    """
    start = deadline.now()
    end = start + min(timeout_s, deadline.remaining_s())
    within = deadline.before(end)
    missed, status = 0.0, ""
    patience = iter(_PATIENCE_S)
    for time_s in times_s:
        # A last poll at the end: the result is paid for.
        deadline.sleep(min(start + time_s, end) - deadline.now(), WaitFor.TASK, task_id)
        try:
            progress = _known(lambda: poll(within), service, task_id, patience, deadline, end)
        except EngineTimeoutError:  # It has waited for its token or its turn until now.
            break
        if progress is None:
            status = "unknown"
            break
        status = progress.task_status
        if progress.state is TaskState.COMPLETED:
            return progress, TaskTiming(missed, time_s)
        if progress.state is not TaskState.UNDER_WAY:
            raise _failure(progress, service, task_id)
        missed = time_s
        if deadline.now() >= end:
            break
    raise TaskTimeoutError(
        f"the task {task_id} was not completed within {deadline.now() - start:.0f} s (its status "
        f"is {status!r}); it goes on there for up to {service.results_kept_h} hours: "
        + service.resuming(task_id),
        engine=service.engine,
        task_id=task_id,
    )


def _known(
    poll: Callable[[], ProgressT],
    service: Service,
    task_id: str,
    patience_s: Iterator[float],
    deadline: Deadline,
    end: float,
) -> ProgressT | None:
    """What a poll brings, made again while the service does not know the task.

    It may not know it yet, or one of its machines may not; what is given up too early is paid
    twice.

    Returns:
        The progress; ``None`` if the time is up before patience is.

    Raises:
        UnknownTaskError: patience is at its end.
    """
    while True:
        try:
            progress = poll()
            if progress.state is not TaskState.UNKNOWN:
                return progress
            said = f"its status is {progress.task_status!r}"
            unknown = UnknownTaskError.of(service, task_id, said)
        except UnknownTaskError as error:
            unknown = error
        wait_s = next(patience_s, None)
        if wait_s is None:
            raise unknown
        if deadline.now() + wait_s > end:
            return None
        deadline.sleep(wait_s, WaitFor.TASK, task_id)


def _failure(progress: Progress, service: Service, task_id: str) -> TaskFailedError:
    reason = "; ".join(progress.notices) or "no reason given"
    return TaskFailedError(
        f"the task {task_id}: the service could not do it: {reason}",
        engine=service.engine,
        task_id=task_id,
        messages=progress.notices,
    )


def times_from_now() -> Iterator[float]:
    """When to poll a task of unknown age: now, and then as if nothing had been learnt."""
    return itertools.chain([0.0], PollSchedule().times())

"""When to look at a task: seldom, since a look may be charged, and yet in time."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NoReturn

from notetext.engines.aspose.waiting import Patience
from notetext.engines.aspose.wire import TaskAnswer, TaskStatus
from notetext.errors import TaskFailedError, TaskTimeoutError

_FIRST_LOOK_S = 1.0
_GROWTH = 1.25
_LEAST_GAP_S = 0.1
_LONGEST_GAP_S = 10.0
_MOST_TIMES = 3
_TEACHERS = 10
_REMEMBERED = 32
_JITTER = 1.05
_AFTER_A_NEAR_MISS = 1.1


@dataclass(frozen=True, slots=True)
class Sample:
    """What one task taught, in seconds after its submission.

    Attributes:
        missed: the last look that came too early; 0 if there was none.
        ready: the look that found the task completed.
    """

    missed: float
    ready: float


class PollSchedule:
    """Learns from the tasks before when to look at the next; safe to call from several threads.

    For the first ten tasks it looks after 1 s, and each next time a quarter later. Each task was
    completed between two looks, and the few times that lie in all those intervals, at most three,
    are when it looks at the next tasks; behind the last it goes on as before. Where it cannot
    tell how much too late such a time is, it looks a little earlier as well, until it can. If
    there is more than one time, every 32nd task is looked at as in the beginning: others may have
    come up between.

    >>> schedule = PollSchedule()
    >>> [round(seconds, 2) for seconds in itertools.islice(schedule.looks(), 4)]
    [1.0, 1.25, 1.56, 1.95]
    >>> for _ in range(10):
    ...     schedule.learn(Sample(missed=19.5, ready=20.0))
    >>> [round(seconds, 2) for seconds in itertools.islice(schedule.looks(), 3)]
    [20.0, 22.0, 27.5]
    """

    def __init__(self) -> None:
        self._samples: deque[Sample] = deque(maxlen=_REMEMBERED)
        self._taught = 0
        self._lock = threading.Lock()

    def learn(self, sample: Sample) -> None:
        """Takes note of a task that was completed."""
        with self._lock:
            self._samples.append(sample)
            self._taught += 1

    def looks(self) -> Iterator[float]:
        """When to look, in seconds after the submission; without end."""
        with self._lock:
            times = _common_times(self._samples)
            again = len(times) > 1 and self._taught % _REMEMBERED == 0
            if self._taught < _TEACHERS or again:
                times = []
        last, exploring = 0.0, True
        for time in times:
            earlier = (max(time.missed, time.ready / 2) * time.ready) ** 0.5
            if exploring and last < earlier and time.missed * _JITTER < time.ready:
                exploring = False
                yield earlier
            last = time.ready
            yield last
        last = last * _AFTER_A_NEAR_MISS if times else _FIRST_LOOK_S
        while True:
            yield last
            last += min(_LONGEST_GAP_S, max(_LEAST_GAP_S, last * (_GROWTH - 1)))


def _common_times(samples: Iterable[Sample]) -> list[Sample]:
    """The few times that lie in all the intervals, each with the latest miss before it."""
    groups: list[list[Sample]] = []
    for sample in sorted(samples, key=lambda sample: sample.ready):
        if groups and sample.missed < groups[-1][0].ready:
            groups[-1].append(sample)
        else:
            groups.append([sample])
    times = [
        Sample(
            missed=max(sample.missed for sample in group),
            # A little later than the earliest, as far as others were found only a little later.
            ready=max(s.ready for s in group if s.ready <= group[0].ready * _JITTER),
        )
        for group in groups
    ]
    while len(times) > _MOST_TIMES:
        gaps = [after.ready / before.ready for before, after in itertools.pairwise(times)]
        del times[gaps.index(min(gaps))]
    return times


def completed(
    look: Callable[[], TaskAnswer],
    task_id: str,
    looks_s: Iterator[float],
    patience: Patience,
    timeout_s: float,
) -> tuple[TaskAnswer, Sample]:
    """Looks at a task until it is completed.

    Args:
        look: asks the service.
        task_id: for the errors.
        looks_s: when to look, in seconds from now.
        patience: the caller's.
        timeout_s: how long to go on.

    Returns:
        The answer with the results, and what can be learnt from it.

    Raises:
        TaskTimeoutError: it was not completed in time.
        TaskFailedError: the service could not do it, or does not know it.
        CancelledError: the caller gave up.
    """
    start = patience.now()
    end = start + min(timeout_s, patience.remaining_s())
    missed, status = 0.0, ""
    for look_s in looks_s:
        if start + look_s > end:
            # A last look at the end: the result is paid for.
            patience.sleep(end - patience.now())
        else:
            patience.sleep(start + look_s - patience.now())
        answer = look()
        status = answer.task_status
        if answer.status is TaskStatus.COMPLETED or (answer.status is None and answer.results):
            return answer, Sample(missed, look_s)
        if answer.status in {TaskStatus.ERROR, TaskStatus.NOT_EXIST}:
            _fail(answer, task_id)
        missed = look_s
        if patience.now() >= end:
            break
    raise TaskTimeoutError(
        f"the task {task_id} was not completed within {patience.now() - start:.0f} s (its status "
        f"is {status!r}); it goes on there for up to 24 hours: engine.resume({task_id!r})",
        engine="aspose",
        task_id=task_id,
    )


def _fail(answer: TaskAnswer, task_id: str) -> NoReturn:
    if answer.status is TaskStatus.NOT_EXIST:
        reason = "does not know it: it was deleted, or is older than 24 hours"
    else:
        reason = "could not do it: " + ("; ".join(answer.notices) or "no reason given")
    raise TaskFailedError(
        f"the task {task_id}: the service {reason}",
        engine="aspose",
        task_id=task_id,
        messages=answer.notices,
    )


def looks_at_once() -> Iterator[float]:
    """When to look at a task of unknown age: now, and then as if nothing had been learnt."""
    return itertools.chain([0.0], PollSchedule().looks())

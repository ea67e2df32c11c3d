"""When to look at a task: seldom, since a look may be charged, and yet in time."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from notetext.engines.aspose.waiting import Patience
from notetext.engines.aspose.wire import TaskAnswer, TaskStatus
from notetext.errors import TaskFailedError, TaskTimeoutError

_FIRST_LOOK_S = 1.0
_GROWTH = 1.25
_LONGEST_GAP_S = 10.0
_LEAST_GAP_S = 0.1
_LOOKS = 3
_REMEMBERED = 32
_SURE = 0.95


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

    Nobody has taught it anything: it looks after 1 s, and each next time a quarter later. Then it
    covers the times that the last tasks took with three looks, as closely as three can, and goes
    on as before behind the last. Where it does not know how much too late a look is, it looks a
    little earlier for once.

    >>> schedule = PollSchedule()
    >>> [round(seconds, 2) for seconds in itertools.islice(schedule.looks(), 4)]
    [1.0, 1.25, 1.56, 1.95]
    >>> for _ in range(10):
    ...     schedule.learn(Sample(missed=19.5, ready=20.0))
    >>> [round(seconds, 2) for seconds in itertools.islice(schedule.looks(), 2)]
    [20.0, 25.0]
    """

    def __init__(self) -> None:
        self._samples: deque[Sample] = deque(maxlen=_REMEMBERED)
        self._lock = threading.Lock()

    def learn(self, sample: Sample) -> None:
        """Takes note of a task that was completed."""
        with self._lock:
            self._samples.append(sample)

    def looks(self) -> Iterator[float]:
        """When to look, in seconds after the submission; without end."""
        with self._lock:
            samples = sorted(self._samples, key=lambda sample: sample.ready)
        last = 0.0
        groups = _groups(samples)
        probed = False
        for group in groups:
            latest = group[-1].ready
            early = max(max(sample.missed for sample in group), latest * 0.8)
            if not probed and early < latest * _SURE:
                yield (early * latest) ** 0.5
                probed = True
            yield latest
            last = latest
        if not groups:
            last = _FIRST_LOOK_S
            yield last
        while True:
            last += min(_LONGEST_GAP_S, max(_LEAST_GAP_S, last * (_GROWTH - 1)))
            yield last


def _groups(samples: Sequence[Sample]) -> list[list[Sample]]:
    """Splits samples, sorted by when they were ready, into few groups that are each narrow."""
    for width in (1.05, 1.1, 1.15, 1.2, 1.3, 1.5, 2.0):
        groups: list[list[Sample]] = []
        for sample in samples:
            if groups and sample.ready <= groups[-1][0].ready * width:
                groups[-1].append(sample)
            else:
                groups.append([sample])
        if len(groups) <= _LOOKS:
            return groups
    # Too wide spread for that; the shortest, the middle and the longest will do.
    third = -(-len(samples) // _LOOKS)
    return [list(samples[start : start + third]) for start in range(0, len(samples), third)]


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


# For a task that somebody else submitted: now, and then as if nothing had been learnt.
def looks_at_once() -> Iterator[float]:
    """When to look at a task of unknown age, in seconds from now."""
    return itertools.chain([0.0], PollSchedule().looks())

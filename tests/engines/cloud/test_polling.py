"""Learning when to poll."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parrot import PARROT, Said

from notetext.engines.cloud.deadline import Deadline
from notetext.engines.cloud.polling import PollSchedule, TaskTiming, completed, times_from_now
from notetext.errors import TaskFailedError, TaskTimeoutError
from notetext.testing import NoWaiting


def watch(schedule: PollSchedule, ready_s: float) -> tuple[float, int]:
    """When a task is found ready, and after how many polls; the schedule learns from it."""
    missed = 0.0
    for count, poll_s in enumerate(schedule.times(), 1):
        if poll_s >= ready_s:
            schedule.learn(TaskTiming(missed, poll_s))
            return poll_s, count
        missed = poll_s
    raise AssertionError("the polls end")


@pytest.mark.parametrize("ready_s", [0.7, 1.0, 1.7, 5.0, 20.0, 90.0])
def test_after_ten_tasks_the_next_are_found_in_time_by_few_polls(ready_s: float) -> None:
    schedule = PollSchedule()
    for _ in range(10):
        watch(schedule, ready_s)
    for _ in range(50):
        found_s, polls = watch(schedule, ready_s)
        assert found_s - ready_s <= 0.3 + 0.25 * ready_s
        assert polls <= 4


def test_what_it_polls_seldom_it_finds_ever_closer() -> None:
    schedule = PollSchedule()
    for _ in range(30):
        found_s, polls = watch(schedule, 5.0)
    assert found_s <= 5.3
    assert polls == 1


def test_a_mixture_of_short_and_long_tasks_is_covered_as_well() -> None:
    schedule, chance = PollSchedule(), random.Random(1)
    for ready_s in (1.0, 5.0, 20.0, 5.0, 5.0, 20.0, 1.0, 1.0, 20.0, 5.0):
        watch(schedule, ready_s)
    counts = []
    for _ in range(100):
        ready_s = chance.choice([1.0, 5.0, 20.0])
        found_s, polls = watch(schedule, ready_s)
        assert found_s - ready_s <= 0.3 + 0.25 * ready_s
        counts.append(polls)
    assert sum(polls <= 4 for polls in counts) >= 95


@pytest.mark.parametrize("typical_s", [1.0, 4.0])
def test_tasks_that_vary_are_found_in_time_on_the_average(typical_s: float) -> None:
    schedule, chance = PollSchedule(), random.Random(2)
    late = polls = 0.0
    for number in range(210):
        ready_s = typical_s * chance.uniform(0.8, 1.2)
        found_s, count = watch(schedule, ready_s)
        if number >= 10:
            late += (found_s - ready_s) / ready_s / 200
            polls += count / 200
    assert late <= 0.15
    assert polls <= 4


def test_a_service_that_becomes_faster_or_slower_is_followed() -> None:
    schedule = PollSchedule()
    for ready_s in (4.0, 1.0, 12.0):
        for _ in range(60):
            found_s, polls = watch(schedule, ready_s)
        assert found_s - ready_s <= 0.3 + 0.25 * ready_s
        assert polls <= 4


def first_times(schedule: PollSchedule) -> list[float]:
    return list(itertools.islice(schedule.times(), 5))


def test_ten_tasks_are_polled_as_if_nothing_had_been_learnt() -> None:
    schedule = PollSchedule()
    beginning = first_times(schedule)
    for _ in range(10):
        assert first_times(schedule) == beginning
        schedule.learn(TaskTiming(missed=19.5, ready=20.0))
    assert first_times(schedule)[0] == 20.0


def test_where_there_are_two_times_every_32nd_task_is_polled_as_in_the_beginning() -> None:
    schedule = PollSchedule()
    beginning = first_times(schedule)
    for number in range(1, 100):
        schedule.learn(TaskTiming(0.98, 1.0) if number % 2 else TaskTiming(19.5, 20.0))
        if number >= 10:
            assert (first_times(schedule) == beginning) == (number % 32 == 0)


def polled(
    *states: str, every_s: float = 2.0, clock: NoWaiting | None = None
) -> tuple[Said, TaskTiming]:
    """Polls a task that goes through these states."""
    said = iter(states)
    return completed(
        lambda within: Said(next(said), "too loud"),
        PARROT,
        "7",
        itertools.count(every_s, every_s),
        Deadline("parrot", clock or NoWaiting()),
        timeout_s=60,
    )


@pytest.mark.parametrize(
    ("pending", "timing"), [(0, TaskTiming(0.0, 2.0)), (2, TaskTiming(4.0, 6.0))]
)
def test_what_is_learnt_of_a_task_is_its_last_miss_and_its_find(
    pending: int, timing: TaskTiming
) -> None:
    progress, learnt = polled(*["listening"] * pending, "said")
    assert progress.task_status == "said"
    assert learnt == timing


def test_a_failed_and_an_unknown_task_are_told_apart() -> None:
    with pytest.raises(TaskFailedError, match="could not do it: too loud") as failed:
        polled("dumb")
    assert (failed.value.messages, failed.value.task_id) == (("too loud",), "7")
    with pytest.raises(TaskFailedError, match="deleted, or is older than 2 hours"):
        polled("listening", *["flown"] * 4)


def test_a_last_poll_is_made_at_the_end_and_then_the_way_back_is_told() -> None:
    clock = NoWaiting()
    with pytest.raises(TaskTimeoutError) as caught:
        polled(*["asleep"] * 9, every_s=25.0, clock=clock)
    assert clock.waits == pytest.approx([25, 25, 10], abs=1)
    assert caught.value.message == (
        "the task 7 was not completed within 60 s (its status is 'asleep'); it goes on there for "
        "up to 2 hours: engine.resume('7')"
    )


def test_a_task_of_unknown_age_is_polled_now() -> None:
    assert list(itertools.islice(times_from_now(), 3)) == [0.0, 1.0, 1.25]


@given(st.lists(st.tuples(st.floats(0, 0.99), st.floats(0.001, 1000)), max_size=40))
def test_times_always_move_on(taught: list[tuple[float, float]]) -> None:
    schedule = PollSchedule()
    for share, ready in taught:
        schedule.learn(TaskTiming(share * ready, ready))
    times = list(itertools.islice(schedule.times(), 30))
    assert all(before < after for before, after in itertools.pairwise(times))
    assert all(time > 0 for time in times)

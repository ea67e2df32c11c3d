"""Learning when to look."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.engines.aspose.polling import PollSchedule, Sample, completed
from notetext.engines.aspose.waiting import Patience
from notetext.engines.aspose.wire import TaskAnswer
from notetext.testing import NoWaiting


def watch(schedule: PollSchedule, ready_s: float) -> tuple[float, int]:
    """When a task is found ready, and after how many looks; the schedule learns from it."""
    missed = 0.0
    for count, look_s in enumerate(schedule.looks(), 1):
        if look_s >= ready_s:
            schedule.learn(Sample(missed, look_s))
            return look_s, count
        missed = look_s
    raise AssertionError("the looks end")


@pytest.mark.parametrize("ready_s", [0.7, 1.0, 1.7, 5.0, 20.0, 90.0])
def test_after_ten_tasks_the_next_are_found_in_time_by_few_looks(ready_s: float) -> None:
    schedule = PollSchedule()
    for _ in range(10):
        watch(schedule, ready_s)
    for _ in range(50):
        found_s, looks = watch(schedule, ready_s)
        assert found_s - ready_s <= 0.3 + 0.25 * ready_s
        assert looks <= 4


def test_what_it_looks_at_seldom_it_finds_ever_closer() -> None:
    schedule = PollSchedule()
    for _ in range(30):
        found_s, looks = watch(schedule, 5.0)
    assert found_s <= 5.3
    assert looks == 1


def test_a_mixture_of_short_and_long_tasks_is_covered_as_well() -> None:
    schedule, chance = PollSchedule(), random.Random(1)
    for ready_s in (1.0, 5.0, 20.0, 5.0, 5.0, 20.0, 1.0, 1.0, 20.0, 5.0):
        watch(schedule, ready_s)
    counts = []
    for _ in range(100):
        ready_s = chance.choice([1.0, 5.0, 20.0])
        found_s, looks = watch(schedule, ready_s)
        assert found_s - ready_s <= 0.3 + 0.25 * ready_s
        counts.append(looks)
    assert sum(looks <= 4 for looks in counts) >= 95


@pytest.mark.parametrize("typical_s", [1.0, 4.0])
def test_tasks_that_vary_are_found_in_time_on_the_average(typical_s: float) -> None:
    schedule, chance = PollSchedule(), random.Random(2)
    late = looks = 0.0
    for number in range(210):
        ready_s = typical_s * chance.uniform(0.8, 1.2)
        found_s, count = watch(schedule, ready_s)
        if number >= 10:
            late += (found_s - ready_s) / ready_s / 200
            looks += count / 200
    assert late <= 0.15
    assert looks <= 4


def test_a_service_that_becomes_faster_or_slower_is_followed() -> None:
    schedule = PollSchedule()
    for ready_s in (4.0, 1.0, 12.0):
        for _ in range(60):
            found_s, looks = watch(schedule, ready_s)
        assert found_s - ready_s <= 0.3 + 0.25 * ready_s
        assert looks <= 4


def first_looks(schedule: PollSchedule) -> list[float]:
    return list(itertools.islice(schedule.looks(), 5))


def test_ten_tasks_are_looked_at_as_if_nothing_had_been_learnt() -> None:
    schedule = PollSchedule()
    beginning = first_looks(schedule)
    for _ in range(10):
        assert first_looks(schedule) == beginning
        schedule.learn(Sample(missed=19.5, ready=20.0))
    assert first_looks(schedule)[0] == 20.0


def test_where_there_are_two_times_every_32nd_task_is_looked_at_as_in_the_beginning() -> None:
    schedule = PollSchedule()
    beginning = first_looks(schedule)
    for number in range(1, 100):
        schedule.learn(Sample(0.98, 1.0) if number % 2 else Sample(19.5, 20.0))
        if number >= 10:
            assert (first_looks(schedule) == beginning) == (number % 32 == 0)


@pytest.mark.parametrize(("pending", "sample"), [(0, Sample(0.0, 2.0)), (2, Sample(4.0, 6.0))])
def test_what_is_learnt_of_a_task_is_its_last_miss_and_its_find(
    pending: int, sample: Sample
) -> None:
    statuses = iter(["Pending"] * pending + ["Completed"])
    clock = NoWaiting()
    answer, learnt = completed(
        lambda: TaskAnswer.model_validate({"id": "7", "taskStatus": next(statuses)}),
        "7",
        itertools.count(2.0, 2.0),
        Patience(clock),
        timeout_s=60,
    )
    assert answer.task_status == "Completed"
    assert learnt == sample


def test_results_make_an_unknown_status_completed_and_no_known_one() -> None:
    results = [{"type": "Text", "data": "aGk="}]
    statuses = iter(["Pending", "Resting"])
    answer, learnt = completed(
        lambda: TaskAnswer.model_validate({"taskStatus": next(statuses), "results": results}),
        "7",
        itertools.count(1.0, 1.0),
        Patience(NoWaiting()),
        timeout_s=60,
    )
    assert (answer.task_status, learnt) == ("Resting", Sample(1.0, 2.0))


@given(st.lists(st.tuples(st.floats(0, 0.99), st.floats(0.001, 1000)), max_size=40))
def test_looks_always_move_on(taught: list[tuple[float, float]]) -> None:
    schedule = PollSchedule()
    for share, ready in taught:
        schedule.learn(Sample(share * ready, ready))
    looks = list(itertools.islice(schedule.looks(), 30))
    assert all(before < after for before, after in itertools.pairwise(looks))
    assert all(look > 0 for look in looks)

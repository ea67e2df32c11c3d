"""What was asked of a paid service, and how much may be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from notetext.engines.cloud.usage import SubmissionBudget, counted_usage
from notetext.errors import QuotaError, ServerError
from notetext.model import Usage


def test_an_error_tells_what_was_spent_before_it() -> None:
    def spend() -> None:
        with counted_usage() as counter:
            counter.submissions += 1
            counter.polls += 2
            counter.uncertain += 1
            raise ServerError("it broke", engine="parrot")

    with pytest.raises(ServerError) as caught:
        spend()
    assert caught.value.usage == Usage(submissions=1, looks=2, uncertain=1)


def test_a_budget_is_spent_once_by_all_threads_together() -> None:
    budget = SubmissionBudget("parrot", 3)

    def take(_: int) -> str:
        try:
            budget.take()
        except QuotaError as error:
            return error.message
        return ""

    with ThreadPoolExecutor(4) as pool:
        refused = [said for said in pool.map(take, range(8)) if said]
    assert refused == ["max_submissions=3 tasks were submitted; raise it to go on"] * 5
    budget.give_back()
    budget.take()


def test_a_budget_without_a_limit_never_ends() -> None:
    budget = SubmissionBudget("parrot", None)
    for _ in range(1000):
        budget.take()

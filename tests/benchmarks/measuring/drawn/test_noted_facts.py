from __future__ import annotations

import re

import numpy as np
import pytest
from measuring.drawn.noted_facts import KINDS, bill, fact_list


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_dice_give_the_same_facts(kind: str) -> None:
    first, second, other = (
        fact_list(np.random.default_rng(seed), kind, 6, "$") for seed in (1, 1, 2)
    )
    assert first == second
    assert first != other
    assert all(re.search(r"\d|@|www", fact) for fact in first if kind != "dates")


def test_a_bill_adds_up() -> None:
    *rows, (_, total) = bill(np.random.default_rng(3), "£", 7)
    assert len(rows) == 7
    assert total == f"£{sum(float(price) for _, price in rows):.2f}"


def test_reckonings_are_right() -> None:
    sums = fact_list(np.random.default_rng(4), "sums", 200, "$")
    reckonings = [re.fullmatch(r"(\d+) \+ (\d+) = (\d+)", line) for line in sums]
    found = [[int(part) for part in match.groups()] for match in reckonings if match]
    assert found
    assert all(first + second == result for first, second, result in found)

"""How much may be submitted, as callers say it."""

from __future__ import annotations

import pickle

import pytest

from notetext.engines import Budget, BudgetPeriod
from notetext.errors import ConfigurationError


def test_strings_are_welcome() -> None:
    assert Budget(3) == Budget(3, per="run")
    assert Budget(3, per="Day").period is BudgetPeriod.DAY
    assert pickle.loads(pickle.dumps(Budget(3, per="store"))) == Budget(3, BudgetPeriod.STORE)


def test_what_is_no_budget_is_told() -> None:
    with pytest.raises(ConfigurationError, match="-1 pages"):
        Budget(-1)
    with pytest.raises(ConfigurationError, match="'run', 'store', 'day'"):
        Budget(3, per="week")

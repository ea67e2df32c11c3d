"""Limits: what they are if nobody says, and what can be none."""

from __future__ import annotations

import pickle

import pytest
from pydantic import ValidationError

from notetext import Limits
from notetext.errors import ConfigurationError


@pytest.mark.parametrize("name", sorted(Limits.model_fields))
def test_a_limit_is_a_number_above_zero(name: str) -> None:
    assert getattr(Limits.model_validate({name: 1}), name) == 1
    for wrong in (0, -1, "many"):
        with pytest.raises(ValidationError, match=name):
            Limits.model_validate({name: wrong})


def test_a_limit_that_there_is_not_is_told_and_not_ignored() -> None:
    with pytest.raises(ConfigurationError, match="max_page"):
        Limits(max_page=3)  # type: ignore[call-arg]


def test_limits_do_not_change_and_are_the_same_in_another_process() -> None:
    limits = Limits(max_pages=20, timeout_s=1.5)
    with pytest.raises(ValidationError):
        limits.max_pages = 30
    assert pickle.loads(pickle.dumps(limits)) == limits
    assert limits != Limits()

"""What an engine is made of fits together, or is refused with what to do."""

from __future__ import annotations

import pytest

from notetext.engines import Budget
from notetext.engines.aspose import AsposeEngine, RecognizeImageSettings
from notetext.engines.aspose.options import budget_of, with_true_boxes
from notetext.errors import ConfigurationError


def test_a_number_of_submissions_is_short_for_a_budget() -> None:
    assert budget_of(None, None) is None
    assert budget_of(None, 7) == Budget(7)
    assert budget_of(Budget(7, per="day"), None) == Budget(7, per="day")


@pytest.mark.parametrize(
    ("budget", "number", "told"),
    [(Budget(3), 3, "either budget or max_submissions"), (None, -1, "cannot be negative")],
)
def test_two_budgets_or_a_negative_one_are_refused(
    budget: Budget | None, number: int, told: str
) -> None:
    with pytest.raises(ConfigurationError, match=told):
        budget_of(budget, number)


def test_what_would_move_the_text_is_off_where_places_are_wanted() -> None:
    settings = with_true_boxes(RecognizeImageSettings())
    assert not settings.make_skew_correct
    with pytest.raises(ConfigurationError, match="make_upsampling"):
        with_true_boxes(RecognizeImageSettings(make_upsampling=True))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"pdf": "whole"}, "choose 'pages' or 'native'"),
        ({"parallel_pages": 0}, "must be positive"),
        ({"task_timeout_s": 0}, "must be positive"),
    ],
)
def test_a_wrong_parameter_says_what_is_right(wrong: dict[str, object], told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        AsposeEngine(client_id="any", client_secret="any", **wrong)  # type: ignore[arg-type]

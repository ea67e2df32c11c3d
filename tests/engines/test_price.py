"""What pages cost, in the user's own figures."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from notetext.engines import CloudPrice
from notetext.errors import ConfigurationError


@pytest.mark.parametrize("per_page", [0.1, "0.1", Decimal("0.1")])
def test_prices_are_reckoned_as_they_are_written(per_page: Decimal | float | str) -> None:
    price = CloudPrice(per_page, "USD")
    assert price.of(3) == Decimal("0.3")
    assert price == pickle.loads(pickle.dumps(price)) == CloudPrice.parse(" 0.1 USD ")


def test_a_large_sum_is_written_out() -> None:
    assert CloudPrice("1e3", "JPY").text(1000) == "1000000 JPY"


@pytest.mark.parametrize("wrong", ["dear", "", "-1", "nan", "inf"])
def test_what_is_no_price_is_told(wrong: str) -> None:
    with pytest.raises(ConfigurationError, match="is no price"):
        CloudPrice(wrong, "EUR")
    with pytest.raises(ConfigurationError, match="is no price"):
        CloudPrice.parse(wrong)

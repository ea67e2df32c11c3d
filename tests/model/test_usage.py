"""What a paid service was asked for, added up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notetext.model import Usage

counts = st.integers(0, 1000)
usages = st.builds(Usage, submissions=counts, looks=counts, uncertain=counts)


@given(st.lists(usages, max_size=5))
def test_usage_adds_up_in_any_order_and_loses_nothing(parts: list[Usage]) -> None:
    total = sum(parts, Usage())
    assert total == sum(reversed(parts), Usage())
    assert total.submissions == sum(part.submissions for part in parts)
    assert total.looks == sum(part.looks for part in parts)
    assert total.uncertain == sum(part.uncertain for part in parts)

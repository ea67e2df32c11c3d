"""What was asked of a paid service."""

from __future__ import annotations

import pytest

from notetext.engines.cloud.usage import counted_usage
from notetext.errors import ServerError
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

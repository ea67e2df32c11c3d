"""Who asks."""

from __future__ import annotations

import pytest

from notetext.engines.cloud.user_agent import user_agent_of
from notetext.errors import ConfigurationError


@pytest.mark.parametrize("nobody", [None, "", "  "])
def test_without_a_program_the_library_asks(nobody: str | None) -> None:
    assert user_agent_of(nobody, "notetext/1") == "notetext/1"


@pytest.mark.parametrize("wrong", ["a\r\nX-Evil: 1", "Ä/1", "a" * 201])
def test_no_header_is_smuggled_in(wrong: str) -> None:
    with pytest.raises(ConfigurationError, match="user_agent"):
        user_agent_of(wrong, "notetext/1")

"""Members of enumerations by their values, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notetext.errors import ConfigurationError
from notetext.model import Mode, parse_choice


@given(st.sampled_from(Mode))
def test_a_member_is_meant_by_itself_and_by_its_value_however_written(mode: Mode) -> None:
    for value in (mode, mode.value, mode.value.upper(), f" {mode.value.title()}\n"):
        assert parse_choice(Mode, value, "mode") is mode


@pytest.mark.parametrize("value", ["scribbled", "", "hand written", None, 3, ["auto"]])
def test_anything_else_is_told_with_what_there_is_to_choose_from(value: object) -> None:
    known = r"'auto', 'handwritten', 'printed'"
    with pytest.raises(ConfigurationError, match=rf"mode=.* is unknown; choose from {known}"):
        parse_choice(Mode, value, "mode")  # type: ignore[arg-type]

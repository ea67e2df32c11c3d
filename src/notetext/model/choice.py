"""Strings at the door: the member of an enumeration that a caller meant."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from notetext.errors import ConfigurationError
from notetext.errors.foreign_text import shown
from notetext.errors.wording import did_you_mean

_Choice = TypeVar("_Choice", bound=StrEnum)


def parse_choice(kind: type[_Choice], value: _Choice | str, name: str) -> _Choice:
    """Finds the member of an enumeration that a caller meant.

    >>> from notetext.model import parse_choice
    >>> from notetext.model import Mode
    >>> parse_choice(Mode, "Printed", "mode")
    <Mode.PRINTED: 'printed'>

    Raises:
        ConfigurationError: there is none; the message lists them.
    """
    try:
        return kind(value.strip().lower())
    except (ValueError, AttributeError):
        known = ", ".join(repr(member.value) for member in kind)
        meant = did_you_mean(value, [member.value for member in kind])
        raise ConfigurationError(
            f"{name}={shown(value)} is unknown; choose from {known}{meant}"
        ) from None

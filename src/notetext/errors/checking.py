"""What a caller gives is checked where it is given, and told in the caller's own words."""

from __future__ import annotations

import math
from numbers import Integral, Real

from notetext.errors import ConfigurationError
from notetext.errors.foreign_text import shown
from notetext.errors.wording import a


def check_number(
    name: str, value: object, least: float = -math.inf, *, whole: bool = False
) -> None:
    """Raises if a parameter is no number, or too small a one; ``None`` is left alone.

    Args:
        name: of the parameter.
        value: what the caller gave for it.
        least: the smallest number that is allowed.
        whole: whether it must be whole.

    Raises:
        ConfigurationError: it is; the message says what to give.
    """
    if value is None:
        return
    kind = "whole number" if whole else "number"
    asked = f"at least {least:g}" if math.isfinite(least) else a(kind)
    number = isinstance(value, Integral if whole else Real) and not isinstance(value, bool)
    if not number or math.isnan(float(value)):  # type: ignore[arg-type]
        raise ConfigurationError(f"{name}={shown(value)} is no {kind}; give {asked}")
    if float(value) < least:  # type: ignore[arg-type]
        raise ConfigurationError(f"{name}={shown(value)} is too few; give {asked}")


def check_kind(name: str, value: object, kind: type) -> None:
    """Raises if a parameter is no such thing; ``None`` is left alone.

    Raises:
        ConfigurationError: it is none; the message says what to give.
    """
    if value is not None and not isinstance(value, kind):
        what = f"{name}={shown(value)} is {a(type(value).__name__)}"
        raise ConfigurationError(f"{what}; give {kind.__name__}(…)")

"""Checks the parameters of steps when they are made, not when a page comes."""

from __future__ import annotations

import math

from notetext.errors import ConfigurationError


def check_range(
    step: str,
    name: str,
    value: float,
    low: float,
    high: float,
    unit: str = "",
    *,
    whole: bool = False,
) -> None:
    """Raises if a number is outside ``low…high`` (both allowed), or has to be whole and is not.

    >>> from notetext.preprocessors.parameters import check_range
    >>> check_range("contrast", "cut", 1.0, 0, 50, "percent")

    Raises:
        ConfigurationError: it is; the message says what to give.
    """
    number = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
    if number and not math.isnan(value) and low <= value <= high:
        return
    span = f"from {low:g} to {high:g}" if math.isfinite(high) else f"of at least {low:g}"
    raise ConfigurationError(
        f"the step {step!r} cannot take {name}={value!r}; "
        f"give a {'whole ' * whole}number {span} {unit}".rstrip()
    )


def check_odd(step: str, name: str, value: int) -> None:
    """Raises if a number of pixels is not odd, so that there would be no pixel in the middle.

    >>> from notetext.preprocessors.parameters import check_odd
    >>> check_odd("denoise", "size", 3)

    Raises:
        ConfigurationError: it is not; the message says what to give.
    """
    if not isinstance(value, int) or value % 2 == 0:
        raise ConfigurationError(
            f"the step {step!r} cannot take {name}={value!r}; give an odd number of pixels, "
            f"such as {int(value) // 2 * 2 + 1}"
        )

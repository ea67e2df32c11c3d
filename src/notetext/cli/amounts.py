"""Amounts on the command line: ``200M``, ``1.5GiB``, ``20000``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    _ParamType = click.ParamType[int]
else:
    _ParamType = click.ParamType  # click 8.1 knows no types of types

_UNITS = {
    "": 1,
    "k": 10**3,
    "m": 10**6,
    "g": 10**9,
    "ki": 1 << 10,
    "mi": 1 << 20,
    "gi": 1 << 30,
}
_WRITTEN = re.compile(r"(?P<number>\d+(\.\d+)?)\s*(?P<unit>[kmg]?i?)b?", re.IGNORECASE)


class Amount(_ParamType):
    """A whole number above 0, perhaps with a unit: k, M, G (1000) or Ki, Mi, Gi (1024)."""

    name = "amount"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Returns the number.

        Raises:
            click.BadParameter: it is none.
        """
        written = _WRITTEN.fullmatch(str(value).strip())
        factor = None if written is None else _UNITS.get(written["unit"].lower())
        if (
            written is None
            or factor is None
            or (amount := int(float(written["number"]) * factor)) < 1
        ):
            self.fail(f"{value!r} is no amount; give one such as 500000, 200M or 1GiB", param, ctx)
        return amount

"""From a name to a converter."""

from __future__ import annotations

from notetext.converters import Converter
from notetext.registry import CONVERTERS, Registry

converters = Registry("converter", Converter, CONVERTERS)  # type: ignore[type-abstract]

DEFAULT_CONVERTERS = ("image", "pdf", "heif")
"""What opens documents if the user does not say; the first that accepts the bytes wins."""


def converter(given: Converter | str) -> Converter:
    """The converter that a name or an object means; see `Registry.get`."""
    return converters.get(given)

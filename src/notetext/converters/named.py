"""From a name to a converter."""

from __future__ import annotations

from typing import TypeAlias

from notetext.converters import Converter
from notetext.registry import CONVERTERS, ConverterName, Registry

ConverterLike: TypeAlias = Converter | ConverterName | str
"""A converter, or the name of one: a built-in's, or a plug-in's."""

converters = Registry("converter", Converter, CONVERTERS)  # type: ignore[type-abstract]

DEFAULT_CONVERTERS = ("image", "pdf", "heif")
"""What opens documents if the user does not say; the first that accepts the bytes wins."""


def converter(given: ConverterLike) -> Converter:
    """The converter that a name or an object means; see `Registry.get`."""
    return converters.get(given)

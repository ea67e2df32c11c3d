"""From a name, an object or a function to a preprocessor."""

from __future__ import annotations

from collections.abc import Sequence

from notetext.errors import ConfigurationError
from notetext.preprocessors import Preprocessor, PreprocessorLike, PreprocessorsLike
from notetext.registry import PREPROCESSORS, Registry

preprocessors = Registry(
    "preprocessor",
    Preprocessor,  # type: ignore[type-abstract]
    PREPROCESSORS,
)


def preprocessors_of(given: PreprocessorsLike) -> tuple[Preprocessor, ...]:
    """The steps that one or several names, objects or functions mean; see `preprocessor`."""
    if isinstance(given, str) and "," in given:
        names = [name.strip() for name in given.split(",")]
        raise ConfigurationError(f"preprocessors={given!r} is one name; give a list: {names}")
    if isinstance(given, str) or not isinstance(given, Sequence):
        given = [given]
    return tuple(preprocessor(step) for step in given)


def preprocessor(given: PreprocessorLike) -> Preprocessor:
    """The preprocessor that a name, an object or a plain function on Pillow pictures means.

    Raises:
        UnknownNameError: nobody registered the name; the message lists those that there are.
        ConfigurationError: it is no such part, or cannot be made.
    """
    if isinstance(given, (str, Preprocessor)):
        return preprocessors.get(given)
    if isinstance(given, type) or not callable(given):
        return preprocessors.check(given)
    from notetext.preprocessors.step import Step

    return Step(given)

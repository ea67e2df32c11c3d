"""Values that a caller sets by name; misspelt and impossible ones are told in our words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from notetext.errors import ConfigurationError
from notetext.errors.foreign_text import shown
from notetext.errors.wording import did_you_mean
from notetext.model.completion import OwnNames


class Parameters(OwnNames, BaseModel):
    """Frozen, and strict about its fields' names.

    Raises:
        ConfigurationError: it has no such field, or a value does not fit.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    # Type checkers see the fields, which pydantic makes parameters of.
    if not TYPE_CHECKING:

        def __init__(self, **given: object) -> None:
            try:
                super().__init__(**given)
            except ValidationError as error:
                message = _told(type(self), error)
            else:
                return
            raise ConfigurationError(message)


def _told(kind: type[BaseModel], error: ValidationError) -> str:
    """What is wrong with the first parameter that is."""
    first = error.errors(include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        fields = list(kind.model_fields)
        meant = did_you_mean(name, fields)
        return f"{kind.__name__} has no {name!r}{meant}; it has {', '.join(fields)}"
    problem = first["msg"][:1].lower() + first["msg"][1:]
    return f"{kind.__name__}({name}={shown(first['input'])}): {problem}"

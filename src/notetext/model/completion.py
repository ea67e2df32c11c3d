"""What an editor or a notebook completes after a dot."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

_PYDANTICS = frozenset(name for name in vars(BaseModel) if not name.startswith("_"))


class OwnNames:
    """Of a pydantic model, leaves pydantic's own names out of what `dir` lists.

    They can be used all the same.
    """

    def __dir__(self) -> Iterable[str]:
        return [
            name
            for name in super().__dir__()
            if name not in _PYDANTICS and not name.startswith("model_")
        ]

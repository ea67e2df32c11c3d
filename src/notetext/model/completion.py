"""What an editor or a notebook completes after a dot."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

_PYDANTICS = frozenset(vars(BaseModel))


class OwnNames:
    """Of a pydantic model, leaves pydantic's own names out of what `dir` lists.

    They can be used all the same, and a name that a class gives a meaning of its own is listed.
    """

    def __dir__(self) -> Iterable[str]:
        ours = {
            name
            for kind in type(self).__mro__
            if kind.__module__.partition(".")[0] != "pydantic" and kind is not object
            for name in (*vars(kind), *getattr(kind, "__annotations__", ()))
        }
        return [name for name in super().__dir__() if name in ours or name not in _PYDANTICS]

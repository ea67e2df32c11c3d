"""What all parts of a result have in common: they are text."""

from __future__ import annotations

from typing import Protocol


class _HasText(Protocol):
    @property
    def text(self) -> str: ...


class Written:
    """Something with a ``text``: `str` gives it, and ``in`` looks for words in it."""

    def __str__(self: _HasText) -> str:
        return self.text

    def __format__(self: _HasText, spec: str) -> str:
        return format(self.text, spec)

    def __contains__(self: _HasText, part: object) -> bool:
        return isinstance(part, str) and part in self.text

"""Words of messages: how many there are, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_ALIKE = 0.75
"""How much of a name and what was typed must be the same, 0 to 1."""


def counted(count: int, noun: str) -> str:
    """So many of a thing.

    >>> from notetext.errors.wording import counted
    >>> counted(1, "page"), counted(1200, "page"), counted(0, "submission")
    ('1 page', '1,200 pages', '0 submissions')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def a(noun: str) -> str:
    """A noun with its article.

    >>> from notetext.errors.wording import a
    >>> a("list"), a("int")
    ('a list', 'an int')
    """
    return f"{'an' if noun[:1] in 'aeiouAEIOU' else 'a'} {noun}"


def closest(typed: str, known: Iterable[str]) -> str | None:
    """The name that is most like what was typed, if one is.

    >>> from notetext.errors.wording import closest
    >>> closest("Binarise", ["contrast", "binarize"])
    'binarize'
    >>> closest("sharpen", ["contrast", "binarize"])
    """
    spelled = {name.casefold().replace("_", "-"): name for name in known}
    asked = typed.strip().casefold().replace("_", "-").replace(" ", "-")
    found = get_close_matches(asked[:100], spelled, n=1, cutoff=_ALIKE)
    # An abbreviation, or a name with something added to it, is less alike than it looks.
    begun = [name for name in spelled if len(asked) > 2 and name.startswith(asked)]
    return spelled[(found or begun[:1])[0]] if found or begun else None


def did_you_mean(typed: object, known: Iterable[str]) -> str:
    """What a message says next, if a name is like what was typed; else nothing.

    >>> from notetext.errors.wording import did_you_mean
    >>> print("there is no step 'deskw'" + did_you_mean("deskw", ["deskew", "crop"]))
    there is no step 'deskw' (did you mean 'deskew'?)
    """
    meant = closest(typed, known) if isinstance(typed, str) else None
    return "" if meant is None else f" (did you mean {meant!r}?)"

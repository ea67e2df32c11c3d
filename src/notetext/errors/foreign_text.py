"""Text that strangers wrote, made fit for a line of a log and for a terminal.

A file's name, a service's words and recognised text may hold whatever a stranger likes: sequences
that clear a screen or set a window's title, line breaks that forge a line of a log, marks that turn
a name around. Files and pipes get text as it is; terminals, logs and messages get it through here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from numbers import Number

MESSAGE_CHARACTERS = 4000
"""The most that a message or a line of a log holds; ours are shorter."""

NAME_CHARACTERS = 200
"""The most that a message shows of a name."""

WORDS_CHARACTERS = 300
"""The most that a message holds of a service's own words."""

# C0, DEL and C1; the marks, embeddings, overrides and isolates of bidirectional text; line and
# paragraph separators; characters of no width that nobody writes; lone surrogates, which no file
# and no terminal can take. Joiners stay: Persian, Indic scripts and emoji are written with them.
_UNFIT = (
    "\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
    "\ud800-\udfff"
)
_UNFIT_IN_A_LINE = re.compile(f"[\x00-\x1f\x7f-\x9f{_UNFIT}]")
_UNFIT_ON_A_TERMINAL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{_UNFIT}]")


def one_line(text: str, limit: int = MESSAGE_CHARACTERS) -> str:
    r"""The text as part of a line: what is unfit for one is escaped, what is too long left out.

    >>> from notetext.errors.foreign_text import one_line
    >>> print(one_line("a\nb\x1b[2J.jpg"))
    a\nb\x1b[2J.jpg
    >>> print(one_line("abcdefghijklmnopqrstuvwxyz.jpg", 12))
    abcdefg….jpg

    Args:
        text: anybody's.
        limit: the most characters of the outcome; what is left out is left out of the middle,
            since names differ at their ends.
    """
    # Each character becomes one or more, so that what lies further in is not needed.
    if len(text) > 2 * limit:
        text = text[:limit] + text[-limit:]
    escaped = _UNFIT_IN_A_LINE.sub(_escape, text)
    if len(escaped) <= limit:
        return escaped
    kept = limit - 1
    end = kept * 2 // 5
    return f"{escaped[: kept - end]}…{escaped[len(escaped) - end :]}"


def shown(value: object) -> str:
    """What a caller gave, as a message shows it: not longer than a name.

    >>> from notetext.errors.foreign_text import shown
    >>> len(shown("x" * 1_000_000))
    200
    """
    return one_line(repr(value), NAME_CHARACTERS)


def for_terminal(text: str) -> str:
    r"""The text for a terminal: with line breaks and tabs, and other unfit characters escaped.

    >>> from notetext.errors.foreign_text import for_terminal
    >>> print(for_terminal("a b\r\nc\x1b]0;title\x07\fnext page"))
    a b
    c\x1b]0;title\x07
    next page
    """
    # A terminal shows nothing for the form feed between two pages.
    text = text.replace("\r\n", "\n").replace("\f", "\n")
    return _UNFIT_ON_A_TERMINAL.sub(_escape, text)


class OneLineRecords(logging.Filter):
    """Makes each record of a logger one line, whatever names and words its arguments hold."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Cleans the record; none is held back."""
        if isinstance(record.args, Mapping):
            record.args = {name: _argument(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(_argument(value) for value in record.args)
        record.msg = one_line(str(record.msg))
        return True


def _argument(value: object) -> object:
    return value if value is None or isinstance(value, Number) else one_line(str(value))


def _escape(match: re.Match[str]) -> str:
    return repr(match[0])[1:-1]

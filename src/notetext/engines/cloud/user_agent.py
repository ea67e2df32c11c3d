"""Who asks, as every request says."""

from __future__ import annotations

from notetext.errors import ConfigurationError

_MOST_CHARACTERS = 200


def user_agent_of(program: str | None, library: str) -> str:
    """The header of a program that uses a library; the more telling name stands first (RFC 9110).

    >>> from notetext.engines.cloud.user_agent import user_agent_of
    >>> user_agent_of("archive/2.1", "notetext/1.0")
    'archive/2.1 notetext/1.0'

    Args:
        program: its name and version, or ``None``.
        library: likewise.

    Raises:
        ConfigurationError: no header could carry it.
    """
    if program is None or not program.strip():
        return library
    program = program.strip()
    if not (program.isascii() and program.isprintable()) or len(program) > _MOST_CHARACTERS:
        raise ConfigurationError(
            f"user_agent={program[:40]!r} is none: give up to {_MOST_CHARACTERS} printable ASCII "
            "characters, such as 'archive/2.1'"
        )
    return f"{program} {library}"

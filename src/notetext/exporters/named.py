"""From the name of a format, or of a file, to an exporter."""

from __future__ import annotations

from notetext.errors import ConfigurationError, UnknownNameError
from notetext.exporters import Exporter
from notetext.registry import EXPORTERS, FormatName, Registry

exporters = Registry("exporter", Exporter, EXPORTERS)  # type: ignore[type-abstract]


def exporter(given: Exporter | FormatName | str) -> Exporter:
    """The exporter that a name or an object means; see `Registry.get`."""
    try:
        return exporters.get(given)
    except UnknownNameError as error:
        meant = _of_ending(error.name)
        if meant is None:
            raise
        raise UnknownNameError("exporter", error.name, error.known, meant) from None


def _of_ending(name: str) -> str | None:
    """The format whose files end so, as in ``"md"`` and ``".txt"``."""
    ending = f".{name.strip().lower().lstrip('.')}"
    return next((part.name for part in exporters.usable() if ending in part.suffixes), None)


def exporter_for(file_name: str) -> Exporter:
    """The exporter that the ending of a file's name means; the longest ending wins.

    Raises:
        ConfigurationError: none does; the message lists the endings.
    """
    by_suffix: dict[str, Exporter] = {}
    for part in exporters.usable():
        for suffix in part.suffixes:
            by_suffix.setdefault(suffix, part)
    fitting = [suffix for suffix in by_suffix if file_name.lower().endswith(suffix)]
    if not fitting:
        raise ConfigurationError(
            f"no format goes with the name {file_name!r}; use one of the endings "
            f"{', '.join(sorted(by_suffix))}, or say format=…"
        )
    return by_suffix[max(fitting, key=len)]

"""From the name of a format, or of a file, to an exporter."""

from __future__ import annotations

from notetext.errors import ConfigurationError
from notetext.exporters import Exporter
from notetext.registry import EXPORTERS, FormatName, Registry

exporters = Registry("exporter", Exporter, EXPORTERS)  # type: ignore[type-abstract]


def exporter(given: Exporter | FormatName | str) -> Exporter:
    """The exporter that a name or an object means; see `Registry.get`."""
    return exporters.get(given)


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

"""The plug-in where it was asked for, and does not go with this OCRmyPDF."""

from __future__ import annotations

from pluggy import PluginManager

from ocrmypdf import MissingDependencyError, __version__, hookimpl


@hookimpl
def initialize(plugin_manager: PluginManager) -> None:
    """Ends OCRmyPDF, since it would read with something else than was asked for.

    Raises:
        MissingDependencyError: always.
    """
    raise MissingDependencyError(
        f"notetext.ocrmypdf needs OCRmyPDF 17, and this is {__version__}; "
        'pip install "notetext[ocrmypdf]"'
    )

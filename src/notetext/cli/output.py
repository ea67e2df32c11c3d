"""In which format, and where to, commands write."""

from __future__ import annotations

from pathlib import Path

import click

from notetext.exporters import Exporter
from notetext.exporters.named import exporter, exporter_for, exporters
from notetext.result.writing import write as write_file

format_option = click.option(
    "--format",
    "format_",
    help=f"One of {', '.join(exporters.built_in())}, or a plug-in's. "
    "[default: by the ending of --output, else text]",
)


def chosen_exporter(name: str | None, output: Path | None) -> Exporter:
    """The format that was named, or that the output's ending means; text if there is neither.

    Raises:
        ConfigurationError: there is no such format, or it cannot run here.
    """
    if name is None and output is not None and output.suffix and not output.is_dir():
        chosen = exporter_for(output.name)
    else:
        chosen = exporter(name or "text")
    chosen.check()
    return chosen


def write(rendered: str | bytes, target: Path | None) -> None:
    """Writes to a file, or to standard output if there is none."""
    if target is None:
        click.echo(rendered, nl=False)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    write_file(rendered, target)

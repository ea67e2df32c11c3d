"""In which format, and where to, commands write."""

from __future__ import annotations

from pathlib import Path

import click

from notetext import registry
from notetext.exporters import Exporter

format_option = click.option(
    "--format",
    "format_",
    help=f"One of {', '.join(registry.exporters.built_in())}, or a plug-in's. "
    "[default: by the ending of --output, else text]",
)


def chosen_exporter(name: str | None, output: Path | None) -> Exporter:
    """The format that was named, or that the output's ending means; text if there is neither.

    Raises:
        ConfigurationError: there is no such format, or it cannot run here.
    """
    if name is None and output is not None and output.suffix and not output.is_dir():
        exporter = registry.exporter_for(output.name)
    else:
        exporter = registry.exporter(name or "text")
    exporter.check()
    return exporter


def write(rendered: str | bytes, target: Path | None) -> None:
    """Writes to a file, or to standard output if there is none."""
    if target is None:
        click.echo(rendered, nl=False)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # Whoever interrupts this leaves the old file or the new one, but no half of it.
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.write_bytes(rendered.encode("utf-8") if isinstance(rendered, str) else rendered)
    unfinished.replace(target)

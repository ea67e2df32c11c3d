"""``notetext doctor``: what is installed, what can run, and what to do about the rest."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import TypeVar

import click

from notetext.cli.output import say
from notetext.converters.named import converters
from notetext.engines.named import engines
from notetext.errors import NoteTextError
from notetext.exporters.named import exporters
from notetext.model.version import __version__
from notetext.preprocessors.named import preprocessors
from notetext.registry import Part, Registry

_P = TypeVar("_P", bound=Part)

_ESSENTIAL = {("converter", "image"), ("converter", "pdf"), ("engine", "local")}
"""What notetext cannot do without, unless told to."""

_PACKAGES = (
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "pillow",
    "pydantic",
    "pypdfium2",
    "requests",
    "tenacity",
)


@click.command()
def doctor() -> None:
    """Says what can run here, and what to do about the rest.

    The exit status is 1 if notetext cannot read with its defaults.
    """
    click.echo(f"notetext {__version__}, Python {platform.python_version()}, {platform.platform()}")
    click.echo(", ".join(f"{name} {_version(name)}" for name in _PACKAGES))
    healthy = True
    troubles = {
        converters.kind: _troubles(converters),
        preprocessors.kind: _troubles(preprocessors),
        engines.kind: _troubles(engines),
        exporters.kind: _troubles(exporters),
    }
    for kind, named in troubles.items():
        click.echo(f"\n{kind}s")
        for name, trouble in named:
            say(f"  {name:<20} {trouble or 'ok'}", err=False)
            if trouble and (kind, name) in _ESSENTIAL:
                healthy = False
    sys.exit(0 if healthy else 1)


def _troubles(room: Registry[_P]) -> Iterator[tuple[str, str | None]]:
    """Every name of a room, with what keeps the part from running."""
    for name in room.names():
        try:
            room.make(name).check()
        except NoteTextError as error:
            yield name, error.message
        else:
            yield name, None


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "is missing"

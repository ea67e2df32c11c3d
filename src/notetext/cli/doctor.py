"""``notetext doctor``: what is installed, what can run, and what to do about the rest."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from importlib import metadata

import click

from notetext import __version__, registry
from notetext.errors import NoteTextError

_ESSENTIAL = {("converter", "image"), ("converter", "pdf"), ("engine", "local")}
"""What notetext cannot do without, unless told to."""

_PACKAGES = (
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "pillow",
    "pydantic",
    "pypdfium2",
    "rapidocr",
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
    for room in (registry.converters, registry.preprocessors, registry.engines, registry.exporters):
        click.echo(f"\n{room.kind}s")
        for name, trouble in _troubles(room):
            click.echo(f"  {name:<20} {trouble or 'ok'}")
            if trouble and (room.kind, name) in _ESSENTIAL:
                healthy = False
    sys.exit(0 if healthy else 1)


def _troubles(room: registry.Registry[object]) -> Iterator[tuple[str, str | None]]:
    """Every name of a room, with what keeps the part from running."""
    for name in room.names():
        try:
            part = room.make(name)
            check = getattr(part, "check", None)
            if check is not None:
                check()
        except NoteTextError as error:
            yield name, error.message
        else:
            yield name, None


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "is missing"

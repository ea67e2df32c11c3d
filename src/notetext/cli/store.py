"""``notetext store info`` and ``notetext store clear``."""

from __future__ import annotations

from pathlib import Path

import click

from notetext.cli.output import say
from notetext.errors import StoreError
from notetext.store import Store


@click.group()
def store() -> None:
    """Looks into a store of finished pages, or empties it."""


@store.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def info(path: Path) -> None:
    """Says what a store holds."""
    with _opened(path) as opened:
        found = opened.info()
    say(f"{found.path}", err=False)
    click.echo(f"pages            {found.pages:>12,}")
    click.echo(f"bytes            {found.bytes_used:>12,}")
    click.echo(f"unfinished tasks {found.unfinished_tasks:>12,}")
    click.echo(f"uncertain tasks  {found.uncertain_tasks:>12,}")
    click.echo(f"submissions      {found.submissions:>12,}")


@store.command()
@click.argument("path", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option(
    "--yes", prompt="Pages will be read, and paid, anew. Delete everything in it?"
)
def clear(path: Path) -> None:
    """Deletes everything in a store."""
    with _opened(path) as opened:
        opened.clear()


def _opened(path: Path) -> Store:
    try:
        return Store(path)
    except StoreError as error:
        raise click.UsageError(str(error)) from error

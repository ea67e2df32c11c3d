"""stub"""

import click


@click.command()
def watch() -> None:
    """Watch."""

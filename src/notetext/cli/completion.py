"""stub"""

import click


@click.command()
def completion() -> None:
    """Completion."""

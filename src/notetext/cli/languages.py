"""``notetext languages``: what an engine reads."""

from __future__ import annotations

import click

from notetext.cli.completing import complete_engines
from notetext.cli.suggestions import wrong_usage
from notetext.engines.named import engine as named_engine
from notetext.errors import ConfigurationError
from notetext.model import Mode


@click.command()
@click.option(
    "--engine",
    default="local",
    show_default=True,
    shell_complete=complete_engines,
    help="Whose languages.",
)
def languages(engine: str) -> None:
    """Lists the languages that an engine reads: by hand and in print, or only in print."""
    try:
        part = named_engine(engine)
    except ConfigurationError as error:
        raise wrong_usage(error) from error
    by_hand = part.languages(Mode.HANDWRITTEN)
    for language in sorted(by_hand | part.languages(Mode.PRINTED)):
        how = "handwritten, printed" if language in by_hand else "printed"
        click.echo(f"{language.value:<4} {language.english_name:<20} {how}")

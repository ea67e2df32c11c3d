"""A hook of MkDocs: the reference of the command line, made from the commands themselves.

It says what ``--help`` says, with headings to link to. (mkdocs-click shows click 8.3's "no default"
as a default, and takes the stars of a pattern for emphasis.)
"""

import inspect
import re
from collections.abc import Iterator

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from notetext.cli import main

PLACE = "<!-- every command -->"
MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")
OPTION = re.compile(r"(?<![\w-])(--?[a-z][a-z-]*)(?![\w-])")
LAID_OUT = "\b\n"
"""What click's help texts begin a paragraph with that is to keep its lines."""


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Puts the commands into the page that has a place for them."""
    if PLACE not in markdown:
        return markdown
    return markdown.replace(PLACE, "\n".join(described(main, None, "notetext")))


def described(command: click.Command, parent: click.Context | None, name: str) -> Iterator[str]:
    """A command and those below it, as Markdown."""
    context = click.Context(command, parent=parent, info_name=name, **command.context_settings)
    path = context.command_path
    yield f"## {path} {{ #{path.replace(' ', '-')} }}\n"
    yield prose(command.help or "")
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"```text\n{path} {usage}\n```\n"
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and record[1]:  # arguments are told of in the text
            names, meaning = record
            yield f"`{names}`\n:   {escaped(meaning)}\n"
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            below = command.get_command(context, inner)
            assert below is not None
            yield from described(below, context, inner)


def prose(help_text: str) -> str:
    """A command's help: its paragraphs, and its examples as they are laid out."""
    paragraphs = []
    for paragraph in inspect.cleandoc(help_text).split("\n\n"):
        if paragraph.startswith(LAID_OUT):
            lines = [line.removeprefix("  ") for line in paragraph.splitlines()[1:]]
            paragraphs.append("\n".join(["```sh", *lines, "```"]))
        else:
            paragraphs.append(escaped(paragraph))
    return "\n\n".join(paragraphs) + "\n"


def escaped(text: str) -> str:
    """Plain text as Markdown, with the options in it as code."""
    text = re.sub(r"^-(?= )", r"\-", MARKUP.sub(r"\\\1", text), flags=re.MULTILINE)
    return OPTION.sub(r"`\1`", text)

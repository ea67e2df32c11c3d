"""What the Tab key offers as the value of an option."""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem

Items = list["CompletionItem[str]"]


def complete_engines(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Names of engines, those of plug-ins too."""
    from notetext.engines.named import engines

    return _beginning(engines.names(), incomplete)


def complete_engine_options(ctx: click.Context, _: click.Parameter, incomplete: str) -> Items:
    """The parameters of the engine that was named, up to the equals sign."""
    from notetext.cli.typed_parameters import is_secret, parameters_of
    from notetext.engines.named import engine
    from notetext.errors import NoteTextError

    try:
        types = parameters_of(type(engine(ctx.params.get("engine") or "local")))
    except NoteTextError:
        return []
    return _beginning((f"{name}=" for name in types if not is_secret(types[name])), incomplete)


def complete_converters(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Names of converters, the last of those with commas between them."""
    from notetext.converters.named import converters

    return _last_of_several(converters.names(), incomplete)


def complete_steps(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Names of preprocessors, the last of those with commas between them."""
    from notetext.preprocessors.named import preprocessors

    names = preprocessors.names()
    return _last_of_several(names if "," in incomplete else [*names, "none"], incomplete)


def complete_formats(_: click.Context, __: click.Parameter, incomplete: str) -> Items:
    """Names of formats, the last of those with commas between them."""
    from notetext.exporters.named import exporters

    return _last_of_several(exporters.names(), incomplete)


def complete_format_options(ctx: click.Context, _: click.Parameter, incomplete: str) -> Items:
    """The parameters of the formats that were named, or of all, up to the equals sign."""
    from notetext.cli.typed_parameters import parameters_of
    from notetext.errors import NoteTextError
    from notetext.exporters.named import exporter, exporters

    named = [name.strip() for part in ctx.params.get("formats") or () for name in part.split(",")]
    try:
        parts = [*map(exporter, named)] or [*exporters.usable()]
    except NoteTextError:
        return []
    names = dict.fromkeys(name for part in parts for name in parameters_of(type(part)))
    return _beginning((f"{name}=" for name in names), incomplete)


def complete_languages(ctx: click.Context, _: click.Parameter, incomplete: str) -> Items:
    """Languages that the engine reads, by their codes or their names."""
    from notetext.engines.named import engine
    from notetext.errors import NoteTextError
    from notetext.model import Mode

    try:
        part = engine(ctx.params.get("engine") or "local")
    except NoteTextError:
        return []
    before, last = _split(incomplete)
    told = [CompletionItem("auto", help="the engine tells")] if part.tells_languages else []
    return [item for item in told if not before and item.value.startswith(last)] + [
        CompletionItem(before + language.value, help=language.english_name)
        for language in sorted(part.languages(Mode.HANDWRITTEN) | part.languages(Mode.PRINTED))
        if language.value.startswith(last.lower())
        or (last and language.english_name.lower().startswith(last.lower()))
    ]


def _beginning(names: Iterable[str], incomplete: str) -> Items:
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _last_of_several(names: Iterable[str], incomplete: str) -> Items:
    before, last = _split(incomplete)
    return [CompletionItem(before + name) for name in names if name.startswith(last)]


def _split(incomplete: str) -> tuple[str, str]:
    """What stands before the last of several words, with its comma, and what there is of it."""
    before, comma, last = incomplete.rpartition(",")
    return before + comma, last

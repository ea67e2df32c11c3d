"""Which mode a page is read in, by what the engine can read."""

from __future__ import annotations

from collections.abc import Sequence

from notetext.engines import Engine
from notetext.errors import UnsupportedLanguageError
from notetext.model import Language, Mode, describe_languages, list_languages
from notetext.reading.options import LanguageTelling, ReadOptions, TextLayerUse


def choose_mode(
    engine: Engine, mode: Mode, languages: Sequence[Language]
) -> tuple[Mode, tuple[str, ...]]:
    """Decides between handwritten and printed, or leaves that to the engine.

    Args:
        engine: what will read.
        mode: what the caller asked for.
        languages: what the caller expects.

    Returns:
        `Mode.HANDWRITTEN` or `Mode.PRINTED`, and warnings for the caller; `Mode.AUTO` for an engine
        that decides itself and reads the languages in both.

    Raises:
        UnsupportedLanguageError: the engine does not read one of the languages in that mode; the
            message says in which mode it does, or lists the languages that it knows.
    """
    if mode is not Mode.AUTO:
        _check(engine, mode, languages)
        return mode, ()
    by_hand = engine.languages(Mode.HANDWRITTEN)
    strangers = [language for language in languages if language not in by_hand]
    if not strangers:
        printed = engine.languages(Mode.PRINTED)
        decides = engine.decides_mode and printed.issuperset(languages)
        return Mode.AUTO if decides else Mode.HANDWRITTEN, ()
    _check(engine, Mode.PRINTED, languages)
    warning = (
        f"the engine {engine.name!r} reads {describe_languages(strangers)} only as print: "
        "handwriting in it may come out wrong"
    )
    return Mode.PRINTED, (warning,)


def tells_languages(engine: Engine, telling: LanguageTelling) -> bool:
    """Whether the engine is asked to tell the languages.

    Raises:
        UnsupportedLanguageError: the caller wants that, and it cannot.
    """
    if telling is LanguageTelling.YES and not engine.tells_languages:
        raise UnsupportedLanguageError(
            f"the engine {engine.name!r} does not tell languages; "
            "give language=, such as 'en', or read with an engine that does, such as 'local'",
            known=sorted(engine.languages(Mode.HANDWRITTEN) | engine.languages(Mode.PRINTED)),
        )
    return telling is not LanguageTelling.NO and engine.tells_languages


def check_languages(engine: Engine, options: ReadOptions) -> None:
    """Refuses languages that the engine does not read, where no text of a document's own is taken.

    Elsewhere only the document tells whether the engine is needed.

    Raises:
        UnsupportedLanguageError: see `choose_mode` and `tells_languages`.
    """
    if options.text_layer is TextLayerUse.IGNORE:
        tells_languages(engine, options.telling)
        choose_mode(engine, options.mode, options.languages)


def _check(engine: Engine, mode: Mode, languages: Sequence[Language]) -> None:
    known = engine.languages(mode)
    strangers = [language for language in languages if language not in known]
    if not strangers:
        return
    other = Mode.PRINTED if mode is Mode.HANDWRITTEN else Mode.HANDWRITTEN
    if engine.languages(other).issuperset(languages):
        hint = f'; use mode="{other.value}"'
    else:
        hint = f"; it knows {list_languages(sorted(known))}"
    raise UnsupportedLanguageError(
        f"the engine {engine.name!r} does not read {describe_languages(strangers)} "
        f"in {mode.value} mode{hint}",
        known=[language.value for language in sorted(known)],
    )

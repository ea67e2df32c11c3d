"""What is said of a text's languages, where the engine was asked to tell them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from notetext.engines import Engine, Request
from notetext.model import Language, Paragraph, Word, languages_told


def languages_read(request: Request, words: Iterable[Word]) -> tuple[Language, ...]:
    """What a text was read in.

    Args:
        request: how it was read.
        words: what came of it.

    Returns:
        What the caller said; or what was told of the words, most of the text first.
    """
    return languages_told(words) if request.tell_languages else request.languages


def with_languages(
    paragraphs: Sequence[Paragraph], engine: Engine, request: Request
) -> tuple[Paragraph, ...]:
    """Paragraphs whose words all have a language, as far as the engine can tell it.

    Words that it has read have theirs. A text layer's have none yet, and those of a service that
    read the page instead.

    Args:
        paragraphs: of one page.
        engine: that tells languages.
        request: how the page was read.
    """
    untold = [
        number
        for number, paragraph in enumerate(paragraphs)
        if any(word.language is None for word in paragraph.words)
    ]
    if not untold:
        return tuple(paragraphs)
    told = engine.tell_languages([paragraphs[number].text for number in untold], request)
    found = list(paragraphs)
    for number, language in zip(untold, told, strict=True):
        found[number] = _in_language(paragraphs[number], language)
    return tuple(found)


def _in_language(paragraph: Paragraph, language: Language | None) -> Paragraph:
    lines = tuple(
        line.model_copy(
            update={
                "words": tuple(
                    word.model_copy(update={"language": word.language or language})
                    for word in line.words
                )
            }
        )
        for line in paragraph.lines
    )
    return paragraph.model_copy(update={"lines": lines})

"""Makes the texts that words are counted in: free books, articles and sentences as plain prose.

Run with: ``python training/corpora.py --checkouts checkouts --output texts en fr``
"""

from __future__ import annotations

import argparse
import lzma
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from checkouts import Checkout
from markup import paragraphs

_SOURCES = Path(__file__).with_name("corpora.toml")
_TABLES = Path(__file__).parents[1] / "src/notetext/engines/local/vocabularies"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_UNSEEN = re.compile("[\u00ad\u200b\u200d\u2060\ufeff]")
_NOT_PROSE = re.compile(r"[<>{}|=\\^@]|https?:|www\.")
# Of a shorter paragraph, too few words tell its language; it may also be said twice in good faith.
_SHORT = 6
_COMMON = 200


@dataclass(frozen=True, slots=True)
class Source:
    """Texts of a language in a repository; `corpora.toml` says what the fields mean."""

    name: str
    language: str
    repository: str
    commit: str
    files: list[str]
    markup: str
    licence: str
    credit: str
    without: list[str] = field(default_factory=list)
    containing: str = ""
    known: float = 0.75
    known_of_file: float = 0.0
    old: str = ""
    words: int = 1_000_000_000


def sources(path: Path = _SOURCES) -> list[Source]:
    """The sources by the list, in its order."""
    with path.open("rb") as file:
        return [Source(**entry) for entry in tomllib.load(file)["source"]]


class Prose:
    """The prose of a language: what is said again, or is of another language, is left out."""

    def __init__(self, language: str) -> None:
        """Takes the code of the language."""
        words = words_of(language)
        self._vocabulary = frozenset(words)
        self._common = frozenset(words[:_COMMON])
        # The tables of all languages hold English words: those of the commonest kind tell.
        self._english = frozenset(words_of("en")[:_COMMON]) - self._common
        self._seen: set[int] = set()

    def of(self, source: Source, checkout: Checkout) -> Iterator[str]:
        """Paragraphs of a source, each on a line, until it has said enough words."""
        left = source.words
        old = re.compile(source.old or r"(?!)", re.IGNORECASE)
        for text in checkout.files(source.files, source.without):
            if source.containing.encode() not in text:
                continue
            found = [
                (paragraph, words)
                for paragraph in map(cleaned, paragraphs(text, source.markup))
                if _is_prose(paragraph, words := _words(paragraph))
            ]
            every = [word for _, words in found for word in words]
            if source.known_of_file and self._known(every) < source.known_of_file:
                continue
            for paragraph, words in found:
                if old.search(paragraph) or not self._is_native(words, source.known):
                    continue
                if self._is_new(words):
                    left -= len(words)
                    if left < 0:
                        return
                    yield paragraph

    def _is_native(self, words: Sequence[str], least_known: float) -> bool:
        if len(words) < _SHORT:
            return True
        different = set(words)
        if len(different & self._english) > len(different & self._common):
            return False
        return self._known(words) >= least_known

    def _known(self, words: Sequence[str]) -> float:
        """The share of words that are of the language."""
        return sum(map(self._vocabulary.__contains__, words)) / max(len(words), 1)

    def _is_new(self, words: Sequence[str]) -> bool:
        """Whether it was not said before; what is short may be said again."""
        if len(words) < _SHORT:
            return True
        key = hash(" ".join(words))
        before = len(self._seen)
        self._seen.add(key)
        return len(self._seen) > before


def cleaned(paragraph: str) -> str:
    """A paragraph on one line, composed (NFC), without signs that are not written by hand."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", paragraph)).replace("ſ", "s")
    text = re.sub(r"_([^_]+)_|\[\d+\]", r"\1", text)
    text = re.sub(r"\s*--+\s*", "—", text)
    return " ".join(text.split())


def _is_prose(text: str, words: Sequence[str]) -> bool:
    if not words or _NOT_PROSE.search(text) or (text.isupper() and " " in text):
        return False
    blanks = text.count(" ")
    letters = sum(map(len, words))
    return letters + blanks > 0.7 * len(text) and letters < 20 * (blanks + 1)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


@cache
def words_of(language: str) -> Sequence[str]:
    """The words of the package's table of a language, the likeliest first."""
    table = (_TABLES / f"{language}.txt.xz").read_bytes()
    return tuple(lzma.decompress(table).decode("utf-8").split())


def main() -> None:
    """Writes a text for every source of the languages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkouts", type=Path, required=True, help="clones, <owner>/<name>")
    parser.add_argument("--output", type=Path, required=True, help="a folder for the texts")
    parser.add_argument("languages", nargs="*", help="all, if there are none")
    arguments = parser.parse_args()
    listed = sources()
    for language in arguments.languages or dict.fromkeys(source.language for source in listed):
        prose = Prose(language)
        folder = arguments.output / language
        folder.mkdir(parents=True, exist_ok=True)
        for source in (source for source in listed if source.language == language):
            checkout = Checkout(arguments.checkouts / source.repository, source.commit)
            counted = 0
            with (folder / f"{source.name}.txt").open("w", encoding="utf-8") as file:
                for paragraph in prose.of(source, checkout):
                    file.write(paragraph + "\n")
                    counted += len(_WORD.findall(paragraph))
            print(f"{language}\t{source.name}\t{counted}", flush=True)


if __name__ == "__main__":
    main()

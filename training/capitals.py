"""Makes the tables of words with capitals in ``src/notetext/engines/local/capitals``.

Counted is how often each word of a language's vocabulary has a capital in the texts that
``training/corpora.py`` writes, where no sentence, speech or heading begins.

Run with: ``python training/capitals.py en TEXTS/en/*.txt``
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from notetext.engines.local.capitals import SHARES
from notetext.engines.local.vocabulary import read_table

_FOLDER = Path(__file__).parents[1] / "src/notetext/engines/local/capitals"
_WORD = re.compile(r"([^\w'’]*)([^\W\d_]+(?:['’][^\W\d_]+)*)")
_GOES_ON = frozenset({" ", ", ", "; "})
# In a heading or a list of names, capitals say nothing.
_MOST_CAPITALS = 0.5
_LEAST_TIMES, _LEAST_CAPITALS = 4, 2


@dataclass(slots=True)
class Counts:
    """How often words were seen within sentences."""

    small: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)

    def count(self, paragraph: str, elided: frozenset[str]) -> None:
        """Counts the words of a paragraph, in which those of ``elided`` touch the next."""
        found = _WORD.findall(paragraph)
        if sum(word[0].isupper() for _, word in found) > _MOST_CAPITALS * len(found):
            return
        for mark, word in found[1:]:
            word = word.replace("’", "'")
            head, apostrophe, rest = word.partition("'")
            if rest and head.lower() + apostrophe in elided:
                word = rest
            if mark in _GOES_ON and (word[1:].islower() or len(word) == 1):
                times = self.capital if word[0].isupper() else self.small
                times[word.lower()] += 1

    def shares(self, words: Iterable[str]) -> Mapping[float, list[str]]:
        """The words that have capitals, by how often, each as one of `SHARES`."""
        found: dict[float, list[str]] = {share: [] for share in SHARES}
        for word in sorted(set(words)):
            times = self.small[word] + self.capital[word]
            if times < _LEAST_TIMES or self.capital[word] < _LEAST_CAPITALS:
                continue
            share = (self.capital[word] + 0.5) / (times + 1)
            if share >= 0.7 * SHARES[0]:
                found[min(SHARES, key=lambda other: abs(other - share))].append(word)
        return found


def main() -> None:
    """Counts, and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("texts", type=Path, nargs="+")
    arguments = parser.parse_args()
    counts = Counts()
    words = [word for word, _ in read_table(arguments.language)]
    elided = frozenset(word for word in words if word.endswith("'"))
    for file in arguments.texts:
        with file.open(encoding="utf-8") as paragraphs:
            for paragraph in paragraphs:
                counts.count(paragraph, elided)
    shares = counts.shares(words)
    text = "\n".join(" ".join(words) for words in shares.values())
    table = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
    (_FOLDER / f"{arguments.language}.txt.xz").write_bytes(table)
    sizes = {share: len(words) for share, words in shares.items()}
    print(arguments.language, sizes, len(table), file=sys.stderr)


if __name__ == "__main__":
    main()

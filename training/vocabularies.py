"""Makes the tables of word frequencies in ``src/notetext/engines/local/vocabularies``.

They are cut from the lists of wordfreq 3.1.1 (Robyn Speer, CC BY-SA 4.0): the words that the
recogniser can write, the likeliest 100,000 of each language, their frequencies rounded to a tenth
of a power of ten. Where those lists have ss for every ß, words get theirs back (``eszett.py``).

Run with: ``pip install wordfreq==3.1.1 && python training/vocabularies.py``
"""

from __future__ import annotations

import lzma
import math
from collections.abc import Mapping
from pathlib import Path

import wordfreq  # type: ignore[import-not-found, unused-ignore]
from eszett import read_shares

from notetext.engines.local.alphabets import letters
from notetext.engines.local.scripts import SCRIPTS
from notetext.model import Language

_MOST_WORDS = 100_000
_LEAST_FREQUENCY = 3e-8
_FOLDER = Path(__file__).parents[1] / "src/notetext/engines/local/vocabularies"
# wordfreq cuts words at their apostrophes: these stand before one, hardly ever alone.
_ELIDED = {
    Language.FRENCH: "l d qu n s c j m t jusqu lorsqu puisqu quoiqu",
    Language.ITALIAN: "l d c s m t v n dell all nell dall sull quell quest bell sant anch dov cos",
    Language.CATALAN: "l d s m t n",
}
# Languages with ß: what is in capitals has none, nor what is from Switzerland.
_ESZETT = {Language.GERMAN}
_MOST_ESZETT = 0.95
_WORDFREQ_CODES = {Language.NORWEGIAN: "nb", Language.TAGALOG: "fil"}


def main() -> None:
    """Writes a table for every language that has a list."""
    _FOLDER.mkdir(exist_ok=True)
    tables = [pair for script in SCRIPTS for pair in script.tables.items()]
    for language, name in tables:
        known = set(letters(language)) | set("'-")
        source = _WORDFREQ_CODES.get(language, name)
        frequencies = wordfreq.get_frequency_dict(source, "best")
        if language in _ESZETT:
            frequencies = with_eszett(frequencies, read_shares())
        elided = _ELIDED.get(language, "").split()
        words = [
            (frequency, f"{word}'" if word in elided else word)
            for word, frequency in frequencies.items()
            if frequency >= _LEAST_FREQUENCY and known.issuperset(word) and word[0].isalpha()
        ]
        words.sort(reverse=True)
        lines: list[list[str]] = [[]]
        for frequency, word in words[:_MOST_WORDS]:
            index = round(-10 * math.log10(frequency))
            lines.extend([] for _ in range(index - len(lines) + 1))
            lines[index].append(word)
        text = "\n".join(" ".join(sorted(line)) for line in lines)
        path = _FOLDER / f"{name}.txt.xz"
        path.write_bytes(lzma.compress(text.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))
        print(name, min(len(words), _MOST_WORDS), path.stat().st_size)


def with_eszett(frequencies: Mapping[str, float], shares: Mapping[str, float]) -> dict[str, float]:
    """Gives the forms with ß their shares of the frequencies of the words with ss."""
    found = dict(frequencies)
    for word, share in shares.items():
        plain = word.replace("ß", "ss")
        found[word] = min(share, _MOST_ESZETT) * frequencies.get(plain, 0.0)
        found[plain] = found.get(plain, 0.0) - found[word]
    return found


if __name__ == "__main__":
    main()

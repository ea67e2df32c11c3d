"""Finds where the German table of word frequencies, which has ss for every ß, should have one.

What a word is written with is counted in modern German text; a word that is not there is written as
those are that have the same letters around their ss. ``vocabularies.py`` shares a word's frequency
out by what this writes.

Run with the folder ``data/raw`` of https://github.com/dennlinger/klexikon (articles of Wikipedia
and Klexikon, CC BY-SA): ``python training/eszett.py data/raw``
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from notetext.engines.local.vocabulary import read_table

SHARES = Path(__file__).with_name("eszett.tsv")
_LEAST_SEEN = 3
_LEAST_SHARE = 0.005
# How many letters before and after are looked at, the most telling first.
_AROUND = ((7, 2), (5, 2), (5, 1), (4, 1), (3, 1), (2, 1), (2, 0), (1, 0))

Around = tuple[int, int, str, str]


def main() -> None:
    """Writes the shares of the words with ß, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with text files, at any depth")
    paths = sorted(parser.parse_args().folder.rglob("*.txt"))
    listed = [word for word, _ in read_table("de")]
    plain = dict.fromkeys(word.replace("ß", "ss") for word in listed)
    found = shares(plain, count(path.read_text(encoding="utf-8") for path in paths))
    lines = [f"{word}\t{share:.3f}\n" for word, share in sorted(found.items())]
    SHARES.write_text("".join(lines), encoding="utf-8")
    print(len(lines))


def read_shares() -> dict[str, float]:
    """Of a word with ss, how often each of its forms with ß is written."""
    lines = SHARES.read_text(encoding="utf-8").splitlines()
    return {word: float(share) for word, share in (line.split("\t") for line in lines)}


def count(texts: Iterable[str]) -> Counter[str]:
    """How often texts have each word that has ss or ß, in lower case."""
    counts: Counter[str] = Counter()
    for text in texts:
        words = map(str.lower, re.findall(r"[^\W\d_]+", text))
        counts.update(word for word in words if "ss" in word or "ß" in word)
    return counts


def shares(words: Iterable[str], counts: Mapping[str, int]) -> dict[str, float]:
    """Of each word with ss, the shares of its forms with ß that are written often enough."""
    forms: dict[str, list[str]] = {}
    for form in counts:
        forms.setdefault(form.replace("ß", "ss"), []).append(form)
    seen: dict[str, dict[str, float]] = {}
    for word, written in forms.items():
        total = sum(counts[form] for form in written)
        if total >= _LEAST_SEEN:
            seen[word] = {form: counts[form] / total for form in written if form != word}
    around = _by_letters_around(seen)
    found: dict[str, float] = {}
    for word in words:
        if word in seen:
            found.update(seen[word])
        elif word.count("ss") == 1:
            found[word.replace("ss", "ß")] = _guessed(word, around)
    return {form: share for form, share in found.items() if share >= _LEAST_SHARE}


def _by_letters_around(seen: Mapping[str, Mapping[str, float]]) -> dict[Around, list[float]]:
    """How often ß is written between the same letters, a share for each word that was seen."""
    found: dict[Around, list[float]] = {}
    for word, forms in seen.items():
        if word.count("ss") == 1:
            for letters in _letters_around(word):
                found.setdefault(letters, []).append(sum(forms.values()))
    return found


def _guessed(word: str, around: Mapping[Around, list[float]]) -> float:
    for letters in _letters_around(word):
        known = around.get(letters, [])
        if len(known) > 1:
            return sum(known) / len(known)
    return 0.0


def _letters_around(word: str) -> Iterator[Around]:
    edged = f"^{word}$"
    at = edged.index("ss")
    for before, after in _AROUND:
        yield before, after, edged[max(0, at - before) : at], edged[at + 2 : at + 2 + after]


if __name__ == "__main__":
    main()

"""Makes the tables of word pairs and triples in ``src/notetext/engines/local/contexts``.

They are counted in the texts that ``training/corpora.py`` writes. Of the pairs and triples those
are kept that change most of what shorter ones say already (Seymore and Rosenfeld, "Scalable
Backoff Language Models", 1996).

Run with: ``python training/contexts.py en TEXTS/en/*.txt``
"""

from __future__ import annotations

import argparse
import sys
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.context import LOWEST, MAGIC, PROBES, SIZES, STEP, place, words_of
from notetext.engines.local.vocabulary import read_table

_FOLDER = Path(__file__).parents[1] / "src/notetext/engines/local/contexts"
_PARAGRAPH = "\n"
_MOST_WORDS = 65_000
_LEAST_PAIRS, _LEAST_TRIPLES = 4, 6
_DISCOUNT = 0.8
_LOAD = 0.85
_PAIR_BYTES, _TRIPLE_BYTES = 4, 3

Numbers = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """What was counted; the words of a run as one number with as many digits to `base`.

    Attributes:
        words: the likeliest words, the paragraph's end first.
        single: how often each stands there; the last for all others.
        pairs: of two words that follow each other, sorted.
        pair_times: how often they do.
        triples: of three, sorted.
        triple_times: how often they do.
    """

    words: list[str]
    single: Numbers
    pairs: Numbers
    pair_times: Numbers
    triples: Numbers
    triple_times: Numbers

    @property
    def base(self) -> int:
        """One more than the words."""
        return len(self.words) + 1


@dataclass(frozen=True)
class Weights:
    """What a table holds: logarithms of ratios and of what is left to others."""

    word_backoffs: dict[str, float]
    pairs: dict[str, tuple[float, float]]
    triples: dict[str, float]


def read_words(files: Iterable[Path], elided: frozenset[str]) -> tuple[list[str], Numbers]:
    """The different words of texts, and the texts as their numbers; paragraphs end with 0."""
    numbers = {_PARAGRAPH: 0}
    text = array("I")
    for file in files:
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                text.extend(
                    numbers.setdefault(word, len(numbers)) for word in words_of(line, elided)
                )
                text.append(0)
    return list(numbers), np.frombuffer(text, np.uint32).astype(np.int64)


def count(words: list[str], text: Numbers) -> Counts:
    """Counts the pairs and triples of the likeliest words."""
    times = np.bincount(text, minlength=len(words))
    times[0] = times.max() + 1
    kept = np.argsort(-times, kind="stable")[:_MOST_WORDS]
    others = len(kept)
    number_of = np.full(len(words), others, np.int64)
    number_of[kept] = np.arange(others)
    text = number_of[text]
    base = others + 1
    known = text < others
    starts = known & (text != 0)
    pairs = text[:-1] * base + text[1:]
    paired = starts[:-1] & starts[1:]
    triples = pairs[:-1] * base + text[2:]
    tripled = paired[:-1] & starts[2:]
    return Counts(
        [words[index] for index in kept],
        np.bincount(text, minlength=base),
        *_counted(pairs[paired]),
        *_counted(triples[tripled]),
    )


def _counted(runs: Numbers) -> tuple[Numbers, Numbers]:
    numbers, times = np.unique(runs, return_counts=True)
    return numbers, times


def weigh(counts: Counts, most_pairs: int, most_triples: int) -> Weights:
    """Turns counts to ratios, and keeps the most telling."""
    base = counts.base
    alone = np.maximum(counts.single, 1) / max(1, counts.single.sum())
    context = np.maximum(counts.single, 1)

    likely = counts.pair_times >= _LEAST_PAIRS
    pairs, times = counts.pairs[likely], counts.pair_times[likely]
    first, second = np.divmod(pairs, base)
    seen = (times - _DISCOUNT) / context[first]
    left = 1 - np.bincount(first, seen, base)
    ratios = seen / alone[second] + left[first]
    gain = times * np.abs(np.log(ratios / left[first]))

    likely = counts.triple_times >= _LEAST_TRIPLES
    triples, triple_times = counts.triples[likely], counts.triple_times[likely]
    head, third = np.divmod(triples, base)
    tail = head % base * base + third
    at_head = np.searchsorted(pairs, head)
    at_tail = np.searchsorted(pairs, tail)
    seen_triples = (triple_times - _DISCOUNT) / times[at_head]
    left_of_pair = 1 - np.bincount(at_head, seen_triples, len(pairs))
    shorter = left_of_pair[at_head] * ratios[at_tail]
    triple_ratios = seen_triples / alone[third] + shorter
    triple_gain = triple_times * np.abs(np.log(triple_ratios / shorter))

    kept_triples = _most(triple_gain, most_triples)
    is_head = np.zeros(len(pairs), np.bool_)
    is_head[at_head[kept_triples]] = True
    gain[is_head] = np.inf
    kept = _most(gain, most_pairs)
    # What is left to others follows from what was kept.
    left = 1 - np.bincount(first[kept], seen[kept], base)
    ratios = left[first].copy()
    ratios[kept] += seen[kept] / alone[second[kept]]
    at_head, at_tail = at_head[kept_triples], at_tail[kept_triples]
    seen_triples = seen_triples[kept_triples]
    left_of_pair = 1 - np.bincount(at_head, seen_triples, len(pairs))
    shorter = left_of_pair[at_head] * ratios[at_tail]
    triple_ratios = seen_triples / alone[third[kept_triples]] + shorter

    words = counts.words
    heads = np.unique(first[kept])
    return Weights(
        {words[word]: float(np.log(left[word])) for word in heads},
        {
            f"{words[first[at]]} {words[second[at]]}": (
                float(np.log(ratios[at])),
                float(np.log(left_of_pair[at])),
            )
            for at in kept[np.argsort(-times[kept])]
        },
        {
            f"{words[number // base // base]} {words[number // base % base]} "
            f"{words[number % base]}": float(np.log(ratio))
            for number, ratio in zip(triples[kept_triples].tolist(), triple_ratios, strict=True)
        },
    )


def _most(gain: Reals, most: int) -> Numbers:
    """The indices of the largest."""
    if len(gain) <= most:
        return np.arange(len(gain))
    return np.argpartition(-gain, most)[:most]


def table(weights: Weights) -> bytes:
    """Lays the hash tables out as `ContextTable` finds them."""
    words = _Slots({key: (value,) for key, value in weights.word_backoffs.items()}, 1)
    pairs = _Slots(weights.pairs, 2)
    triples = _Slots({key: (value,) for key, value in weights.triples.items()}, 1)
    parts = (words, pairs, triples)
    head = MAGIC + SIZES.pack(*(part.slots for part in parts))
    head += bytes(len(head) % 2)
    prints = b"".join(part.prints.tobytes() for part in parts)
    return head + prints + b"".join(column.tobytes() for part in parts for column in part.columns)


class _Slots:
    """A hash table."""

    def __init__(self, entries: Mapping[str, tuple[float, ...]], columns: int) -> None:
        self.slots = max(1, round(len(entries) / _LOAD))
        self.prints = np.zeros(self.slots + PROBES, "<u2")
        self.columns = np.zeros((columns, self.slots + PROBES), np.uint8)
        lost = 0
        for key, values in entries.items():
            first, mark = place(key, self.slots)
            free = np.flatnonzero(self.prints[first : first + PROBES] == 0)
            if not len(free):
                lost += 1
                continue
            self.prints[first + free[0]] = mark
            self.columns[:, first + free[0]] = [_byte(value) for value in values]
        print(f"{len(entries):,} entries, {lost:,} lost", file=sys.stderr)


def _byte(value: float) -> int:
    return min(max(round((value - LOWEST) / STEP), 0), 255)


def main() -> None:
    """Writes the table of a language."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("language", help="the name of its table of words, such as en")
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--megabytes", type=float, default=3, help="of the table at most (3)")
    options = parser.parse_args()
    words = (word for word, _ in read_table(options.language))
    elided = frozenset(word for word in words if word.endswith("'"))
    counts = count(*read_words(options.texts, elided))
    # Two fifths of the room for triples, which need a pair each to stand on.
    room = options.megabytes * 1e6 * _LOAD - 3 * _MOST_WORDS
    weights = weigh(counts, int(0.7 * room / _PAIR_BYTES), int(0.3 * room / _TRIPLE_BYTES))
    path = _FOLDER / f"{options.language}.ctx"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(table(weights))
    print(path.name, f"{int(counts.single.sum()):,} words", f"{path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

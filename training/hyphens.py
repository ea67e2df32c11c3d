"""Makes the tables of words with hyphens in ``src/notetext/engines/local/hyphens``.

They are counted in the texts that ``training/corpora.py`` writes. Some of these have hyphens for
dashes: a word must have its hyphen often for how often its parts are used.

Run with: ``python training/hyphens.py en TEXTS/en/*.txt``
"""

from __future__ import annotations

import argparse
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "src/notetext/engines/local/hyphens"
_WORD = re.compile(r"(?<![\w-])[^\W\d_]+(?:-[^\W\d_]+)*(?![\w-])")
_LEAST_TIMES = 5
_LEAST_SHARE = 0.003  # of the times that the rarest of its parts is used


def hyphenated(paragraphs: Iterable[str]) -> Sequence[str]:
    """The words of texts that have hyphens, in lower case.

    Args:
        paragraphs: of the texts.
    """
    times: Counter[str] = Counter()
    for paragraph in paragraphs:
        times.update(_WORD.findall(paragraph.lower()))
    return sorted(
        word
        for word, count in times.items()
        if "-" in word
        and count >= _LEAST_TIMES
        and count >= _LEAST_SHARE * min(times[part] for part in word.split("-"))
    )


def main() -> None:
    """Counts, and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language")
    parser.add_argument("texts", type=Path, nargs="+")
    arguments = parser.parse_args()
    words = hyphenated(line for file in arguments.texts for line in file.open(encoding="utf-8"))
    table = lzma.compress(" ".join(words).encode(), preset=9 | lzma.PRESET_EXTREME)
    (_FOLDER / f"{arguments.language}.txt.xz").write_bytes(table)
    print(arguments.language, len(words), len(table), file=sys.stderr)


if __name__ == "__main__":
    main()

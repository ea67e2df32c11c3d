"""The network to start from: PP-OCRv6 small, its last layer cut to the Latin script, or to all
scripts that notetext reads.

Run with: ``python training/start.py --output START.onnx``
"""

from __future__ import annotations

import argparse
from collections.abc import Collection
from pathlib import Path

import onnx
import upstream
from narrow import flush

from notetext.engines.local import alphabets
from notetext.engines.local.onnx_slicing import keep_classes, read_metadata
from notetext.engines.local.scripts import SCRIPTS
from notetext.engines.local.scripts.latin import LATIN
from notetext.model import Language


def characters_of(path: Path) -> tuple[str, ...]:
    """What the classes of a network stand for; the first, the CTC blank, is empty."""
    return ("", *read_metadata(path.read_bytes())["character"].split("\n"), " ")


def cut_to(languages: Collection[Language]) -> onnx.ModelProto:
    """PP-OCRv6's recogniser with the characters that texts in some languages may hold."""
    whole = upstream.RECOGNITION.find()
    characters = characters_of(whole)
    kept = alphabets.classes(characters, tuple(sorted(languages)))
    model = onnx.load_from_string(keep_classes(whole.read_bytes(), kept))
    del model.metadata_props[:]
    entry = model.metadata_props.add()
    entry.key = "character"
    entry.value = "\n".join(characters[index] for index in kept[1:-1])
    return model


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--all", action="store_true", help="keep all scripts")
    options = parser.parse_args()
    output: Path = options.output
    scripts = SCRIPTS if options.all else (LATIN,)
    model = cut_to({language for script in scripts for language in script.languages})
    flush(model)
    onnx.save(model, output)
    characters = characters_of(output)
    print(len(characters), "classes:", "".join(characters))


if __name__ == "__main__":
    main()

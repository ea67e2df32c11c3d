"""The network to start from: PP-OCRv6 small, its last layer cut to the Latin script.

Run with: ``python training/start.py --output START.onnx``
"""

from __future__ import annotations

import argparse
from pathlib import Path

from notetext.engines.local import alphabets
from notetext.engines.local.onnx_slicing import keep_classes, read_metadata
from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.weights import GENERAL


def characters_of(path: Path) -> tuple[str, ...]:
    """What the classes of a network stand for; the first, the CTC blank, is empty."""
    return ("", *read_metadata(path.read_bytes())["character"].split("\n"), " ")


def main() -> None:
    """Writes the file."""
    import onnx

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    output: Path = parser.parse_args().output
    whole = GENERAL.find().path
    characters = characters_of(whole)
    latin = tuple(sorted(LATIN.languages))
    kept = alphabets.classes(characters, latin)
    model = onnx.load_from_string(keep_classes(whole.read_bytes(), kept))
    del model.metadata_props[:]
    entry = model.metadata_props.add()
    entry.key = "character"
    entry.value = "\n".join(characters[index] for index in kept[1:-1])
    onnx.save(model, output)
    print(len(kept), "classes:", "".join(characters[index] for index in kept))


if __name__ == "__main__":
    main()

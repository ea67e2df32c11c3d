"""Makes the files that are shipped of PP-OCRv6 as it comes: the detector, of its tiny one, and the
recogniser for print and for what is no Latin script, of its small one.

The detector is as it was but for its subnormal numbers. The recogniser's last layer is
cut to the characters of the scripts that notetext reads, and its numbers are stored in 16 bits: it
reads as before, from half of the bytes.

Run with: ``python training/ship.py --output src/notetext/engines/local``
"""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path

import onnx
import upstream
from narrow import flush, narrow
from start import cut_to

from notetext.engines.local.scripts import SCRIPTS


def detection() -> bytes:
    """The detector."""
    model = onnx.load(upstream.DETECTION.find())
    flush(model)
    return bytes(model.SerializeToString(deterministic=True))


def general() -> bytes:
    """The recogniser."""
    model = cut_to({language for script in SCRIPTS for language in script.languages})
    flush(model)
    narrow(model)
    return bytes(model.SerializeToString(deterministic=True))


FILES = {"detection-2.onnx": detection, "general-1.onnx": general}
"""What makes each file. Other bytes get another number."""


def main() -> None:
    """Writes the files, and prints what weights.py has to know of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True, help="a folder")
    folder: Path = parser.parse_args().output
    for name, make in FILES.items():
        data = make()
        (folder / name).write_bytes(data)
        print(name, len(data), sha256(data).hexdigest())


if __name__ == "__main__":
    main()

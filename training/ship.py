"""Makes the file that is shipped of PP-OCRv6 nearly as it comes: the detector, of its tiny one,
without its subnormal numbers.

Run with: ``python training/ship.py --output src/notetext/engines/local``
"""

from __future__ import annotations

import argparse
from hashlib import sha256
from pathlib import Path

import onnx
import upstream
from narrow import flush


def detection() -> bytes:
    """The detector."""
    model = onnx.load(upstream.DETECTION.find())
    flush(model)
    return bytes(model.SerializeToString(deterministic=True))


FILES = {"detection-2.onnx": detection}
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

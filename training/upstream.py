"""The networks of PP-OCRv6 small as they come: what all of ours are made from.

They are the PaddlePaddle authors' (https://github.com/PaddlePaddle/PaddleOCR), under Apache-2.0,
and lie as ONNX files in the wheel of rapidocr 3.10.0 (https://github.com/RapidAI/RapidOCR), which
the group ``training`` installs. None of its code runs here.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib import util
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Upstream:
    """A file as its makers gave it out.

    Attributes:
        name: of the file.
        sha256: of what it holds, in hexadecimal digits.
    """

    name: str
    sha256: str

    def find(self) -> Path:
        """Where it lies.

        Raises:
            FileNotFoundError: rapidocr is not installed, or holds other files.
            ValueError: the file is another one.
        """
        # To import rapidocr would set up a logger of its own.
        spec = util.find_spec("rapidocr")
        if spec is None or not spec.submodule_search_locations:
            raise FileNotFoundError("rapidocr is not installed: pip install --group training")
        path = Path(spec.submodule_search_locations[0], "models", self.name)
        if sha256(path.read_bytes()).hexdigest() != self.sha256:
            raise ValueError(f"{path} is not the file that the recipe starts from")
        return path


DETECTION = Upstream(
    "PP-OCRv6_det_small.onnx", "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f"
)
RECOGNITION = Upstream(
    "PP-OCRv6_rec_small.onnx", "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
)

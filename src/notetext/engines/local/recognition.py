"""Reads cut-out lines: pixels to log-probabilities of characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from notetext.engines.local.crops import LINE_HEIGHT, LineImage
from notetext.engines.local.detection import as_batch
from notetext.engines.local.network import Network

STEP = 8
"""The pixels of a line image's width that make one time step."""

_BATCH_WIDTH = 640
_MOST_LINES = 8
_LEAST_PROBABILITY = 1e-9


class Recognizer:
    """Reads line images with a CTC network; threads may share it."""

    def __init__(self, network: Network, characters: Sequence[str], threads: int = 1) -> None:
        """Makes a recogniser.

        Args:
            network: a network with a softmax over as many classes as there are characters.
            characters: what each class stands for; the first, the CTC blank, is empty.
            threads: how many batches are read side by side, at least 1.
        """
        self._network = network
        self._threads = threads
        self.characters = tuple(characters)
        """What each class of the network stands for; the first, the CTC blank, is empty."""

    def read(self, images: Sequence[LineImage]) -> Iterator[list[tuple[int, NDArray[np.float32]]]]:
        """Reads line images batch by batch, those of a like width together.

        Args:
            images: what to read.

        Yields:
            For each image of a batch its index in ``images`` and its log-probabilities, T×C: a row
            for each `STEP` pixels of its width, a column for each of ``characters``.
        """
        batches = list(_batches([image.width for image in images]))
        if min(self._threads, len(batches)) <= 1:
            for batch in batches:
                yield self._read_batch(images, batch)
            return
        # Batches side by side keep the cores busier than one batch on all of them, and what takes
        # them has the time in which the next ones are made.
        executor = ThreadPoolExecutor(self._threads, thread_name_prefix="notetext-lines")
        try:
            yield from executor.map(lambda batch: self._read_batch(images, batch), batches)
        finally:
            executor.shutdown(cancel_futures=True)

    def _read_batch(
        self, images: Sequence[LineImage], batch: Sequence[int]
    ) -> list[tuple[int, NDArray[np.float32]]]:
        padded = _padded([images[index].pixels for index in batch])
        probabilities = self._network.run(as_batch(padded))
        logs = np.log(np.maximum(probabilities, _LEAST_PROBABILITY))
        return [
            (index, logs[row, : max(1, round(images[index].width / STEP))])
            for row, index in enumerate(batch)
        ]


def _batches(widths: Sequence[int]) -> Iterator[list[int]]:
    """Groups lines of a like width, so that little of a batch is padding.

    The widest come first: at the end, threads wait for each other no longer than for a short line.
    """
    batch: list[int] = []
    for index in sorted(range(len(widths)), key=lambda index: -widths[index]):
        too_wide = batch and (len(batch) + 1) * widths[batch[0]] > _BATCH_WIDTH
        if too_wide or len(batch) == _MOST_LINES:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def _padded(images: Sequence[NDArray[np.uint8]]) -> NDArray[np.uint8]:
    """Sets pictures side by side in one array, all as wide as the widest; what is added is grey."""
    width = max(image.shape[1] for image in images)
    width = -(-width // STEP) * STEP
    batch = np.full((len(images), LINE_HEIGHT, width, *images[0].shape[2:]), 127, np.uint8)
    for row, image in zip(batch, images, strict=True):
        row[:, : image.shape[1]] = image
    return batch

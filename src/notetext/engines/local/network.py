"""A neural network on ONNX Runtime; the only module that knows ONNX Runtime."""

from __future__ import annotations

import os

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
from numpy.typing import NDArray

from notetext.errors import EngineUnavailableError

_MOST_THREADS = 4


class Network:
    """A network with one input and one output, on the CPU; threads may share it."""

    def __init__(
        self, model: bytes, threads: int, name: str = "the network", *, keep_memory: bool = False
    ) -> None:
        """Loads the network.

        Args:
            model: what the ONNX file holds.
            threads: the threads that one call uses, at least 1.
            name: the file's, for errors.
            keep_memory: keep for the next batch what the largest one needed: for batches of a
                like size. Else it goes back, which leaves the heap in pieces if done often.

        Raises:
            EngineUnavailableError: ONNX Runtime cannot load the model.
        """
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
        options.enable_cpu_mem_arena = keep_memory
        # It would be planned, and kept, for each size of a batch.
        options.enable_mem_pattern = False
        # Idle threads that spin take the processor away from other processes.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.add_session_config_entry("session.inter_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            self._session = ort.InferenceSession(
                model,
                sess_options=options,
                providers=["CPUExecutionProvider"],
            )
        # ONNX Runtime's errors have no base class but Exception.
        except Exception as error:
            raise EngineUnavailableError(
                f"ONNX Runtime {ort.__version__} cannot load {name}: {error}", engine="local"
            ) from error
        self._input = self._session.get_inputs()[0].name

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        """Applies the network to a batch.

        Args:
            batch: N×C×H×W.

        Returns:
            The output, whose first axis is N as well.
        """
        (output,) = self._session.run(None, {self._input: batch})
        return np.asarray(output, np.float32)


def available_threads() -> int:
    """The processor's cores that this process may use, at most 4: more give little."""
    if hasattr(os, "sched_getaffinity"):
        cores = len(os.sched_getaffinity(0))
    else:
        cores = os.cpu_count() or 1
    return min(cores, _MOST_THREADS)

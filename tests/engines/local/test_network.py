from __future__ import annotations

import numpy as np
import pytest

from notetext.engines.local.network import Network, available_threads
from notetext.engines.local.weights import DETECTION
from notetext.errors import EngineUnavailableError


def test_a_file_that_is_no_network_is_named() -> None:
    with pytest.raises(EngineUnavailableError, match=r"cannot load broken\.onnx"):
        Network(b"no network", threads=1, name="broken.onnx")


def test_at_least_one_thread_is_available() -> None:
    assert 1 <= available_threads() <= 4


def test_a_batch_gives_an_output_for_each_picture_whatever_the_threads() -> None:
    batch = np.random.default_rng(3).uniform(-1, 1, (2, 3, 64, 96)).astype(np.float32)
    one, two = (Network(DETECTION.find().read(), threads=threads) for threads in (1, 2))

    together = one.run(batch)

    assert together.shape == (2, 1, 64, 96)
    np.testing.assert_allclose(two.run(batch), together, atol=1e-5)
    np.testing.assert_allclose(one.run(batch[1:])[0], together[1], atol=1e-5)

from __future__ import annotations

import pytest

from notetext.engines.local.network import Network, available_threads
from notetext.errors import EngineUnavailableError


def test_a_file_that_is_no_network_is_named() -> None:
    with pytest.raises(EngineUnavailableError, match=r"cannot load broken\.onnx"):
        Network(b"no network", threads=1, name="broken.onnx")


def test_at_least_one_thread_is_available() -> None:
    assert 1 <= available_threads() <= 4

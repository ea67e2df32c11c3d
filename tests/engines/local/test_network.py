from __future__ import annotations

from pathlib import Path

import pytest

from notetext.engines.local.network import Network, available_threads
from notetext.errors import EngineUnavailableError


def test_a_file_that_is_no_network_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no network")
    with pytest.raises(EngineUnavailableError, match=r"cannot load broken\.onnx"):
        Network(broken, threads=1)


def test_at_least_one_thread_is_available() -> None:
    assert 1 <= available_threads() <= 4

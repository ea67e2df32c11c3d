from __future__ import annotations

import subprocess
import sys
from importlib import metadata, util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from notetext.engines.local.weights import find_weights
from notetext.errors import EngineUnavailableError


def test_the_weights_are_found() -> None:
    weights = find_weights()
    assert weights.detection.stat().st_size > 1_000_000
    assert weights.recognition.stat().st_size > 1_000_000
    assert weights.origin == f"rapidocr-{metadata.version('rapidocr')}"


def test_the_package_is_not_imported() -> None:
    check = (
        "import sys; from notetext.engines.local.weights import find_weights; find_weights();"
        "sys.exit('rapidocr' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with pytest.raises(EngineUnavailableError, match="pip install 'rapidocr"):
        find_weights()


def test_a_package_with_other_files_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spec = ModuleSpec("rapidocr", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(util, "find_spec", lambda name: spec)
    with pytest.raises(EngineUnavailableError, match=r"does not hold PP-OCRv6_det_small\.onnx"):
        find_weights()

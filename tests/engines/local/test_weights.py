from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from importlib import metadata, util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from notetext.engines.local.scripts.latin import LATIN
from notetext.engines.local.weights import DETECTION, GENERAL, BundledWeights, NetworkFile
from notetext.errors import EngineUnavailableError
from notetext.model import Mode

HANDWRITING = LATIN.weights[Mode.HANDWRITTEN]


def test_the_weights_are_found() -> None:
    for weights in (DETECTION, GENERAL, HANDWRITING):
        assert len(weights.find().read()) > 1_000_000
    assert GENERAL.find().origin == f"rapidocr-{metadata.version('rapidocr')}"


def test_weights_that_were_changed_are_refused(tmp_path: Path) -> None:
    good = HANDWRITING.find()
    data = bytearray(good.read())
    data[len(data) // 2] ^= 1
    changed = tmp_path / good.path.name
    changed.write_bytes(data)
    with pytest.raises(EngineUnavailableError, match=r"changed or damaged.*reinstall notetext"):
        replace(good, path=changed).read()


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailableError, match=r"none\.onnx cannot be read: No such file"):
        NetworkFile(tmp_path / "none.onnx", "nowhere").read()


def test_the_package_is_not_imported() -> None:
    check = (
        "import sys; from notetext.engines.local.weights import GENERAL; GENERAL.find();"
        "sys.exit('rapidocr' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(util, "find_spec", lambda name: None)
    with pytest.raises(EngineUnavailableError, match="pip install 'rapidocr"):
        DETECTION.find()


def test_a_package_with_other_files_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spec = ModuleSpec("rapidocr", None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(util, "find_spec", lambda name: spec)
    with pytest.raises(EngineUnavailableError, match=r"does not hold PP-OCRv6_det_small\.onnx"):
        DETECTION.find()


def test_bundled_weights_lie_beside_the_code_under_a_name_that_says_so() -> None:
    file = BundledWeights("handwriting-3.onnx", "0" * 64).find()
    assert file.path.is_file()
    assert file.name == "notetext/handwriting-3"
    with pytest.raises(EngineUnavailableError, match="their SHA-256 is another one"):
        file.read()

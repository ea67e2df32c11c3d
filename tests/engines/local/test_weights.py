from __future__ import annotations

from dataclasses import replace
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


def test_weights_that_are_installed_are_small() -> None:
    sizes = [weights.find().path.stat().st_size for weights in (DETECTION, GENERAL, HANDWRITING)]
    assert sum(sizes) < 14_000_000


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


def test_bundled_weights_lie_beside_the_code_under_a_name_that_says_so() -> None:
    file = BundledWeights("handwriting-5.onnx", "0" * 64).find()
    assert file.path.is_file()
    assert file.name == "notetext/handwriting-5"
    with pytest.raises(EngineUnavailableError, match="their SHA-256 is another one"):
        file.read()

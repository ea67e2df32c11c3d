from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from notetext.engines.local.recognizer_cache import RecognizerCache
from notetext.engines.local.weights import DETECTION, GENERAL, NetworkFile
from notetext.errors import EngineUnavailableError


@pytest.fixture(scope="module")
def cache() -> RecognizerCache:
    return RecognizerCache(GENERAL.find(), threads=1)


def test_the_dictionary_frames_its_characters_with_blanks(cache: RecognizerCache) -> None:
    assert cache.characters[0] == ""
    assert cache.characters[-1] == " "
    assert all(len(character) == 1 for character in cache.characters[1:])
    assert len(set(cache.characters)) == len(cache.characters) == 16_352


def test_a_recognizer_knows_its_characters_alone(cache: RecognizerCache) -> None:
    recognizer = cache.recognizer_for(np.array([0, 40, 16_351]))
    assert recognizer.characters == ("", cache.characters[40], " ")


def test_all_classes_are_the_whole_network(cache: RecognizerCache) -> None:
    assert cache.recognizer_for(np.arange(16_352)).characters == cache.characters


def test_the_two_sets_of_classes_used_last_stay_loaded() -> None:
    cache = RecognizerCache(GENERAL.find(), threads=1)
    first, second, third = (np.array([0, index]) for index in (1, 2, 3))
    loaded = cache.recognizer_for(first)
    cache.recognizer_for(second)
    assert cache.recognizer_for(first) is loaded
    cache.recognizer_for(third)
    assert cache.recognizer_for(first) is loaded
    cache.recognizer_for(second)
    cache.recognizer_for(third)
    assert cache.recognizer_for(first) is not loaded


@pytest.mark.parametrize("content", [b"no network", b"", DETECTION.find().read()])
def test_a_file_without_a_dictionary_is_named(tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(content)
    with pytest.raises(EngineUnavailableError, match=r"broken\.onnx is not the recogniser"):
        RecognizerCache(NetworkFile(broken, "test"), threads=1)


def test_a_network_with_another_last_layer_is_named(tmp_path: Path) -> None:
    # A detector that claims to hold a dictionary.
    entry = b"\x0a\x09character\x12\x03a\nb"
    other = tmp_path / "other.onnx"
    other.write_bytes(DETECTION.find().read() + b"\x72" + bytes([len(entry)]) + entry)
    with pytest.raises(EngineUnavailableError, match=r"other\.onnx is not the recogniser"):
        RecognizerCache(NetworkFile(other, "test"), threads=1).recognizer_for(np.array([0, 1]))

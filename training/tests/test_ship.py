"""The files that are shipped come out of the recipe, and read as what it starts from."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).parents[1]))

import upstream
from narrow import flush, narrow
from ship import FILES
from start import characters_of, cut_to

from notetext.engines.local import weights
from notetext.engines.local.ctc import decode_greedily
from notetext.engines.local.detection import as_batch
from notetext.engines.local.network import Network
from notetext.engines.local.scripts import SCRIPTS

LANGUAGES = {language for script in SCRIPTS for language in script.languages}


def printed(text: str, height: int, width: int) -> NDArray[np.float32]:
    """A batch of one picture with a line of print in its middle."""
    picture = Image.new("L", (width, height), 240)
    font = ImageFont.load_default(30)
    ImageDraw.Draw(picture).text((10, height / 2), text, fill=20, font=font, anchor="lm")
    return as_batch(np.asarray(picture)[None])


def test_the_detector_comes_out_of_the_recipe_byte_for_byte() -> None:
    assert FILES[weights.DETECTION.name]() == weights.DETECTION.find().read()


def test_the_detector_finds_what_it_found() -> None:
    batch = printed("The shipped files", 160, 320)
    before = Network(upstream.DETECTION.find().read_bytes(), threads=1).run(batch)
    after = Network(weights.DETECTION.find().read(), threads=1).run(batch)
    np.testing.assert_allclose(after, before, rtol=0, atol=1e-6)


def test_the_recogniser_reads_what_it_read() -> None:
    batch = printed("1,234.50 of the shipped files", 48, 480)
    whole = cut_to(LANGUAGES).SerializeToString()
    characters = characters_of(weights.GENERAL.find().path)

    def read(network: bytes) -> str:
        (said,) = Network(network, threads=1).run(batch)
        words = decode_greedily(np.log(np.maximum(said, 1e-9)), characters)
        return " ".join(word.text for word in words)

    assert read(weights.GENERAL.find().read()) == read(whole) == "1,234.50 of the shipped files"


def test_the_recogniser_keeps_the_characters_of_all_scripts_and_no_others() -> None:
    whole = characters_of(upstream.RECOGNITION.find())
    kept = characters_of(weights.GENERAL.find().path)
    assert set("aßøŽ漢かカ々。$") <= set(kept) <= set(whole)
    assert not set("αя한😀").intersection(kept)


def multiplying(matrix: NDArray[np.float32]) -> onnx.ModelProto:
    """A network that multiplies with a matrix."""
    x, y = (
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", length])
        for name, length in zip("xy", matrix.shape, strict=True)
    )
    product = helper.make_node("MatMul", ["x", "m"], ["y"])
    graph = helper.make_graph([product], "", [x], [y], [numpy_helper.from_array(matrix, "m")])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def test_a_narrow_network_is_smaller_and_calculates_nearly_the_same() -> None:
    matrix = np.random.default_rng(5).normal(0, 1, (100, 64)).astype(np.float32)
    model = multiplying(matrix)
    batch = np.random.default_rng(6).normal(0, 0.1, (3, 100)).astype(np.float32)
    before = Network(model.SerializeToString(), threads=1).run(batch)
    size = model.ByteSize()

    narrow(model)

    assert model.ByteSize() < 0.52 * size
    after = Network(model.SerializeToString(), threads=1).run(batch)
    np.testing.assert_allclose(after, before, rtol=0, atol=0.005)


def test_numbers_next_to_nothing_become_nothing() -> None:
    model = multiplying(np.array([[1e-40, -1e-39], [1e-20, -0.5]], np.float32))
    flush(model)
    (stored,) = model.graph.initializer
    np.testing.assert_array_equal(
        numpy_helper.to_array(stored), np.array([[0, 0], [1e-20, -0.5]], np.float32)
    )


def test_another_file_than_the_recipe_starts_from_is_refused() -> None:
    with pytest.raises(ValueError, match="not the file that the recipe starts from"):
        replace(upstream.DETECTION, sha256="0" * 64).find()

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
import pytest
from numpy.typing import NDArray

from notetext.engines.local.last_layer import Recognition, split
from notetext.engines.local.weights import find_weights


@pytest.fixture(scope="module")
def whole() -> bytes:
    return find_weights().recognition.read_bytes()


@pytest.fixture(scope="module")
def parts(whole: bytes) -> Recognition:
    return split(whole)


def run(model: bytes, batch: NDArray[np.float32]) -> NDArray[np.float32]:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    session = ort.InferenceSession(model, options)
    return np.asarray(session.run(None, {"x": batch})[0], np.float32)


def test_the_two_parts_give_what_the_whole_gives(whole: bytes, parts: Recognition) -> None:
    batch = np.random.default_rng(0).uniform(-1, 1, (2, 3, 48, 64)).astype(np.float32)
    classes = np.arange(len(parts.biases))

    probabilities = np.exp(parts.log_probs(run(parts.trunk, batch), classes))

    np.testing.assert_allclose(probabilities, run(whole, batch), atol=1e-4)


def test_a_part_of_the_classes_shares_the_whole_probability(parts: Recognition) -> None:
    features = np.random.default_rng(0).normal(0, 1, (3, 5, 120)).astype(np.float32)

    some = parts.log_probs(features, np.array([0, 7, 18709]))

    assert some.shape == (3, 5, 3)
    np.testing.assert_allclose(np.exp(some).sum(axis=-1), 1, rtol=1e-5)


def test_there_is_a_character_for_every_class(parts: Recognition) -> None:
    assert len(["", *parts.characters.split("\n"), " "]) == parts.weights.shape[1]


def test_another_network_is_refused() -> None:
    with pytest.raises(ValueError, match="matrix product"):
        split(find_weights().detection.read_bytes())

"""Lets a trained network do most of its work with 8-bit numbers: twice as fast, a third as large.

Four fifths of the recogniser's work are convolutions that mix channels at one point. Their weights
and inputs become whole numbers (Jacob et al., "Quantization and Training of Neural Networks for
Efficient Integer-Arithmetic-Only Inference", CVPR 2018); the ranges of the inputs are measured on
lines like those of the training. Weights are given 7 bits: 8 would overflow on processors without
VNNI, and the same line must read alike everywhere.

Run with: ``python training/quantize.py --config training/handwriting-3.toml --data DATA
--fonts FONTS --book-fonts BOOK_FONTS --glyphs GLYPHS --output SMALL.onnx MEAN.onnx``
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort  # type: ignore[import-untyped]
from numpy.typing import NDArray
from onnx import version_converter
from onnxruntime.quantization import (  # type: ignore[import-untyped]
    CalibrationDataReader,
    CalibrationMethod,
    QuantFormat,
    QuantType,
    quantize_static,
)
from samples import BATCHES_IN_DRAWER, Drawers, Samples, add_sources, samples_of
from start import characters_of
from train import Config

_OPSET = 13  # the first with a scale for each channel
FEWEST_CHANNELS = 192  # with fewer, to convert the numbers takes as long as is won
PERCENTILE = (
    99.99  # what lies beyond is cut off; with the whole range, small values come out coarse
)
_BATCHES, _WIDTH = 16, 640
_POOLING = {"ReduceMean", "GlobalAveragePool", "AveragePool"}


def quantize(network: Path, batches: Sequence[NDArray[np.float32]], output: Path) -> None:
    """Writes the network with 8-bit convolutions.

    Args:
        network: the ONNX file, in 32-bit numbers.
        batches: N×3×48×W each, all of the same shape; what the ranges are measured on.
        output: the file to write.
    """
    with tempfile.TemporaryDirectory() as folder:
        fused = Path(folder, "fused.onnx")
        _fuse(network, fused)
        model = onnx.load(fused)
        quantize_static(
            fused,
            output,
            _Reader(model.graph.input[0].name, batches),
            quant_format=QuantFormat.QDQ,
            per_channel=True,
            reduce_range=True,
            nodes_to_quantize=list(_pointwise(model.graph)),
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
            calibrate_method=CalibrationMethod.Percentile,
            extra_options={"CalibPercentile": PERCENTILE},
        )


def calibration_batches(samples: Samples, characters: Sequence[str]) -> list[NDArray[np.float32]]:
    """Batches of four lines, cut or filled up to the same width."""
    drawers = Drawers(samples, characters, 4)
    return [
        _of_width(batch.images().numpy(), _WIDTH)
        for number in range(_BATCHES // BATCHES_IN_DRAWER)
        for batch in drawers[number]
    ]


def _of_width(images: NDArray[np.float32], width: int) -> NDArray[np.float32]:
    missing = max(0, width - images.shape[3])
    return np.pad(images[..., :width], ((0, 0), (0, 0), (0, 0), (0, missing)))


def _fuse(network: Path, output: Path) -> None:
    """Lets ONNX Runtime join what it would join on loading; around 8-bit nodes it no longer can."""
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(output)
    model = version_converter.convert_version(onnx.load(network), _OPSET)
    # A convolution joined with its activation is no convolution to the quantizer.
    ort.InferenceSession(
        model.SerializeToString(),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["ConvActivationFusion", "ConvAddActivationFusion"],
    )


def _pointwise(graph: onnx.GraphProto) -> Iterator[str]:
    """The names of the convolutions at one point that mix many channels at many places."""
    shapes = {tensor.name: tuple(tensor.dims) for tensor in graph.initializer}
    # After pooling there is little left to do, and rounding harms most.
    pooled = {name for node in graph.node if node.op_type in _POOLING for name in node.output}
    for node in graph.node:
        if node.op_type == "Conv" and node.input[0] not in pooled:
            _, channels, *kernel = shapes[node.input[1]]
            if kernel == [1, 1] and channels >= FEWEST_CHANNELS:
                yield node.name


class _Reader(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, name: str, batches: Iterable[NDArray[np.float32]]) -> None:
        self._name, self._batches = name, iter(batches)

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        batch = next(self._batches, None)
        return None if batch is None else {self._name: batch}


def main() -> None:
    """Quantizes the file that the command names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    add_sources(parser)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("network", type=Path, help="the file to quantize")
    options = parser.parse_args()
    config = Config.read(options.config)
    characters = characters_of(options.network)
    samples = samples_of(options, characters, config.mixture, config.seed)
    quantize(options.network, calibration_batches(samples, characters), options.output)


if __name__ == "__main__":
    main()

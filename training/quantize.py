"""Lets a trained network calculate with 8-bit numbers: nearly twice as fast, and a third as large.

Convolutions take nearly all of the recogniser's time. Their weights and all that passes between
them become whole numbers, channels last, and nothing is converted on the way: activations look up
a table, and sums and products are made of whole numbers, too (Jacob et al., "Quantization and
Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference", CVPR 2018). What
follows the convolutions stays as it is, stored in 16 bits. Ranges and weights are fitted to lines
like those of the training (`eight_bits.py`).

Run with: ``python training/quantize.py --config training/handwriting-8.toml --data DATA
--fonts FONTS --book-fonts BOOK_FONTS --glyphs GLYPHS --output SMALL.onnx MEAN.onnx``; for a
network that reads Chinese and Japanese with ``--eastern-fonts FONTS``, too.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from eastern import EasternSamples
from eight_bits import RoundedNetwork, rounded
from narrow import narrow
from network import STEEPNESS, Activation, Attention, Block, Stem, load
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from rounding import Rounding
from samples import BATCHES_IN_DRAWER, Drawers, Maker, add_sources, samples_of
from start import characters_of
from torch import Tensor, nn
from train import Config

_MICROSOFT = "com.microsoft"
_BATCHES, _EASTERN_BATCHES = 24, 16


@dataclass(frozen=True, slots=True)
class _Tensor:
    """What the network calculates somewhere, in 8 bits: N×H×W×C.

    Attributes:
        name: of the numbers.
        scale: the name of how far apart two of them are.
        zero: the name of the one that is 0.
    """

    name: str
    scale: str
    zero: str

    @property
    def inputs(self) -> list[str]:
        """What a node is given."""
        return [self.name, self.scale, self.zero]


class _EightBits:
    """The nodes and numbers of the convolutions, one after the other."""

    def __init__(self, scales: Mapping[nn.Conv2d, Tensor]) -> None:
        self._scales = scales
        self.nodes: list[onnx.NodeProto] = []
        self.numbers: list[onnx.TensorProto] = []

    def stem(self, stem: Stem, images: str) -> _Tensor:
        """What the stem makes of images N×3×48×W."""
        image = self._named("image", stem.image_rounding)
        self._node("QuantizeLinear", [images, *image.inputs[1:]], "image_before")
        self._node("Transpose", ["image_before"], image.name, perm=[0, 2, 3, 1])
        first = self._convolved(image, stem.first, stem.side_rounding, [1, 1, 1, 1])
        narrow = self._convolved(first, stem.narrow, stem.narrow_rounding, [0, 0, 1, 1])
        wide = self._convolved(narrow, stem.wide, stem.side_rounding, [0, 0, 1, 1])
        self._node(
            "NhwcMaxPool",
            [first.name],
            "brightest",
            kernel_shape=[2, 2],
            strides=[1, 1],
            pads=[0, 0, 1, 1],
        )
        # One scale for both, so that they are copied.
        self._node("Concat", ["brightest", wide.name], "both", axis=3)
        both = _Tensor("both", first.scale, first.zero)
        joined = self._convolved(both, stem.joined, stem.joined_rounding, [1, 1, 1, 1])
        return self._convolved(joined, stem.last, stem.last_rounding)

    def block(self, block: Block, features: _Tensor) -> _Tensor:
        """What a block makes of features."""
        deep = self._convolved(features, block.depthwise, block.depthwise_rounding, [1, 1, 1, 1])
        if isinstance(block.attention, Attention):
            deep = self._attended(deep, block.attention)
        wide = self._convolved(deep, block.widen, block.activation.before)
        activated = self._activated(wide, block.activation)
        narrow = self._convolved(activated, block.narrow, block.narrow_rounding)
        if not isinstance(block.sum_rounding, Rounding):
            return narrow
        return self._joined("QLinearAdd", deep, narrow, block.sum_rounding)

    def written_out(self, features: _Tensor, name: str) -> None:
        """The features as 32-bit numbers N×C×H×W."""
        self._node("Transpose", [features.name], f"{name}_rounded", perm=[0, 3, 1, 2])
        self._node("DequantizeLinear", [f"{name}_rounded", *features.inputs[1:]], name)

    def _convolved(
        self,
        features: _Tensor,
        convolution: nn.Conv2d,
        rounding: Rounding,
        pads: Sequence[int] = (0, 0, 0, 0),
    ) -> _Tensor:
        """A convolution; where nothing below 0 is left in the range, its activation, too."""
        after = self._named("convolved", rounding)
        scales = self._scales[convolution].numpy()
        weight = np.rint(convolution.weight.detach().numpy() / scales[:, None, None, None]).astype(
            np.int8
        )
        into = self._scale_of(features)
        assert convolution.bias is not None
        bias = np.rint(convolution.bias.detach().numpy() / (scales * into)).astype(np.int32)
        self._node(
            "QLinearConv",
            [
                *features.inputs,
                self._number(weight, after.name, "weight"),
                self._number(scales, after.name, "weight_scale"),
                self._number(np.zeros(len(scales), np.int8), after.name, "weight_zero"),
                *after.inputs[1:],
                self._number(bias, after.name, "bias"),
            ],
            after.name,
            channels_last=1,
            kernel_shape=list(convolution.kernel_size),
            strides=list(convolution.stride),
            pads=list(pads),
            group=convolution.groups,
        )
        return after

    def _activated(self, features: _Tensor, activation: Activation) -> _Tensor:
        sigmoid = self._named("sigmoid", activation.sigmoid)
        steeper = np.float32(STEEPNESS * self._scale_of(features))
        self._node(
            "QLinearSigmoid",
            [
                features.name,
                self._number(steeper, sigmoid.name, "steeper"),
                features.zero,
                *sigmoid.inputs[1:],
            ],
            sigmoid.name,
        )
        return self._joined("QLinearMul", features, sigmoid, activation.after)

    def _attended(self, features: _Tensor, attention: Attention) -> _Tensor:
        mean = self._named("mean", attention.mean_rounding)
        self._node(
            "QLinearGlobalAveragePool",
            [*features.inputs, *mean.inputs[1:]],
            mean.name,
            channels_last=1,
        )
        name = mean.name
        self._node("DequantizeLinear", mean.inputs, f"{name}_exact")
        self._mixed(f"{name}_exact", attention.squeeze, f"{name}_squeezed")
        self._node("Relu", [f"{name}_squeezed"], f"{name}_positive")
        self._mixed(f"{name}_positive", attention.excite, f"{name}_excited")
        self._node(
            "HardSigmoid", [f"{name}_excited"], f"{name}_shares_exact", alpha=1 / 6, beta=0.5
        )
        shares = self._named("shares", attention.share_rounding)
        self._node("QuantizeLinear", [f"{name}_shares_exact", *shares.inputs[1:]], shares.name)
        return self._joined("QLinearMul", features, shares, attention.rounding)

    def _mixed(self, features: str, convolution: nn.Conv2d, after: str) -> None:
        """A convolution at one point, of few points, in 32 bits."""
        assert convolution.bias is not None
        weight = convolution.weight.detach().numpy()[:, :, 0, 0].T
        self._node(
            "MatMul",
            [features, self._number(np.ascontiguousarray(weight), after, "weight")],
            f"{after}_sum",
        )
        bias = self._number(convolution.bias.detach().numpy(), after, "bias")
        self._node("Add", [f"{after}_sum", bias], after)

    def _joined(self, kind: str, one: _Tensor, other: _Tensor, rounding: Rounding) -> _Tensor:
        after = self._named(kind, rounding)
        self._node(kind, [*one.inputs, *other.inputs, *after.inputs[1:]], after.name)
        return after

    def _named(self, kind: str, rounding: Rounding) -> _Tensor:
        name = f"{kind}_{len(self.nodes)}"
        return _Tensor(
            name,
            self._number(np.float32(rounding.scale), name, "scale"),
            self._number(np.uint8(rounding.zero), name, "zero"),
        )

    def _scale_of(self, tensor: _Tensor) -> np.float32:
        found = next(number for number in self.numbers if number.name == tensor.scale)
        return np.float32(numpy_helper.to_array(found))

    def _number(self, value: NDArray[np.generic] | np.generic, owner: str, kind: str) -> str:
        name = f"{owner}_{kind}"
        self.numbers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def _node(
        self, kind: str, inputs: Sequence[str], output: str, **attributes: int | float | list[int]
    ) -> None:
        domain = _MICROSOFT if kind.startswith(("QLinear", "Nhwc")) else ""
        node = helper.make_node(kind, inputs, [output], name=output, domain=domain)
        node.attribute.extend(helper.make_attribute(*pair) for pair in attributes.items())
        self.nodes.append(node)


def write_eight_bits(made: RoundedNetwork, model: Path, output: Path) -> None:
    """Writes a network whose numbers are rounded, as an ONNX file that calculates in 8 bits.

    Args:
        made: the network.
        model: the ONNX file of 32 bits that it was made of.
        output: the file to write.
    """
    written = onnx.load(model)
    graph = written.graph
    bits = _EightBits(made.scales)
    features = bits.stem(made.network.stem, graph.input[0].name)
    for block in made.network.blocks:
        assert isinstance(block, Block)
        features = bits.block(block, features)
    first = next(n for n, node in enumerate(graph.node) if node.op_type == "AveragePool")
    kept = list(graph.node[first:])
    bits.written_out(features, kept[0].input[0])
    needed = {name for node in kept for name in node.input}
    numbers = [number for number in graph.initializer if number.name in needed]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend([*bits.nodes, *kept])
    graph.initializer.extend([*bits.numbers, *numbers])
    written.opset_import.append(helper.make_opsetid(_MICROSOFT, 1))
    narrow(written)
    onnx.save(written, output)


def quantize(path: Path, batches: Sequence[Tensor], output: Path) -> None:
    """Writes the network with 8-bit convolutions.

    Args:
        path: its ONNX file, in 32-bit numbers.
        batches: N×3×48×W each; what the ranges are measured on.
        output: the file to write.
    """
    write_eight_bits(rounded(load(path).eval(), batches), path, output)


def batches_of(samples: Maker, characters: Sequence[str], count: int) -> list[Tensor]:
    """Images of four lines each."""
    drawers = Drawers(samples, characters, 4)
    return [batch.images() for n in range(count // BATCHES_IN_DRAWER) for batch in drawers[n]]


def main() -> None:
    """Quantizes the file that the command names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, required=True)
    add_sources(parser)
    parser.add_argument("--eastern-fonts", type=Path, help="fonts for Chinese and Japanese")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("network", type=Path, help="the file to quantize")
    options = parser.parse_args()
    config = Config.read(options.config)
    characters = characters_of(options.network)
    samples = samples_of(options, characters, config.mixture, config.seed)
    batches = batches_of(samples, characters, _BATCHES)
    if options.eastern_fonts:
        eastern = EasternSamples(options.eastern_fonts, characters, config.seed)
        batches += batches_of(eastern, characters, _EASTERN_BATCHES)
    quantize(options.network, batches, options.output)


if __name__ == "__main__":
    main()

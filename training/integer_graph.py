"""The nodes of a network that calculates with 8-bit numbers, channels last.

Nothing is converted on the way: activations look up a table, and sums and products are made of
whole numbers, too (Jacob et al., "Quantization and Training of Neural Networks for Efficient
Integer-Arithmetic-Only Inference", CVPR 2018).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import onnx
from network import STEEPNESS, Activation, Attention, Block, Stem
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from rounding import Rounding
from torch import Tensor, nn

MICROSOFT = "com.microsoft"
"""The domain of most of the nodes."""


@dataclass(frozen=True, slots=True)
class WholeNumbers:
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


class IntegerGraph:
    """The nodes and numbers of the convolutions, one after the other."""

    def __init__(self, scales: Mapping[nn.Conv2d, Tensor]) -> None:
        self._scales = scales
        self.nodes: list[onnx.NodeProto] = []
        self.numbers: list[onnx.TensorProto] = []

    def stem(self, stem: Stem, images: str) -> WholeNumbers:
        """What the stem makes of images N×3×48×W."""
        image = self._named("image", stem.image_rounding)
        self._node("QuantizeLinear", [images, *image.inputs[1:]], "image_before")
        self._node("Transpose", ["image_before"], image.name, perm=[0, 2, 3, 1])
        first = self.convolved(image, stem.first, stem.side_rounding, [1, 1, 1, 1])
        narrow = self.convolved(first, stem.narrow, stem.narrow_rounding, [0, 0, 1, 1])
        wide = self.convolved(narrow, stem.wide, stem.side_rounding, [0, 0, 1, 1])
        self._node(
            "NhwcMaxPool",
            [first.name],
            "brightest",
            kernel_shape=[2, 2],
            strides=[1, 1],
            pads=[0, 0, 1, 1],
        )
        # One scale for both, so that they are copied.
        both = self.side_by_side([replace(first, name="brightest"), wide])
        joined = self.convolved(both, stem.joined, stem.joined_rounding, [1, 1, 1, 1])
        return self.convolved(joined, stem.last, stem.last_rounding)

    def block(self, block: Block, features: WholeNumbers) -> WholeNumbers:
        """What a block makes of features."""
        deep = self.convolved(features, block.depthwise, block.depthwise_rounding, [1, 1, 1, 1])
        if isinstance(block.attention, Attention):
            deep = self.attended(deep, block.attention)
        wide = self.convolved(deep, block.widen, block.activation.before)
        activated = self.activated(wide, block.activation)
        narrow = self.convolved(activated, block.narrow, block.narrow_rounding)
        if not isinstance(block.sum_rounding, Rounding):
            return narrow
        return self.added(deep, narrow, block.sum_rounding)

    def written_out(self, features: WholeNumbers, name: str) -> None:
        """The features as 32-bit numbers N×C×H×W."""
        self._node("Transpose", [features.name], f"{name}_rounded", perm=[0, 3, 1, 2])
        self._node("DequantizeLinear", [f"{name}_rounded", *features.inputs[1:]], name)

    def taken_in(self, exact: str, rounding: Rounding) -> WholeNumbers:
        """Features N×C×H×W of 32 bits, rounded."""
        after = self._named("taken_in", rounding)
        self._node("QuantizeLinear", [exact, *after.inputs[1:]], f"{after.name}_before")
        self._node("Transpose", [f"{after.name}_before"], after.name, perm=[0, 2, 3, 1])
        return after

    def put_in_place(self, logits: WholeNumbers, name: str) -> None:
        """Shares N×1×4H×4W of logits N×H×W×16: pixels of a quarter after pixels of a half."""
        self._node("Transpose", [logits.name], "logits", perm=[0, 3, 1, 2])
        self._node("DepthToSpace", ["logits"], "logits_of_half", blocksize=2)
        self._node("DepthToSpace", ["logits_of_half"], "logits_of_whole", blocksize=2)
        self._node("DequantizeLinear", ["logits_of_whole", *logits.inputs[1:]], "exact_logits")
        self._node("Sigmoid", ["exact_logits"], name)

    def convolved(
        self,
        features: WholeNumbers,
        convolution: nn.Conv2d,
        rounding: Rounding,
        pads: Sequence[int] = (0, 0, 0, 0),
    ) -> WholeNumbers:
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

    def activated(self, features: WholeNumbers, activation: Activation) -> WholeNumbers:
        """GELU by a sigmoid."""
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

    def attended(self, features: WholeNumbers, attention: Attention) -> WholeNumbers:
        """Each channel by its share, which is calculated in 32 bits."""
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
        exact = f"{name}_shares_exact"
        self._node("HardSigmoid", [f"{name}_excited"], exact, alpha=attention.slope, beta=0.5)
        if attention.adds:
            self._node("Add", [exact, self._number(np.float32(1), name, "one")], f"{exact}_more")
            exact = f"{exact}_more"
        shares = self._named("shares", attention.share_rounding)
        self._node("QuantizeLinear", [exact, *shares.inputs[1:]], shares.name)
        return self._joined("QLinearMul", features, shares, attention.rounding)

    def added(self, one: WholeNumbers, other: WholeNumbers, rounding: Rounding) -> WholeNumbers:
        """The sum of two features of one shape."""
        return self._joined("QLinearAdd", one, other, rounding)

    def enlarged(self, features: WholeNumbers, times: int) -> WholeNumbers:
        """Each value as many times to the right and below."""
        if times == 1:
            return features
        name = f"enlarged_{len(self.numbers)}"
        self._node(
            "Resize",
            [
                features.name,
                "",
                self._number(np.array([1, times, times, 1], np.float32), name, "times"),
            ],
            name,
            mode="nearest",
            coordinate_transformation_mode="asymmetric",
            nearest_mode="floor",
        )
        return replace(features, name=name)

    def side_by_side(self, features: Sequence[WholeNumbers]) -> WholeNumbers:
        """The channels of some features, all of one scale, one after the other."""
        name = f"side_by_side_{len(self.numbers)}"
        self._node("Concat", [one.name for one in features], name, axis=3)
        return replace(features[0], name=name)

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

    def _joined(
        self, kind: str, one: WholeNumbers, other: WholeNumbers, rounding: Rounding
    ) -> WholeNumbers:
        after = self._named(kind, rounding)
        self._node(kind, [*one.inputs, *other.inputs, *after.inputs[1:]], after.name)
        return after

    def _named(self, kind: str, rounding: Rounding) -> WholeNumbers:
        name = f"{kind}_{len(self.numbers)}"
        return WholeNumbers(
            name,
            self._number(np.float32(rounding.scale), name, "scale"),
            self._number(np.uint8(rounding.zero), name, "zero"),
        )

    def _scale_of(self, tensor: WholeNumbers) -> np.float32:
        found = next(number for number in self.numbers if number.name == tensor.scale)
        return np.float32(numpy_helper.to_array(found))

    def _number(self, value: NDArray[np.generic] | np.generic, owner: str, kind: str) -> str:
        name = f"{owner}_{kind}"
        self.numbers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def _node(
        self,
        kind: str,
        inputs: Sequence[str],
        output: str,
        **attributes: int | float | str | list[int],
    ) -> None:
        domain = MICROSOFT if kind.startswith(("QLinear", "Nhwc")) else ""
        node = helper.make_node(kind, inputs, [output], name=output, domain=domain)
        node.attribute.extend(helper.make_attribute(*pair) for pair in attributes.items())
        self.nodes.append(node)

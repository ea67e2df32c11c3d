"""The recogniser of PP-OCRv6 small as a PyTorch module, with its weights from and to ONNX.

The layers stand in the order in which the ONNX file uses them, so that the weights need no names:
`load` fills the parameters in that order, and `write` puts them back into the same file. What runs
after training is therefore the graph that ran before it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from rounding import Rounding
from torch import Tensor, nn
from torch.nn import functional

# Channels, stride of the height, whether there is squeeze-and-excitation, channels after it.
_BLOCKS = (
    (96, 1, True, 96),
    (96, 1, False, 96),
    (96, 1, False, 96),
    (96, 2, False, 192),
    *((192, 1, attends, 192) for attends in (True, False) * 3),
    (192, 2, False, 384),
    (384, 1, True, 384),
    (384, 1, False, 384),
)
_WIDTH, _HEADS = 120, 8
_NEARLY_NOTHING = -3.0  # what is lower leaves the activation as next to nothing
STEEPNESS = 1.702  # of the sigmoid that makes a GELU (Hendrycks and Gimpel, 2016)


class LineNetwork(nn.Module):
    """Reads line images: N×3×48×W, W a multiple of 8, to logits N×(W/8)×C."""

    def __init__(self, class_count: int) -> None:
        super().__init__()
        self.stem = Stem()
        self.blocks = nn.ModuleList(Block(*block) for block in _BLOCKS)
        self.neck = _Neck(_BLOCKS[-1][-1])
        self.head = nn.Linear(_WIDTH, class_count)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of the classes, a row for each 8 pixels of width."""
        return self.read(self.seen(images))

    def seen(self, images: Tensor, but: int = 0) -> Tensor:
        """What the convolutions show of images, but for so many of the last blocks."""
        features: Tensor = self.stem(images)
        for block in self.blocks[: len(self.blocks) - but]:
            features = block(features)
        return features

    def read(self, features: Tensor, but: int = 0) -> Tensor:
        """Logits of what was seen; the blocks that were left out come first."""
        for block in self.blocks[len(self.blocks) - but :]:
            features = block(features)
        features = functional.avg_pool2d(features, (3, 2), (3, 2))
        logits: Tensor = self.head(self.neck(features))
        return logits

    def train(self, mode: bool = True) -> LineNetwork:
        """Switches to training; the batch norms keep the statistics that they came with."""
        super().train(mode)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        return self


class Stem(nn.Module):
    """A quarter of the size, from the picture and from its strokes side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 48, 3, stride=2, padding=1)
        self.narrow = nn.Conv2d(48, 24, 2)
        self.wide = nn.Conv2d(24, 48, 2)
        self.joined = nn.Conv2d(96, 48, 3, stride=2, padding=1)
        self.last = nn.Conv2d(48, 96, 1)
        # Neither black nor white lies beyond the middle between two numbers.
        self.image_rounding = Rounding(span=(-1.01, 1.01))
        # What is put side by side has one scale.
        self.side_rounding = Rounding()
        self.narrow_rounding = Rounding()
        self.joined_rounding = Rounding()
        self.last_rounding = Rounding()

    def forward(self, images: Tensor) -> Tensor:
        """Features N×96×12×(W/4) of images N×3×48×W."""
        first = self.side_rounding(self.first(self.image_rounding(images)).relu())
        strokes = self.narrow_rounding(self.narrow(_one_more(first)).relu())
        strokes = self.side_rounding(self.wide(_one_more(strokes)).relu())
        # The maximum of windows of 2×2; written out, it is several times as fast to train.
        padded = _one_more(first)
        higher = torch.maximum(padded[:, :, :-1], padded[:, :, 1:])
        brightest = torch.maximum(higher[..., :-1], higher[..., 1:])
        joined = self.joined_rounding(self.joined(torch.cat([brightest, strokes], 1)).relu())
        last: Tensor = self.last_rounding(self.last(joined).relu())
        return last


class Block(nn.Module):
    """A depthwise convolution, then two pointwise ones: LCNet's."""

    def __init__(self, width: int, stride: int, attends: bool, width_after: int) -> None:
        super().__init__()
        self.depthwise = nn.Conv2d(width, width, 3, (stride, 1), padding=1, groups=width)
        self.attention = Attention(width) if attends else nn.Identity()
        self.widen = nn.Conv2d(width, 2 * width, 1)
        self.narrow = nn.Conv2d(2 * width, width_after, 1)
        # Where the height is halved, nothing passes by the pointwise layers.
        self.passes_by = stride == 1
        if not self.passes_by:
            self.widen = nn.Conv2d(width, width_after, 1)
            self.narrow = nn.Conv2d(width_after, width_after, 1)
        self.depthwise_rounding = Rounding()
        self.activation = Activation()
        self.narrow_rounding = Rounding()
        self.sum_rounding = Rounding() if self.passes_by else nn.Identity()

    def forward(self, features: Tensor) -> Tensor:
        """What the block makes of features N×C×H×W."""
        features = self.attention(self.depthwise_rounding(self.depthwise(features)))
        after: Tensor = self.narrow_rounding(self.narrow(self.activation(self.widen(features))))
        return self.sum_rounding(features + after) if self.passes_by else after


class Activation(nn.Module):
    """GELU; with rounded numbers the one by a sigmoid, which is looked up in a table."""

    def __init__(self) -> None:
        super().__init__()
        self.before = Rounding(least=_NEARLY_NOTHING)
        self.sigmoid = Rounding(span=(0.0, 1.0))
        self.after = Rounding()

    def forward(self, features: Tensor) -> Tensor:
        """The activations, of the same shape."""
        features = self.before(features)
        if self.sigmoid.is_known:
            activated = features * self.sigmoid(torch.sigmoid(STEEPNESS * features))
        else:
            activated = functional.gelu(features)
        rounded: Tensor = self.after(activated)
        return rounded


class Attention(nn.Module):
    """Squeeze-and-excitation."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(width, width // 4, 1)
        self.excite = nn.Conv2d(width // 4, width, 1)
        self.mean_rounding = Rounding()
        self.share_rounding = Rounding()
        self.rounding = Rounding()

    def forward(self, features: Tensor) -> Tensor:
        """The features, each channel by its share."""
        mean = self.mean_rounding(features.mean((2, 3), keepdim=True))
        share = functional.hardsigmoid(self.excite(self.squeeze(mean).relu()))
        attended: Tensor = self.rounding(features * self.share_rounding(share))
        return attended


class _Neck(nn.Module):
    """Two layers of a transformer beside a short cut: SVTR's. N×C×1×T to N×T×120."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.short = _Normed(nn.Conv2d(width, _WIDTH, 1, bias=False))
        self.enter = _Normed(nn.Conv2d(width, _WIDTH, 1, bias=False))
        self.local = _Normed(
            nn.Conv2d(_WIDTH, _WIDTH, (1, 7), padding=(0, 3), groups=_WIDTH, bias=False)
        )
        self.layers = nn.ModuleList(_Layer() for _ in range(2))
        self.norm = nn.LayerNorm(_WIDTH, eps=1e-6)

    def forward(self, features: Tensor) -> Tensor:
        short: Tensor = self.short(features)
        entered = self.enter(features)
        steps = (entered + self.local(entered)).squeeze(2).transpose(1, 2)
        for layer in self.layers:
            steps = layer(steps)
        normed: Tensor = self.norm(steps)
        return normed + short.squeeze(2).transpose(1, 2)


class _Normed(nn.Module):
    def __init__(self, convolution: nn.Conv2d) -> None:
        super().__init__()
        self.convolution = convolution
        self.norm = nn.BatchNorm2d(_WIDTH)

    def forward(self, features: Tensor) -> Tensor:
        return functional.silu(self.norm(self.convolution(features)))


class _Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.norm_1 = nn.LayerNorm(_WIDTH)
        self.query_key_value = nn.Linear(_WIDTH, 3 * _WIDTH)
        self.out = nn.Linear(_WIDTH, _WIDTH)
        self.norm_2 = nn.LayerNorm(_WIDTH)
        self.widen = nn.Linear(_WIDTH, 2 * _WIDTH)
        self.narrow = nn.Linear(2 * _WIDTH, _WIDTH)

    def forward(self, steps: Tensor) -> Tensor:
        count, length, _ = steps.shape
        joint = self.query_key_value(self.norm_1(steps))
        parts = joint.reshape(count, length, 3, _HEADS, -1).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(*parts)
        steps = steps + self.out(seen.transpose(1, 2).reshape(count, length, _WIDTH))
        after: Tensor = self.narrow(functional.silu(self.widen(self.norm_2(steps))))
        return steps + after


def _one_more(features: Tensor) -> Tensor:
    """Pads as SAME_UPPER does for windows of 2×2: a row below, a column on the right."""
    return functional.pad(features, (0, 1, 0, 1))


def load(path: Path) -> LineNetwork:
    """Reads a network of this form from an ONNX file.

    Raises:
        ValueError: the file holds weights of other shapes.
    """
    weights = [numpy_helper.to_array(tensor) for tensor in _weights(onnx.load(path))]
    network = LineNetwork(class_count=weights[-1].size)
    slots = list(_slots(network))
    if len(slots) != len(weights):
        raise ValueError(f"{path} holds {len(weights)} weights, not {len(slots)}")
    with torch.no_grad():
        for slot, weight in zip(slots, weights, strict=True):
            slot.copy_(torch.from_numpy(_as_in_torch(weight, slot.shape).copy()))
    return network


def write(network: LineNetwork, model: Path, path: Path) -> None:
    """Writes an ONNX file: the graph of another, with this network's weights.

    Args:
        network: what was trained.
        model: the file that it was loaded from.
        path: the file to write.
    """
    copy = onnx.load(model)
    for tensor, slot in zip(_weights(copy), _slots(network), strict=True):
        weight = slot.detach().float().cpu().numpy()
        weight = (weight.T if len(tensor.dims) == 2 else weight).reshape(tuple(tensor.dims))
        tensor.raw_data = np.ascontiguousarray(weight, "<f4").tobytes()
    onnx.save(copy, path)


def _weights(model: onnx.ModelProto) -> Iterator[onnx.TensorProto]:
    """The tensors that training changes, and the statistics of batch norms, in order of use."""
    tensors = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "Identity" and node.input[0] in tensors:
            tensors[node.output[0]] = tensors[node.input[0]]
            continue
        for name in node.input:
            tensor = tensors.get(name)
            if tensor is None or tensor.data_type != onnx.TensorProto.FLOAT:
                continue
            # Constants are numbers, weights are arrays.
            if np.prod(tensor.dims) > 1:
                yield tensor


def _slots(network: LineNetwork) -> Iterator[Tensor]:
    """The network's tensors in the order of `_weights`."""
    for module in network.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear, nn.LayerNorm)):
            yield module.weight
            if module.bias is not None:
                yield module.bias
        elif isinstance(module, nn.BatchNorm2d):
            yield from (module.weight, module.bias)
            assert module.running_mean is not None
            assert module.running_var is not None
            yield from (module.running_mean, module.running_var)


def _as_in_torch(
    weight: np.ndarray[tuple[int, ...], np.dtype[np.float32]], shape: torch.Size
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    turned = weight.T if weight.ndim == 2 else weight
    if turned.size != shape.numel():
        raise ValueError(f"a weight has the shape {weight.shape}, not {tuple(shape)}")
    return np.ascontiguousarray(turned.reshape(shape))

"""The detector of PP-OCRv6 tiny as a PyTorch module, with its weights from ONNX.

What it does near the picture's size, which takes nearly all of its time and memory, stands apart
from what it does with an eighth of the size and less. A transposed convolution of 2×2 is one at one
point that makes four pixels of each; both are written so, and the pixels are put in place last.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import onnx
import torch
from network import Attention, Block, Stem
from onnx import numpy_helper
from rounding import Rounding
from torch import Tensor, nn
from torch.nn import functional

_STEM = (16, 8, 32)
# Of each size, from a quarter of the picture to a 32nd: channels, whether there is
# squeeze-and-excitation, channels after it. The last block of a size halves it.
_LEVELS = (
    ((32, True, 32), (32, False, 32), (32, False, 48)),
    ((48, True, 48), (48, False, 48), (48, False, 64)),
    ((64, True, 64), (64, False, 64), (64, True, 64), (64, False, 64), (64, False, 160)),
    ((160, True, 160), (160, False, 160)),
)
_WIDTH, _SHARE = 64, 16
_SLOPE = 0.2  # of the neck's attention

Fine: TypeAlias = tuple[Tensor, ...]
"""Features of a quarter of the size, the sum of all coarser ones, and what each of these says."""


class PageNetwork(nn.Module):
    """Finds lines on pages: N×3×H×W, H and W multiples of 32, to probabilities N×1×H×W."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = Stem(*_STEM)
        self.quarter, self.halving = _blocks(_LEVELS[0])
        self.coarse = Coarse()
        self.neck = Neck()
        self.head = Head()

    def forward(self, images: Tensor) -> Tensor:
        """How likely each pixel is writing."""
        features = self.quarter(self.stem(images))
        fine = features, *self.coarse(self.halving(features))
        return in_place(self.head(self.neck(fine))).sigmoid()


class Coarse(nn.Module):
    """What features of an eighth of the size and less say of the map."""

    def __init__(self) -> None:
        super().__init__()
        self.levels = nn.ModuleList(nn.Sequential(*_blocks(level)) for level in _LEVELS[1:])
        self.enter = nn.ModuleList(Enter(level[0][0]) for level in reversed(_LEVELS[1:]))
        self.spread = nn.ModuleList(Spread() for _ in _LEVELS[1:])

    def forward(self, features: Tensor) -> Fine:
        """The sum, N×64×H×W of N×48×H×W, and what each size says, from the smallest: N×16×…."""
        seen = []
        for level in self.levels:
            assert isinstance(level, nn.Sequential)
            features = level[0](features)
            seen.append(features)
            features = level[1](features)
        sums: list[Tensor] = []
        for enter, one in zip(self.enter, reversed(seen), strict=True):
            entered = enter(one)
            sums.append(entered + enlarged(sums[-1], 2) if sums else entered)
        return sums[-1], *(spread(one) for spread, one in zip(self.spread, sums, strict=True))


class Neck(nn.Module):
    """Features of all sizes to those of a quarter of the picture's, N×64×(H/4)×(W/4)."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = Enter(_LEVELS[0][0][0])
        self.coarse_rounding = Rounding()
        self.sum_rounding = Rounding()
        self.spread = Spread()
        # What is put side by side has one scale.
        self.side_rounding = self.spread.attention.rounding

    def forward(self, fine: Fine) -> Tensor:
        """Of features of a quarter of the size, and of what the coarser ones say."""
        features, coarse, *said = fine
        entered = self.enter(features) + enlarged(self.coarse_rounding(coarse), 2)
        side = [self.side_rounding(one) for one in said]
        side.append(self.spread(self.sum_rounding(entered)))
        times = [2**place for place in reversed(range(len(side)))]
        return torch.cat([enlarged(*pair) for pair in zip(side, times, strict=True)], 1)


class Enter(nn.Module):
    """Features of one size, as many channels as of all others."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.mixed = nn.Conv2d(width, _WIDTH, 1)
        self.mixed_rounding = Rounding()
        self.attention = Attention(_WIDTH, _SLOPE, adds=True)

    def forward(self, features: Tensor) -> Tensor:
        """N×64×H×W of N×C×H×W."""
        entered: Tensor = self.attention(self.mixed_rounding(self.mixed(features)))
        return entered


class Spread(nn.Module):
    """What one size says of the map."""

    def __init__(self) -> None:
        super().__init__()
        self.around = nn.Conv2d(_WIDTH, _WIDTH, 5, padding=2, groups=_WIDTH)
        self.around_rounding = Rounding()
        self.mixed = nn.Conv2d(_WIDTH, _SHARE, 1)
        self.mixed_rounding = Rounding()
        self.attention = Attention(_SHARE, _SLOPE, adds=True)

    def forward(self, features: Tensor) -> Tensor:
        """N×16×H×W of N×64×H×W."""
        mixed = self.mixed_rounding(self.mixed(self.around_rounding(self.around(features))))
        spread: Tensor = self.attention(mixed)
        return spread


class Head(nn.Module):
    """Sixteen pixels of the map, as logits, of each place of the features."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Conv2d(4 * _SHARE, _SHARE, 3, padding=1)
        self.near_rounding = Rounding()
        self.doubled = nn.Conv2d(_SHARE, 4 * _SHARE, 1)
        self.doubled_rounding = Rounding()
        self.redoubled = nn.Conv2d(4 * _SHARE, 16, 1)
        self.redoubled_rounding = Rounding()

    def forward(self, features: Tensor) -> Tensor:
        """N×16×H×W of N×64×H×W: pixels of a quarter after pixels of a half."""
        near = self.near_rounding(self.near(features).relu())
        doubled = self.doubled_rounding(self.doubled(near).relu())
        logits: Tensor = self.redoubled_rounding(self.redoubled(doubled))
        return logits


def in_place(logits: Tensor) -> Tensor:
    """The map N×1×4H×4W of N×16×H×W."""
    count, _, height, width = logits.shape
    pixels = logits.reshape(count, 2, 2, 2, 2, height, width)
    return pixels.permute(0, 5, 1, 3, 6, 2, 4).reshape(count, 1, 4 * height, 4 * width)


def enlarged(features: Tensor, times: int) -> Tensor:
    """Each value as many times to the right and below."""
    return features if times == 1 else functional.interpolate(features, scale_factor=times)


@torch.no_grad()
def load_page_network(path: Path) -> PageNetwork:
    """Reads a network of this form from an ONNX file.

    Raises:
        ValueError: the file holds weights of other shapes.
    """
    graph = onnx.load(path).graph
    numbers = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy())
        for tensor in graph.initializer
    }
    kernels = [
        tuple(numbers[name] for name in node.input[1:])
        for node in graph.node
        if node.op_type == "Conv"
    ]
    kernels += _at_one_point(graph, numbers)
    network = PageNetwork()
    for convolution, (weight, *offset) in zip(_convolutions(network), kernels, strict=True):
        if convolution.weight.shape != weight.shape:
            raise ValueError(f"{path} holds weights of other shapes")
        convolution.weight.copy_(weight)
        assert convolution.bias is not None
        convolution.bias.copy_(offset[0] if offset else torch.zeros_like(convolution.bias))
    return network.eval()


def _blocks(level: Sequence[tuple[int, bool, int]]) -> tuple[nn.Sequential, nn.Module]:
    """The blocks of one size, and the one that halves it."""
    blocks = [
        Block(width, (2, 2) if after > width else (1, 1), attends, after)
        for width, attends, after in level
    ]
    if blocks[-1].passes_by:
        return nn.Sequential(*blocks), nn.Identity()
    return nn.Sequential(*blocks[:-1]), blocks[-1]


def _convolutions(network: PageNetwork) -> list[nn.Conv2d]:
    """The convolutions in the order in which the ONNX file uses them."""
    coarse, neck = network.coarse, network.neck
    parts: list[nn.Module] = [network.stem, network.quarter, network.halving, coarse.levels]
    parts += [coarse.enter, neck.enter, coarse.spread, neck.spread, network.head]
    return [one for part in parts for one in part.modules() if isinstance(one, nn.Conv2d)]


def _at_one_point(
    graph: onnx.GraphProto, numbers: dict[str, Tensor]
) -> list[tuple[Tensor, Tensor]]:
    """The kernels and offsets of both transposed convolutions, as of those at one point."""
    doubled, redoubled = [node for node in graph.node if node.op_type == "ConvTranspose"]
    offsets = []
    for node in (doubled, redoubled):
        (added,) = [other for other in graph.node if node.output[0] in other.input]
        offsets.append(next(numbers[name] for name in added.input if name in numbers).flatten())
    kernel = numbers[doubled.input[1]].permute(2, 3, 1, 0).flatten(0, 2)
    # Each of the four pixels that the first makes is seen alone by the second.
    one = numbers[redoubled.input[1]][:, 0].flatten(1).T.contiguous()
    pixels = torch.kron(torch.eye(4), one)
    return [
        (kernel[..., None, None], offsets[0].repeat(4)),
        (pixels[..., None, None], offsets[1].repeat(16)),
    ]

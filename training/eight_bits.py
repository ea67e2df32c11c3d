"""Makes a network calculate with numbers of 8 bits, and say nearly the same.

From the images on, one layer after the other gets whole numbers. Before a layer's weights are
rounded, they are fitted by least squares: what the layers before have lost by rounding, these
weights make up for as far as they can. And each weight that is rounded is made up for by those
that are not yet (Frantar et al., "GPTQ: Accurate Post-Training Quantization for Generative
Pre-trained Transformers", ICLR 2023).
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import torch
from network import STEEPNESS, Block, LineNetwork
from rounding import Rounding
from torch import Tensor, nn
from torch.nn import functional

WEIGHT_LEVELS = 63
"""On either side of 0, of 7 bits: 8 would overflow on processors without VNNI, and the same line
must read alike everywhere."""
_PERCENTILE = 99.99  # what lies beyond is cut off; with the whole range, small values are coarse
_PLACES = 2000  # of each batch, that a layer's weights are fitted to
_STRIDE = 5  # of the places that a sigmoid is fitted to
_FACTORS = tuple(0.8 + 0.02 * step for step in range(20))
_HOLD = 0.01  # how fast the weights hold to what they were, as a share of the mean square


@dataclass(frozen=True)
class RoundedNetwork:
    """A network whose numbers are rounded.

    Attributes:
        network: the weights of its convolutions are multiples of their scales.
        scales: of each convolution, how far apart two weights are, for each channel that comes out.
    """

    network: LineNetwork
    scales: dict[nn.Conv2d, Tensor] = field(default_factory=dict)


@torch.no_grad()
def rounded(network: LineNetwork, batches: Sequence[Tensor]) -> RoundedNetwork:
    """Rounds all but what follows the convolutions.

    Args:
        network: stays as it is.
        batches: N×3×48×W each; what the ranges and weights are fitted to.
    """
    made = RoundedNetwork(copy.deepcopy(network).eval())
    for module in made.network.modules():
        if isinstance(module, Rounding) and module.span is not None:
            module.know(*module.span)
    exact = pupils = list(batches)
    chance = torch.Generator().manual_seed(0)
    for stage, pupil in zip(
        [network.stem, *network.blocks], [made.network.stem, *made.network.blocks], strict=True
    ):
        if isinstance(stage, Block):
            factors = _steeper(stage, exact)
            _widen_by(factors, pupil)
        for name in _in_order(pupil, pupils[0]):
            module = pupil.get_submodule(name)
            shown = _passing(pupil, name, pupils)
            if isinstance(module, Rounding):
                module.know(*_ends([inputs for inputs, _ in shown]))
            elif isinstance(module, nn.Conv2d):
                wanted = [outputs for _, outputs in _passing(stage, name, exact)]
                if name == "widen":
                    wanted = [outputs * factors[:, None, None] for outputs in wanted]
                pairs = [(inputs, out) for (inputs, _), out in zip(shown, wanted, strict=True)]
                made.scales[module] = _fit(module, pairs, chance)
        exact, pupils = [stage(one) for one in exact], [pupil(one) for one in pupils]
    return made


def _steeper(block: Block, batches: Sequence[Tensor]) -> Tensor:
    """For each channel of the activation, how much steeper the sigmoid is to be.

    It is most like GELU then where the channel's numbers lie.
    """
    widened = [outputs for _, outputs in _passing(block, "widen", batches)]
    numbers = torch.cat([one[..., ::_STRIDE].transpose(0, 1).flatten(1) for one in widened], 1)
    wanted = functional.gelu(numbers)
    errors = [
        (wanted - numbers * torch.sigmoid(STEEPNESS * factor * numbers)).square().mean(1)
        for factor in _FACTORS
    ]
    return torch.tensor(_FACTORS)[torch.stack(errors).argmin(0)]


def _widen_by(factors: Tensor, block: Block) -> None:
    """Multiplies each channel before the activation, whose sigmoid is as much steeper for it."""
    assert block.widen.bias is not None
    block.widen.weight.mul_(factors[:, None, None, None])
    block.widen.bias.mul_(factors)
    block.narrow.weight.div_(factors[:, None, None])


def _in_order(stage: nn.Module, images: Tensor) -> list[str]:
    """The names of what is rounded in a stage, as it comes.

    Convolutions of means are left out: there is little to do, and rounding harms most.
    """
    names: list[str] = []

    def note(name: str, inputs: tuple[Tensor]) -> None:
        if inputs[0].shape[2] > 1 or isinstance(stage.get_submodule(name), Rounding):
            names.append(name)

    hooks = [
        module.register_forward_pre_hook(lambda _, inputs, name=name: note(name, inputs))
        for name, module in stage.named_modules()
        if isinstance(module, nn.Conv2d) or (isinstance(module, Rounding) and not module.is_known)
    ]
    stage(images)
    for hook in hooks:
        hook.remove()
    return list(dict.fromkeys(names))


def _passing(stage: nn.Module, name: str, batches: Sequence[Tensor]) -> list[tuple[Tensor, Tensor]]:
    """What goes into a module of a stage, and what comes out."""
    passing: list[tuple[Tensor, Tensor]] = []
    hook = stage.get_submodule(name).register_forward_hook(
        lambda _, inputs, outputs: passing.append((inputs[0], outputs))
    )
    for batch in batches:
        stage(batch)
    hook.remove()
    return passing


def _ends(numbers: Sequence[Tensor]) -> tuple[float, float]:
    """The range of some numbers, but for the farthest."""
    ends = [np.percentile(one.numpy(), (100 - _PERCENTILE, _PERCENTILE)) for one in numbers]
    lows, highs = np.array(ends).T
    return float(lows.min()), float(highs.max())


def _fit(
    convolution: nn.Conv2d, pairs: Sequence[tuple[Tensor, Tensor]], chance: torch.Generator
) -> Tensor:
    """Fits weights and offsets, rounds the weights, and returns their scales.

    Args:
        convolution: is changed.
        pairs: what goes in, and what is to come out.
        chance: says which places count.
    """
    groups, size = convolution.groups, convolution.weight[0].numel()
    weights = convolution.weight.reshape(groups, -1, size)
    assert convolution.bias is not None
    assert not isinstance(convolution.padding, str)
    offsets = convolution.bias.reshape(groups, -1)
    outputs = weights.shape[1]
    squares = torch.zeros(groups, size + 1, size + 1, dtype=torch.float64)
    products = torch.zeros(groups, size + 1, outputs, dtype=torch.float64)
    for inputs, wanted in pairs:
        windows = functional.unfold(
            inputs, convolution.kernel_size, padding=convolution.padding, stride=convolution.stride
        )
        places = torch.randint(
            windows.shape[2], (max(1, _PLACES // len(inputs)),), generator=chance
        )
        seen = windows[..., places].transpose(0, 1).reshape(groups, size, -1)
        wanted = wanted.flatten(2)[..., places].transpose(0, 1).reshape(groups, outputs, -1)
        missing = wanted - weights @ seen - offsets[..., None]
        # The last weight is the offset.
        seen = torch.cat([seen, torch.ones_like(seen[:, :1])], 1)
        squares += (seen @ seen.transpose(1, 2)).double()
        products += (seen @ missing.transpose(1, 2)).double()
    mean_square = squares.diagonal(dim1=1, dim2=2)[:, :-1].mean(1)
    hold = (_HOLD * mean_square).clamp(min=1e-6)[:, None, None] * torch.eye(size + 1)
    change = torch.linalg.solve(squares + hold, products).transpose(1, 2)
    fitted = weights.double() + change[..., :-1]
    scales = fitted.abs().amax(2, keepdim=True).clamp(min=1e-8) / WEIGHT_LEVELS
    whole = _rounded_one_by_one(fitted, scales, (squares + hold)[:, :-1, :-1])
    # The offset takes what rounding has left of the mean.
    means = squares[:, :-1, -1:] / squares[:, -1:, -1:]
    left = ((fitted - whole) @ means)[..., 0]
    convolution.weight.copy_(whole.reshape(convolution.weight.shape))
    convolution.bias.copy_((offsets.double() + change[..., -1] + left).flatten())
    found: Tensor = scales.flatten().float()
    return found


def _rounded_one_by_one(weights: Tensor, scales: Tensor, squares: Tensor) -> Tensor:
    """Weights as multiples of their scales.

    Args:
        weights: groups × outputs × inputs.
        scales: groups × outputs × 1.
        squares: groups × inputs × inputs: of the inputs, how often they are large together.
    """
    order = squares.diagonal(dim1=1, dim2=2).mean(0).argsort(descending=True)
    upper = torch.linalg.cholesky(torch.linalg.inv(squares[:, order][:, :, order]), upper=True)
    left, whole = weights[:, :, order].clone(), torch.empty_like(weights)
    for place, weight in enumerate(order):
        now = left[:, :, place : place + 1]
        steps = (now / scales).round().clamp(-WEIGHT_LEVELS, WEIGHT_LEVELS)
        whole[:, :, weight : weight + 1] = steps * scales
        error = (now - steps * scales) / upper[:, place, place, None, None]
        left[:, :, place:] -= error @ upper[:, place : place + 1, place:]
    return whole

"""Teaches one network what several know together, and to bear 8-bit numbers.

The mean of the logarithms of what several networks say is right more often than any of them; a
network that starts from the mean of their weights learns to say the same (Hinton et al.,
"Distilling the Knowledge in a Neural Network", 2015). While it learns, its convolutions are rounded
as `quantize.py` will round them, so that it learns to read with rounded numbers (Jacob et al.,
CVPR 2018, as there).

Run with: ``python training/distil.py --config training/handwriting-3-distil.toml --start MEAN.onnx
--teachers A.onnx 0.4 B.onnx 0.6``, and the folders and files that ``--help`` names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
import torch
from average import add_shares, shares_of
from network import LineNetwork, load
from quantize import FEWEST_CHANNELS, PERCENTILE
from samples import Batch, Drawers, Sample, Samples, samples_of
from start import characters_of
from torch import Tensor, nn
from torch.nn import functional
from train import Config, Run, ctc_loss, run_parser

_TRUTH = 0.3  # what the text itself counts for beside what the teachers say
_WEIGHT_LEVELS = 63  # on either side of 0, of 7 bits


class Teachers:
    """Networks that answer together."""

    def __init__(self, shares: Mapping[Path, float]) -> None:
        """Loads ONNX files, each with its share in the answer."""
        options = ort.SessionOptions()
        options.intra_op_num_threads = 1
        self._sessions = [
            ort.InferenceSession(file, options, providers=["CPUExecutionProvider"])
            for file in shares
        ]
        self._shares = np.array(list(shares.values())) / sum(shares.values())

    def answer(self, images: Tensor) -> Tensor:
        """Log-probabilities N×T×C of images N×3×48×W."""
        logs = [
            np.log(np.maximum(session.run(None, {"x": images.numpy()})[0], 1e-9))
            for session in self._sessions
        ]
        mean = np.tensordot(self._shares, logs, axes=1).astype(np.float32)
        return torch.from_numpy(mean).log_softmax(-1)


class TaughtDrawers(Drawers):
    """Drawers of batches with what the teachers say of them."""

    def __init__(
        self,
        samples: Samples,
        characters: Sequence[str],
        size: int,
        shares: Mapping[Path, float],
    ) -> None:
        """Takes what makes samples, and the files of the teachers, each with its share."""
        super().__init__(samples, characters, size)
        self._shares = shares
        self._teachers: Teachers | None = None  # loaded by the process that asks them

    def batch(self, samples: Sequence[Sample]) -> Batch:
        """The batch of some lines."""
        batch = super().batch(samples)
        self._teachers = self._teachers or Teachers(self._shares)
        return replace(batch, answer=self._teachers.answer(batch.images()))


class RoundedConvolution(nn.Conv2d):
    """A convolution whose inputs and weights are rounded as if they had 8 and 7 bits."""

    low = high = 0.0
    """The range of the inputs; what lies beyond is cut off."""

    def forward(self, features: Tensor) -> Tensor:
        """The convolution of what the rounding leaves."""
        scale = (self.high - self.low) / 255
        zero = round(-self.low / scale)
        rounded = torch.fake_quantize_per_tensor_affine(features.float(), scale, zero, 0, 255)
        largest = self.weight.detach().abs().amax((1, 2, 3)).clamp(min=1e-8)
        weight = torch.fake_quantize_per_channel_affine(
            self.weight,
            largest / _WEIGHT_LEVELS,
            torch.zeros_like(largest, dtype=torch.int32),
            0,
            -_WEIGHT_LEVELS,
            _WEIGHT_LEVELS,
        )
        return functional.conv2d(rounded, weight, self.bias)


@torch.no_grad()
def round_convolutions(network: LineNetwork, batches: Sequence[Batch]) -> None:
    """Lets the network round where `quantize.py` does, in the ranges of some batches."""
    ranges: dict[nn.Module, list[tuple[float, float]]] = {}

    def measure(module: nn.Module, inputs: tuple[Tensor]) -> None:
        values = inputs[0].float().numpy()
        ranges.setdefault(module, []).append(
            (
                float(np.percentile(values, 100 - PERCENTILE)),
                float(np.percentile(values, PERCENTILE)),
            )
        )

    chosen = [
        module
        for block in network.blocks
        for module in map(block.get_submodule, ("widen", "narrow"))
        if isinstance(module, nn.Conv2d) and module.in_channels >= FEWEST_CHANNELS
    ]
    hooks = [module.register_forward_pre_hook(measure) for module in chosen]
    for batch in batches:
        network(batch.images())
    for hook in hooks:
        hook.remove()
    for module in chosen:
        lows, highs = zip(*ranges[module], strict=True)
        module.__class__ = RoundedConvolution
        assert isinstance(module, RoundedConvolution)
        module.low, module.high = min(0.0, *lows), max(0.0, *highs)


def loss_of_pupil(logits: Tensor, batch: Batch) -> Tensor:
    """How far the pupil is from its teachers, for each character, and a little from the text."""
    assert batch.answer is not None
    answer = batch.answer.to(logits.device)
    logs = logits.float().log_softmax(-1)
    away = (answer.exp() * (answer - logs)).sum(-1)
    steps = torch.arange(away.shape[1], device=away.device)
    written = steps[None] < batch.steps[:, None].to(away.device)
    return away[written].sum() / batch.lengths.sum() + _TRUTH * ctc_loss(logits, batch)


def main() -> None:
    """Teaches, from the last checkpoint on."""
    parser = run_parser(__doc__, "a mean of the teachers")
    add_shares(parser, "--teachers")
    options = parser.parse_args()
    config = Config.read(options.config)
    characters = characters_of(options.start)
    samples = samples_of(options, characters, config.mixture, config.seed)
    drawers = TaughtDrawers(samples, characters, config.batch_size, shares_of(options.teachers))
    network = load(options.start)
    round_convolutions(network, Drawers(samples, characters, config.batch_size)[0])
    run = Run(config, options.start, options.work, network, loss_of_pupil)
    run.train(drawers, config.steps, options.workers)


if __name__ == "__main__":
    main()

"""Teaches one network what several know together, and to bear 8-bit numbers.

The mean of the logarithms of what several networks say is right more often than any of them; a
network that starts from the mean of their weights learns to say the same (Hinton et al.,
"Distilling the Knowledge in a Neural Network", 2015). With ``--judged``, the teachers' shares in
a line go by how well each of them reads it, and none is believed where all of them read it badly:
so a pupil learns print of one and handwriting of another, and what neither knows of the text.
While it learns, its convolutions are rounded as `quantize.py` will round them, so that it learns
to read with rounded numbers (Jacob et al., CVPR 2018, as there).

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
_SHARPNESS = 0.5  # how fast a teacher loses its share who reads a line worse
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
        shares = torch.from_numpy(self._shares).float()
        mean: Tensor = torch.tensordot(shares, self._answers(images), 1)
        return mean.log_softmax(-1)

    def judged_answer(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """What those say who read a line well, and how far it is to be believed.

        Returns:
            Log-probabilities N×T×C; and of each line the likelihood that the best of the teachers
            gives to a character of its text.
        """
        answers = self._answers(batch.images())
        losses = torch.stack([lines_loss(answer, batch) for answer in answers])
        logs = torch.from_numpy(np.log(self._shares)).float()[:, None] - _SHARPNESS * losses
        shares = logs.softmax(0)
        mean = (shares[:, :, None, None] * answers).sum(0).log_softmax(-1)
        return mean, (-losses.amin(0) / batch.lengths).exp()

    def _answers(self, images: Tensor) -> Tensor:
        """What each says: log-probabilities K×N×T×C."""
        answers = [session.run(None, {"x": images.numpy()})[0] for session in self._sessions]
        return torch.from_numpy(np.log(np.maximum(answers, 1e-9)).astype(np.float32))


class TaughtDrawers(Drawers):
    """Drawers of batches with what the teachers say of them."""

    def __init__(
        self,
        samples: Samples,
        characters: Sequence[str],
        size: int,
        shares: Mapping[Path, float],
        judged: bool = False,
    ) -> None:
        """Takes what makes samples, and the teachers.

        Args:
            samples: makes them.
            characters: what the network's classes stand for.
            size: lines in a batch.
            shares: the files of the teachers, each with its share.
            judged: whether shares go by how well each reads a line.
        """
        super().__init__(samples, characters, size)
        self._shares, self._judged = shares, judged
        self._teachers: Teachers | None = None  # loaded by the process that asks them

    def batch(self, samples: Sequence[Sample]) -> Batch:
        """The batch of some lines."""
        batch = super().batch(samples)
        self._teachers = self._teachers or Teachers(self._shares)
        if not self._judged:
            return replace(batch, answer=self._teachers.answer(batch.images()))
        answer, trust = self._teachers.judged_answer(batch)
        return replace(batch, answer=answer, trust=trust)


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


def lines_loss(log_probs: Tensor, batch: Batch) -> Tensor:
    """Of each line, how unlikely its text is: CTC's loss of log-probabilities N×T×C."""
    return functional.ctc_loss(
        log_probs.transpose(0, 1),
        batch.targets.to(log_probs.device),
        batch.steps,
        batch.lengths,
        reduction="none",
        zero_infinity=True,
    )


def loss_of_pupil(logits: Tensor, batch: Batch) -> Tensor:
    """How far the pupil is from its teachers, for each character, and a little from the text.

    The less the teachers are to be believed, the more the text counts.
    """
    assert batch.answer is not None
    device = logits.device
    answer, lengths = batch.answer.to(device), batch.lengths.to(device)
    logs = logits.float().log_softmax(-1)
    away = (answer.exp() * (answer - logs)).sum(-1)
    steps = torch.arange(away.shape[1], device=device)
    written = steps[None] < batch.steps[:, None].to(device)
    if batch.trust is None:
        return away[written].sum() / lengths.sum() + _TRUTH * ctc_loss(logits, batch)
    trust = batch.trust.to(device)
    from_teachers = (trust * (away * written).sum(1)).sum() / lengths.sum()
    text = lines_loss(logs, batch) / lengths
    return from_teachers + ((1 - (1 - _TRUTH) * trust) * text).mean()


def main() -> None:
    """Teaches, from the last checkpoint on."""
    parser = run_parser(__doc__, "a mean of the teachers")
    add_shares(parser, "--teachers")
    parser.add_argument("--judged", action="store_true", help="believe who reads a line well")
    parser.add_argument("--exact", action="store_true", help="round nothing")
    options = parser.parse_args()
    config = Config.read(options.config)
    characters = characters_of(options.start)
    samples = samples_of(options, characters, config.mixture, config.seed)
    shares = shares_of(options.teachers)
    drawers = TaughtDrawers(samples, characters, config.batch_size, shares, options.judged)
    network = load(options.start)
    if not options.exact:
        round_convolutions(network, Drawers(samples, characters, config.batch_size)[0])
    run = Run(config, options.start, options.work, network, loss_of_pupil)
    run.train(drawers, config.steps, options.workers)


if __name__ == "__main__":
    main()

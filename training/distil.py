"""Teaches one network what several know together.

The mean of the logarithms of what several networks say is right more often than any of them; a
network that starts from the mean of their weights learns to say the same (Hinton et al.,
"Distilling the Knowledge in a Neural Network", 2015). With ``--judged``, the teachers' shares in
a line go by how well each of them reads it, and none is believed where all of them read it badly:
so a pupil learns print of one and handwriting of another, and what neither knows of the text.

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
from samples import Batch, Drawers, Sample, Samples, samples_of
from start import characters_of
from torch import Tensor
from torch.nn import functional
from train import Config, Run, ctc_loss, run_parser

_TRUTH = 0.3  # what the text itself counts for beside what the teachers say
_SHARPNESS = 0.5  # how fast a teacher loses its share who reads a line worse


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
    options = parser.parse_args()
    config = Config.read(options.config)
    characters = characters_of(options.start)
    samples = samples_of(options, characters, config.mixture, config.seed)
    shares = shares_of(options.teachers)
    drawers = TaughtDrawers(samples, characters, config.batch_size, shares, options.judged)
    run = Run(config, options.start, options.work, loss_of_pupil)
    run.train(drawers, config.steps, options.workers)


if __name__ == "__main__":
    main()

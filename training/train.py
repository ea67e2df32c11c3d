"""Trains the recogniser on lines of handwriting.

Run with: ``python training/train.py --config training/handwriting-3.toml``, and the folders and
files that ``--help`` names.

The work folder gets a checkpoint every few hundred steps; the same command goes on from the last
one. Beside the weights a moving average of them is kept, and that is what is measured and shipped.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import torch
from network import load, write
from samples import (
    BATCHES_IN_DRAWER,
    Batch,
    Drawers,
    Mixture,
    add_sources,
    samples_of,
)
from start import characters_of
from torch import Tensor
from torch.nn import functional
from torch.utils.data import DataLoader


@dataclass(frozen=True, slots=True)
class Schedule:
    """How a network learns.

    Attributes:
        steps: how many batches.
        peak_rate: the highest learning rate.
        warm_up_steps: in which the rate rises to its peak; then it falls to 0 as a cosine does.
        weight_decay: AdamW's.
        average: the share of the moving average that a step keeps.
    """

    steps: int
    peak_rate: float
    warm_up_steps: int
    weight_decay: float
    average: float

    def rate(self, step: int) -> float:
        """The learning rate of a step."""
        if step < self.warm_up_steps:
            return self.peak_rate * (step + 1) / self.warm_up_steps
        done = (step - self.warm_up_steps) / max(1, self.steps - self.warm_up_steps)
        return self.peak_rate * 0.5 * (1 + math.cos(math.pi * min(done, 1)))


@dataclass(frozen=True, slots=True)
class Config(Schedule):
    """What a run is made of.

    Attributes:
        seed: of the samples.
        batch_size: lines in a batch.
        stem: whether the first layers learn too. What they see, edges and strokes, is the same in
            all writing; they are the largest, and cost most to train.
        checkpoint_steps: how often the state is written.
        mixture: what lines there are.
    """

    seed: int
    batch_size: int
    stem: bool
    checkpoint_steps: int
    mixture: Mixture

    @classmethod
    def read(cls, path: Path) -> Config:
        """Reads a TOML file."""
        values = tomllib.loads(path.read_text("utf-8"))
        return cls(**{**values, "mixture": Mixture(**values["mixture"])})


def ctc_loss(logits: Tensor, batch: Batch) -> Tensor:
    """The mean over the lines of the loss a character."""
    log_probs = logits.float().log_softmax(-1).transpose(0, 1)
    targets = batch.targets.to(logits.device)
    return functional.ctc_loss(log_probs, targets, batch.steps, batch.lengths, zero_infinity=True)


def _calculates_with_halves(device: str) -> bool:
    """Whether 16-bit numbers are faster; where they are imitated, they are ten times as slow."""
    return device == "cuda" or any(
        torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16", "bf16")
    )


class Run:
    """A training run that can stop and go on."""

    def __init__(
        self,
        config: Config,
        start: Path,
        work: Path,
        loss: Callable[[Tensor, Batch], Tensor] = ctc_loss,
    ) -> None:
        """Takes up the last checkpoint of the work folder, or begins with the start network.

        The work folder is made if there is none.

        Args:
            config: what the run is made of.
            start: the ONNX file to begin with.
            work: the folder for what is made.
            loss: of logits and their batch.
        """
        self._config, self._start, self._work = config, start, work
        self._loss = loss
        work.mkdir(parents=True, exist_ok=True)
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._halves = _calculates_with_halves(self._device)
        self._network = load(start).to(self._device).train()
        self._network.stem.requires_grad_(config.stem)
        self._average = copy.deepcopy(self._network)
        self._optimizer = torch.optim.AdamW(
            self._network.parameters(), config.peak_rate, weight_decay=config.weight_decay
        )
        self.step = 0
        if self._checkpoint.exists():
            state = torch.load(self._checkpoint, map_location=self._device, weights_only=True)
            self._network.load_state_dict(state["network"])
            self._average.load_state_dict(state["average"])
            self._optimizer.load_state_dict(state["optimizer"])
            self.step = state["step"]

    @property
    def _checkpoint(self) -> Path:
        return self._work / "checkpoint.pt"

    def train(self, drawers: Drawers, until: int, workers: int = 1) -> list[float]:
        """Trains up to a step, and writes the log and the checkpoints.

        Args:
            drawers: the lines, in batches of the config's size.
            until: the step to stop at.
            workers: how many processes make lines; the lines are the same for any number.

        Returns:
            The loss of each step.
        """
        config = self._config
        first, skip = divmod(self.step, BATCHES_IN_DRAWER)
        loader = DataLoader(
            drawers,
            batch_size=None,
            sampler=range(first, math.ceil(until / BATCHES_IN_DRAWER)),
            num_workers=workers,
        )
        losses: list[float] = []
        started = time.monotonic()
        for batch in islice(chain.from_iterable(loader), skip, skip + until - self.step):
            losses.append(self._learn(batch))
            self.step += 1
            if self.step % config.checkpoint_steps == 0 or self.step == until:
                last = losses[-config.checkpoint_steps :]
                self._save(sum(last) / len(last), time.monotonic() - started)
        return losses

    def _learn(self, batch: Batch) -> float:
        for group in self._optimizer.param_groups:
            group["lr"] = self._config.rate(self.step)
        with torch.autocast(self._device, torch.bfloat16, enabled=self._halves):
            logits = self._network(batch.images(self._device))
        loss = self._loss(logits, batch)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 5.0)
        self._optimizer.step()
        self._update_average()
        return loss.item()

    @torch.no_grad()
    def _update_average(self) -> None:
        # Young averages remember little, lest they hold on to the start.
        keep = min(self._config.average, (1 + self.step) / (10 + self.step))
        slow, fast = (
            list[Tensor](network.parameters()) for network in (self._average, self._network)
        )
        torch._foreach_lerp_(slow, fast, 1 - keep)

    def _save(self, loss: float, seconds: float) -> None:
        state = {
            "network": self._network.state_dict(),
            "average": self._average.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "step": self.step,
        }
        unfinished = self._checkpoint.with_suffix(".new")
        torch.save(state, unfinished)
        unfinished.replace(self._checkpoint)
        write(self._average, self._start, self._work / "average.onnx")
        entry = {
            "step": self.step,
            "loss": round(loss, 4),
            "rate": self._config.rate(self.step),
            "seconds": round(seconds),
        }
        with (self._work / "log.jsonl").open("a") as log:
            print(json.dumps(entry), file=log)


def run_parser(description: str | None, start: str) -> argparse.ArgumentParser:
    """The options of a run.

    Args:
        description: of the program.
        start: what file the run begins with.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--config", type=Path, required=True)
    add_sources(parser)
    parser.add_argument("--start", type=Path, required=True, help=start)
    parser.add_argument("--work", type=Path, required=True, help="a folder for what is made")
    parser.add_argument("--workers", type=int, default=1, help="processes that make lines (1)")
    return parser


def main() -> None:
    """Trains, from the last checkpoint on."""
    options = run_parser(__doc__, "what start.py wrote, or a mean").parse_args()
    config = Config.read(options.config)
    characters = characters_of(options.start)
    samples = samples_of(options, characters, config.mixture, config.seed)
    drawers = Drawers(samples, characters, config.batch_size)
    Run(config, options.start, options.work).train(drawers, config.steps, options.workers)


if __name__ == "__main__":
    main()

"""Trains the last layers alone, on what the layers before them show of lines: an hour of one core.

Nine tenths of the work of a recogniser are its convolutions, which see strokes; the layers behind
them, which say what letters these are, learn most of what is new. What the convolutions show of
a line does not change, so it is kept, and the last layers learn of it again and again. The network
as it was is their teacher, where it reads a line well: what it knows is not unlearned.

Run with: ``python training/last_layers.py --config training/handwriting-4.toml --start
START.onnx``, and the folders and files that ``--help`` names. The same command goes on where it
stopped.
"""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from distil import lines_loss, loss_of_pupil
from network import LineNetwork, load, write
from samples import BATCHES_IN_DRAWER, Batch, Drawers, samples_of
from start import characters_of
from torch import Tensor, nn
from train import Config, Schedule, run_parser

_TURN = 4  # drawers to learn of for each new one


class Shown:
    """What a network's convolutions show of lines, in files, a drawer of batches each."""

    def __init__(self, folder: Path, network: LineNetwork, but: int, drawers: Drawers) -> None:
        """Takes what looks at lines, and makes the folder for the files if there is none.

        Args:
            folder: for the files.
            network: what looks at the lines.
            but: how many of its last blocks do not.
            drawers: the lines.
        """
        self._folder, self._network, self._but, self._drawers = folder, network, but, drawers
        folder.mkdir(parents=True, exist_ok=True)

    def __len__(self) -> int:
        """How many drawers there are."""
        return len(list(self._folder.glob("*.pt")))

    def add(self) -> None:
        """Looks at one more drawer of lines."""
        number = len(self)
        shown = [self._look(batch) for batch in self._drawers[number]]
        unfinished = self._folder / "unfinished"
        torch.save(shown, unfinished)
        unfinished.replace(self._folder / f"{number:05}.pt")

    @torch.inference_mode()
    def _look(self, batch: Batch) -> dict[str, Tensor]:
        with torch.autocast("cpu", torch.bfloat16):
            features = self._network.seen(batch.images(), self._but)
            answer = self._network.read(features, self._but).float().log_softmax(-1)
        likelihood = (-lines_loss(answer, batch) / batch.lengths).exp()
        return {
            "features": features.bfloat16(),
            "targets": batch.targets,
            "steps": batch.steps,
            "lengths": batch.lengths,
            "answer": answer.bfloat16(),
            "trust": likelihood,
        }

    def batches(self, number: int) -> Iterator[tuple[Tensor, Batch]]:
        """The batches of a drawer: what is shown of each, and what CTC needs to know of it."""
        for shown in torch.load(self._folder / f"{number:05}.pt", weights_only=True):
            features = shown.pop("features")
            answer = shown.pop("answer").float()
            yield features, Batch(torch.empty(0), answer=answer, **shown)


class Lesson:
    """The learning of the last layers; it can stop and go on."""

    def __init__(
        self, schedule: Schedule, start: Path, work: Path, network: LineNetwork, blocks: int
    ) -> None:
        """Takes up the last checkpoint of the work folder, or begins with the network.

        Args:
            schedule: how they learn.
            start: the ONNX file to begin with.
            work: the folder for what is made.
            network: the network of ``start``.
            blocks: how many of its last blocks learn too.
        """
        self._schedule, self._start, self._work, self._network = schedule, start, work, network
        self._blocks = blocks
        self._average = copy.deepcopy(network)
        self._learning = self._last_layers(network.requires_grad_(False))
        for weight in self._learning:
            weight.requires_grad_(True)
        self._averaged = [weight.detach() for weight in self._last_layers(self._average)]
        self._optimizer = torch.optim.AdamW(
            self._learning, schedule.peak_rate, weight_decay=schedule.weight_decay
        )
        self.step = 0
        if self._checkpoint.exists():
            state = torch.load(self._checkpoint, weights_only=True)
            network.load_state_dict(state["network"])
            self._average.load_state_dict(state["average"])
            self._optimizer.load_state_dict(state["optimizer"])
            self.step = state["step"]

    def _last_layers(self, network: LineNetwork) -> list[nn.Parameter]:
        blocks = network.blocks[len(network.blocks) - self._blocks :]
        return [
            weight
            for layers in (blocks, network.neck, network.head)
            for weight in layers.parameters()
        ]

    @property
    def _checkpoint(self) -> Path:
        return self._work / "checkpoint.pt"

    def learn(self, features: Tensor, batch: Batch) -> float:
        """One step; the loss before it."""
        for group in self._optimizer.param_groups:
            group["lr"] = self._schedule.rate(self.step)
        with torch.autocast("cpu", torch.bfloat16):
            logits = self._network.read(features, self._blocks)
        loss = loss_of_pupil(logits, batch)
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._learning, 5.0)
        self._optimizer.step()
        self.step += 1
        keep = min(self._schedule.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            torch._foreach_lerp_(
                self._averaged, [weight.detach() for weight in self._learning], 1 - keep
            )
        return loss.item()

    def save(self, loss: float, seconds: float, lines: int) -> None:
        """Writes a checkpoint, the average of the weights, and a line of the log."""
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
        entry = {"step": self.step, "loss": round(loss, 4), "lines": lines, "seconds": seconds}
        with (self._work / "log.jsonl").open("a") as log:
            print(json.dumps(entry), file=log)


def main() -> None:
    """Looks at lines and learns of them by turns, from the last checkpoint on."""
    parser = run_parser(__doc__, "what to go on from")
    parser.add_argument("--blocks", type=int, default=0, help="last blocks that learn too (0)")
    parser.add_argument("--drawers", type=int, default=60, help="of 8 batches, to look at (60)")
    options = parser.parse_args()
    config = Config.read(options.config)
    characters = characters_of(options.start)
    samples = samples_of(options, characters, config.mixture, config.seed)
    network = load(options.start).train()
    shown = Shown(
        options.work / "shown",
        copy.deepcopy(network).eval(),
        options.blocks,
        Drawers(samples, characters, config.batch_size),
    )
    lesson = Lesson(config, options.start, options.work, network, options.blocks)
    started = time.monotonic()
    losses: list[float] = []
    chance = torch.Generator().manual_seed(config.seed + lesson.step)
    while lesson.step < config.steps:
        if len(shown) < options.drawers:
            shown.add()
        for number in torch.randperm(len(shown), generator=chance)[:_TURN].tolist():
            losses += [lesson.learn(*batch) for batch in shown.batches(number)]
        if len(losses) >= config.checkpoint_steps or lesson.step >= config.steps:
            seconds = round(time.monotonic() - started)
            lines = len(shown) * BATCHES_IN_DRAWER * config.batch_size
            lesson.save(sum(losses) / len(losses), seconds, lines)
            losses = []


if __name__ == "__main__":
    main()

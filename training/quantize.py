"""Lets a trained network calculate with 8-bit numbers: nearly twice as fast, and a third as large.

Convolutions take nearly all of the recogniser's time. Their weights and all that passes between
them become whole numbers (`integer_graph.py`). What follows the convolutions stays as it is, stored
in 16 bits. Ranges and weights are fitted to lines like those of the training (`eight_bits.py`).

Run with: ``python training/quantize.py --config training/handwriting-5.toml --data DATA
--fonts FONTS --book-fonts BOOK_FONTS --glyphs GLYPHS --output SMALL.onnx MEAN.onnx``; for a
network that reads Chinese and Japanese with ``--eastern-fonts FONTS``, too.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import onnx
from eastern import EasternSamples
from eight_bits import RoundedNetwork, rounded
from integer_graph import MICROSOFT, IntegerGraph
from narrow import narrow
from network import Block, load
from onnx import helper
from samples import BATCHES_IN_DRAWER, Drawers, Maker, add_sources, samples_of
from start import characters_of
from torch import Tensor
from train import Config

_BATCHES, _EASTERN_BATCHES = 24, 16


def write_eight_bits(made: RoundedNetwork, model: Path, output: Path) -> None:
    """Writes a network whose numbers are rounded, as an ONNX file that calculates in 8 bits.

    Args:
        made: the network.
        model: the ONNX file of 32 bits that it was made of.
        output: the file to write.
    """
    written = onnx.load(model)
    graph = written.graph
    bits = IntegerGraph(made.scales)
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
    written.opset_import.append(helper.make_opsetid(MICROSOFT, 1))
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

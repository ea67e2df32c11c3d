"""Lets the detector calculate with 8-bit numbers near the picture's size: there its memory goes.

As `quantize.py` does with the recognisers; weights and ranges are fitted to pages put together of
real and of printed lines (`pages.py`). What it makes of an eighth of the size and less stays in 32
bits, for there it takes little, and rounding harms most.

Run with: ``python training/quantize_pages.py --data DATA --book-fonts BOOK_FONTS --output
src/notetext/engines/local/detection-3.onnx``
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Mapping, Sequence
from pathlib import Path

import onnx
import torch
import upstream
from eight_bits import round_stages
from integer_graph import MICROSOFT, IntegerGraph
from narrow import flush
from network import Block
from onnx import helper
from page_network import PageNetwork, load_page_network
from pages import Pages
from torch import Tensor, nn

_PAGES = 40
_COARSE = 3  # sizes below a quarter


@torch.no_grad()
def rounded_pages(
    network: PageNetwork, batches: Sequence[Tensor]
) -> tuple[PageNetwork, dict[nn.Conv2d, Tensor]]:
    """Rounds a detector, but for what it does with an eighth of the size and less.

    Args:
        network: stays as it is.
        batches: pages, 1×3×H×W each; what the ranges and weights are fitted to.

    Returns:
        The rounded one, and the scales of its convolutions.
    """
    made = copy.deepcopy(network)
    stages, pupils = [[one.stem, *one.quarter] for one in (network, made)]
    scales, exact, shown = round_stages(stages, pupils, batches, batches)
    more, exact_half, shown_half = round_stages([network.halving], [made.halving], exact, shown)
    fine = [
        [(one, *network.coarse(half)) for one, half in zip(*sides, strict=True)]
        for sides in ((exact, exact_half), (shown, shown_half))
    ]
    last, _, _ = round_stages([network.neck, network.head], [made.neck, made.head], *fine)
    return made, scales | more | last


def write_pages(
    network: PageNetwork, scales: Mapping[nn.Conv2d, Tensor], model: Path, output: Path
) -> None:
    """Writes a detector whose numbers are rounded as an ONNX file.

    Args:
        network: the detector.
        scales: of its convolutions.
        model: the ONNX file of 32 bits that it was made of.
        output: the file to write.
    """
    written = onnx.load(model)
    graph = written.graph
    first, kept, sizes = _coarse(graph)
    bits = IntegerGraph(scales)
    features = bits.stem(network.stem, graph.input[0].name)
    for block in network.quarter:
        assert isinstance(block, Block)
        features = bits.block(block, features)
    assert isinstance(network.halving, Block)
    bits.written_out(bits.block(network.halving, features), first)
    before, bits.nodes = bits.nodes, []
    neck, head = network.neck, network.head
    mixed = bits.convolved(features, neck.enter.mixed, neck.enter.mixed_rounding)
    entered = bits.attended(mixed, neck.enter.attention)
    coarse = bits.enlarged(bits.taken_in(sizes[0], neck.coarse_rounding), 2)
    summed = bits.added(entered, coarse, neck.sum_rounding)
    spread = neck.spread
    around = bits.convolved(summed, spread.around, spread.around_rounding, [2, 2, 2, 2])
    mixed = bits.convolved(around, spread.mixed, spread.mixed_rounding)
    side = [bits.taken_in(size, neck.side_rounding) for size in sizes[1:]]
    side.append(bits.attended(mixed, spread.attention))
    times = [2**place for place in reversed(range(len(side)))]
    features = bits.side_by_side([bits.enlarged(*pair) for pair in zip(side, times, strict=True)])
    near = bits.convolved(features, head.near, head.near_rounding, [1, 1, 1, 1])
    doubled = bits.convolved(near, head.doubled, head.doubled_rounding)
    logits = bits.convolved(doubled, head.redoubled, head.redoubled_rounding)
    bits.put_in_place(logits, graph.output[0].name)
    needed = {name for node in kept for name in node.input}
    numbers = [number for number in graph.initializer if number.name in needed]
    nodes = [*before, *kept, *bits.nodes]
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend([*bits.numbers, *numbers])
    written.opset_import.append(helper.make_opsetid(MICROSOFT, 1))
    flush(written)
    onnx.save(written, output)


def _coarse(graph: onnx.GraphProto) -> tuple[str, list[onnx.NodeProto], list[str]]:
    """What the detector does with an eighth of the size and less.

    Returns:
        What goes in, the nodes, and what comes out: the sum of all sizes, and what each of them
        says, from the smallest.
    """
    maker = {node.output[0]: node for node in graph.node}
    first = _with_kernel(graph, (48, 1, 3, 3))[0]
    around = _with_kernel(graph, (64, 1, 5, 5))
    joined = next(node for node in graph.node if len(node.input) == _COARSE + 1)
    # What is enlarged before it stands side by side.
    said = [maker[name].input[0] for name in joined.input[:_COARSE]]
    outputs = [around[_COARSE - 1].input[0], *said]
    wanted, found = list(outputs), {first.input[0]}
    while wanted:
        name = wanted.pop()
        if name in maker and name not in found:
            found.add(name)
            wanted.extend(maker[name].input)
    found.remove(first.input[0])
    kept = [node for node in graph.node if node.output[0] in found]
    return first.input[0], kept, outputs


def _with_kernel(graph: onnx.GraphProto, dims: tuple[int, ...]) -> list[onnx.NodeProto]:
    """The convolutions whose kernels are so large, in the order of their use."""
    names = {tensor.name for tensor in graph.initializer if tuple(tensor.dims) == dims}
    return [node for node in graph.node if node.op_type == "Conv" and node.input[1] in names]


def main() -> None:
    """Writes the detector."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="a folder with train/*.zip")
    parser.add_argument("--book-fonts", type=Path, required=True, help="fonts for print")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args()
    model = upstream.DETECTION.find()
    pages = Pages(options.data, options.book_fonts)
    batches = [pages[number] for number in range(_PAGES)]
    network, scales = rounded_pages(load_page_network(model), batches)
    write_pages(network, scales, model, options.output)


if __name__ == "__main__":
    main()

"""Averages the weights of networks of the same form.

What a network learns on new lines and what it knew before can be had together: between the old and
the new weights lie networks that are better than both (Wortsman et al., "Robust fine-tuning of
zero-shot models", CVPR 2022; of several runs, "Model soups", ICML 2022).

Run with: ``python training/average.py --output MEAN.onnx START.onnx 0.3 TRAINED.onnx 0.7``
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper


def average(shares: Mapping[Path, float], output: Path) -> None:
    """Writes a network whose weights are a mean of others'.

    Args:
        shares: the ONNX files, each with its share; only the shares' proportions count.
        output: the file to write.

    Raises:
        ValueError: the networks are not of the same form.
    """
    first, *others = (onnx.load(path) for path in shares)
    weights = np.array(list(shares.values())) / sum(shares.values())
    for place, tensor in enumerate(first.graph.initializer):
        if tensor.data_type != onnx.TensorProto.FLOAT:
            continue
        same = [tensor, *(other.graph.initializer[place] for other in others)]
        if any((one.name, one.dims) != (tensor.name, tensor.dims) for one in same):
            raise ValueError(f"the networks differ in {tensor.name}")
        mean = sum(
            weight * numpy_helper.to_array(one).astype(np.float64)
            for weight, one in zip(weights, same, strict=True)
        )
        tensor.raw_data = np.ascontiguousarray(mean, "<f4").tobytes()
    onnx.save(first, output)


def add_shares(parser: argparse.ArgumentParser, name: str) -> None:
    """Adds an argument that takes files and the share of each."""
    parser.add_argument(name, nargs="+", metavar="FILE SHARE")


def shares_of(words: Sequence[str]) -> dict[Path, float]:
    """Reads what such an argument was given."""
    return {Path(file): float(share) for file, share in zip(words[::2], words[1::2], strict=True)}


def main() -> None:
    """Averages the files that the command names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    add_shares(parser, "shares")
    options = parser.parse_args()
    average(shares_of(options.shares), options.output)


if __name__ == "__main__":
    main()

"""Averages the weights of networks of the same form.

What a network learns on new lines and what it knew before can be had together: between the old and
the new weights lie networks that are better than both (Wortsman et al., "Robust fine-tuning of
zero-shot models", CVPR 2022; of several runs, "Model soups", ICML 2022).

Run with: ``python training/average.py --output MEAN.onnx START.onnx 0.3 TRAINED.onnx 0.7``
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
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


def main() -> None:
    """Averages the files that the command names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("shares", nargs="+", metavar="FILE SHARE")
    options = parser.parse_args()
    files, shares = options.shares[::2], options.shares[1::2]
    average(
        {Path(file): float(share) for file, share in zip(files, shares, strict=True)},
        options.output,
    )


if __name__ == "__main__":
    main()

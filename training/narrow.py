"""Takes out of a network's numbers what costs without telling anything: time, or room.

Numbers next to nothing: a processor takes about a hundred times as long to multiply with a
subnormal number (below 1.2e-38 in 32 bits) as with another one. A tenth of the weights of
PP-OCRv6's detector are subnormal, left over from a training that drove them to zero: without them
it needs a third of the time, for the same result.

Bits: what is stored in fewer is followed by nodes that make 32-bit numbers of it. These know
nothing but what stands in the file, so ONNX Runtime does their work once, on loading: a page takes
as long as before.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

FEWEST = 1000  # numbers; with fewer, nothing is won
LEAST = 1e-30  # products with less are subnormal or near it, and lost in any sum


def flush(model: onnx.ModelProto) -> None:
    """Sets the weights of a network to zero that are too small to count.

    Args:
        model: the network, which is changed; what are no 32-bit numbers stays.
    """
    for tensor in model.graph.initializer:
        numbers = numpy_helper.to_array(tensor)
        if numbers.dtype == np.float32:
            kept = np.where(np.abs(numbers) < LEAST, np.float32(0), numbers)
            tensor.CopyFrom(numpy_helper.from_array(kept, tensor.name))


def narrow(model: onnx.ModelProto) -> None:
    """Stores the matrices and kernels of a network in 16 bits.

    Args:
        model: a network of 32-bit numbers, which is changed.
    """
    graph = model.graph
    nodes: list[onnx.NodeProto] = []
    for tensor in graph.initializer:
        numbers = numpy_helper.to_array(tensor)
        if numbers.dtype != np.float32 or numbers.ndim < 2 or numbers.size < FEWEST:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(numbers.astype(np.float16), f"{name}_stored"))
        nodes.append(helper.make_node("Cast", [tensor.name], [name], to=TensorProto.FLOAT))
    nodes += graph.node
    del graph.node[:]
    graph.node.extend(nodes)

"""Where a network's numbers get 8 bits."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn

LEVELS = 255


class Rounding(nn.Module):
    """Rounds numbers to 8 bits, once it knows their range; before that, they pass as they are.

    Attributes:
        least: what is lower may be cut off, for it comes to nothing in what follows.
        span: the range, if it is not to be measured.
    """

    ends: Tensor

    def __init__(self, least: float = -math.inf, span: tuple[float, float] | None = None) -> None:
        super().__init__()
        self.least, self.span = least, span
        # What a run keeps to go on from has weights alone.
        self.register_buffer("ends", torch.zeros(2), persistent=False)

    @property
    def is_known(self) -> bool:
        """Whether the range is known."""
        return bool(self.ends.any())

    @property
    def scale(self) -> float:
        """How far apart two neighbouring numbers are."""
        low, high = self.ends.tolist()
        return float(np.float32((high - low) / LEVELS))

    @property
    def zero(self) -> int:
        """Which of the 256 numbers is 0."""
        return round(-self.ends[0].item() / self.scale)

    def know(self, low: float, high: float) -> None:
        """Rounds from now on, between these two; 0 is always one of the numbers."""
        low = max(low, self.least)
        self.ends.copy_(torch.tensor([min(0.0, low), max(1e-6, high)]))

    def forward(self, numbers: Tensor) -> Tensor:
        """The numbers, rounded."""
        if not self.is_known:
            return numbers
        return torch.fake_quantize_per_tensor_affine(numbers, self.scale, self.zero, 0, LEVELS)

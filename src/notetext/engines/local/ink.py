"""What is ink in a small picture that holds writing and paper, such as a line or a part of one."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray


def ink_of(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Parts a picture into ink and paper by Otsu's threshold.

    Light ink on dark paper is ink as well: there is less of it than of paper.

    Args:
        image: H×W (grey) or H×W×3 (RGB).

    Returns:
        H×W, 255 where there is ink, 0 elsewhere.
    """
    grey = image if image.ndim == 2 else cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    _, dark = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    return np.asarray(dark if dark.mean() < 127.5 else cv2.bitwise_not(dark), np.uint8)

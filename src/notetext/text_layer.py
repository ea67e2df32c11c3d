"""When the text that a document already holds is reused, and how it meets what an engine reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from notetext.box import Box
from notetext.options import Mode, TextLayerUse
from notetext.result import Line, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from notetext.converters import TextLayer, TextLayerWord
    from notetext.engines import Reading

ENGINE_NAME = "text_layer"
"""What `Page.engine` says of a page of which no pixel was read."""

MIN_CHARACTERS = 32
"""A page with fewer visible characters has no text layer worth the name: a stamp, a page number."""

MAX_PICTURE_SHARE = 0.5
"""From this share of pictures on, a page is a scan: its pixels are read as well."""

_SAMPLES = 16
# Between two words of a layer there is a blank of about this much of the line's height.
_GAP = 0.3


@dataclass(frozen=True, slots=True)
class TextLayerDecision:
    """What becomes of a page's text layer.

    Attributes:
        words: those that stand as they are, with confidence 1.
        read_pixels: whether an engine is to read the page; then see `merge`.
        warnings: sentences for the user.
    """

    words: tuple[Word, ...] = ()
    read_pixels: bool = True
    warnings: tuple[str, ...] = ()


def decide(layer: TextLayer | None, mode: Mode, use: TextLayerUse) -> TextLayerDecision:
    """Decides whether a page's own text is reused.

    With ``AUTO``, the visible words alone make the page if they have at least `MIN_CHARACTERS`
    characters, pictures cover less than half of it and nothing else may be writing. Visible words
    beside larger pictures or strokes stand, and the pixels are read too. Invisible words are what
    some scanner recognized: they are left aside, except in printed mode on a page whose pixels
    need no reading.

    Args:
        layer: the page's text, or ``None`` if the format has none.
        mode: as the caller asked, `Mode.AUTO` included.
        use: as the caller asked.
    """
    if use is TextLayerUse.IGNORE:
        return TextLayerDecision()
    if use is TextLayerUse.ONLY:
        if layer is None or not layer.words:
            missing = "the page has no text layer, and text_layer='only' reads no pixels"
            return TextLayerDecision(read_pixels=False, warnings=(missing,))
        return TextLayerDecision(_as_words(layer.words), read_pixels=False)
    if layer is None:
        return TextLayerDecision()
    visible = [word for word in layer.words if word.visible]
    is_text = sum(len(word.text) for word in visible) >= MIN_CHARACTERS
    is_scan = layer.picture_share >= MAX_PICTURE_SHARE
    if is_text and not is_scan and not layer.has_marks:
        stand = layer.words if mode is Mode.PRINTED else visible
        return TextLayerDecision(_as_words(stand), read_pixels=False)
    if is_text or is_scan:
        return TextLayerDecision(_as_words(visible), read_pixels=True)
    return TextLayerDecision()


def merge(reading: Reading, words: Sequence[Word]) -> Reading:
    """Puts a text layer's words beside what an engine read.

    What the engine read in the place of those words gives way to them. The lines of an engine that
    gives no places cannot be compared: they stay, the words give way, and a warning says so.

    Args:
        reading: in the pixels of the picture that the engine saw.
        words: with boxes, in the same pixels.

    Returns:
        A reading of fragments.
    """
    if not words:
        return reading
    lines = [*reading.fragments, *reading.lines]
    if any(line.box is None and _unplaced(line) for line in lines if line.words):
        warning = (
            "the engine gives no places, so the page's text layer was left aside for what it read"
        )
        return replace(reading, warnings=(*reading.warnings, warning))
    cover = _Cover(word.box for word in words if word.box is not None)
    left = (cover.uncovered(line) for line in lines)
    fragments = [line for line in left if line is not None]
    fragments.extend(Line(words=(word,), box=word.box) for word in words)
    return replace(reading, fragments=tuple(fragments), lines=())


def _as_words(words: Iterable[TextLayerWord]) -> tuple[Word, ...]:
    return tuple(Word(text=word.text, box=word.box, confidence=1.0) for word in words)


def _unplaced(line: Line) -> bool:
    return any(word.box is None for word in line.words)


class _Cover:
    """The places of a text layer's words."""

    def __init__(self, boxes: Iterable[Box]) -> None:
        import numpy as np

        edges = [
            (box.left - gap, box.top, box.right + gap, box.bottom)
            for box in boxes
            for gap in [_GAP * min(box.right - box.left, box.bottom - box.top)]
        ]
        self._edges: NDArray[np.float64] = np.array(edges, np.float64).reshape(-1, 4)

    def uncovered(self, line: Line) -> Line | None:
        """What of a line does not lie on the words, or ``None`` if all of it does."""
        if not line.words or _unplaced(line):
            covered = line.box is not None and self._covers(line.box)
            return None if covered else line
        kept = tuple(word for word in line.words if not (word.box and self._covers(word.box)))
        if len(kept) == len(line.words):
            return line
        if not kept:
            return None
        return line.model_copy(
            update={"words": kept, "box": Box.around(word.box for word in kept if word.box)}
        )

    def _covers(self, box: Box) -> bool:
        """Whether most of the text's middle line lies on the words.

        The middle line, since engines and documents disagree on how high a line is.
        """
        import numpy as np

        x1, y1, x2, y2, x3, y3, x4, y4 = box
        along = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
        x = (x1 + x4) / 2 * (1 - along) + (x2 + x3) / 2 * along
        y = (y1 + y4) / 2 * (1 - along) + (y2 + y3) / 2 * along
        left, top, right, bottom = self._edges.T[:, :, None]
        on_a_word = ((left <= x) & (x <= right) & (top <= y) & (y <= bottom)).any(axis=0)
        return bool(on_a_word.mean() > 0.5)

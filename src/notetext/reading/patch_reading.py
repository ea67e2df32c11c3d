"""What reads patches of a page for the steps before an engine."""

from __future__ import annotations

from collections.abc import Sequence

from notetext.engines import Engine, Request
from notetext.engines.named import engine as named_engine
from notetext.model import Language, Mode, Word
from notetext.page_image import PageImage


class EnginePatchReader:
    """Reads patches with an engine that is at hand; a `notetext.preprocessors.PatchReader`.

    It is the reader's own engine where that reads patches, else the one called ``"local"``, which
    is then made when it is first needed. Safe to call from several threads.

    Args:
        engine: the reader's own.
        in_worker: whether other processes read as well, so that it leaves them their share.
    """

    def __init__(self, engine: Engine, *, in_worker: bool = False) -> None:
        self._engine = engine.patch_reader
        self._is_own = self._engine is None
        self._in_worker = in_worker

    @property
    def fingerprint(self) -> str | None:
        """The engine's."""
        return self._at_hand().fingerprint

    def read(self, patch: PageImage, language: Language) -> Sequence[Word]:
        """Reads a few lines by their pixels alone; see `PatchReader.read`."""
        # What was trained on handwriting alone finds some in upside-down lines too.
        request = Request(mode=Mode.PRINTED, languages=(language,), language_model=False)
        reading = self._at_hand().read(patch, request)
        return [word for line in (*reading.fragments, *reading.lines) for word in line.words]

    def close(self) -> None:
        """Frees an engine that was made for this alone."""
        if self._is_own and self._engine is not None:
            self._engine.close()

    def _at_hand(self) -> Engine:
        if self._engine is None:
            engine = named_engine("local")
            self._engine = engine.for_worker() if self._in_worker else engine
        return self._engine

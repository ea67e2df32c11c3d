"""Reading what has arrived, writing its text, and putting it away."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from notetext.batch import Item
from notetext.cli.arrivals import Arrivals
from notetext.cli.inputs import Input
from notetext.cli.output import say, say_error, write
from notetext.cli.report import is_read, report
from notetext.cli.run import suffix_of
from notetext.errors import ConfigurationError, InputError, NoteTextError
from notetext.exporters import Exporter
from notetext.model import Mode
from notetext.reader import NoteText
from notetext.reading.options import ReadKeywords

_AGAIN_AFTER_S = 60.0


class WatchedReading:
    """Reads documents as they arrive; what goes wrong with one ends nothing.

    Args:
        reader: what reads, with its models in memory for as long as it is needed.
        mode: for all documents.
        languages: likewise.
        keywords: likewise.
        exporters: the formats.
        texts: the folder that is written to.
        move_to: where documents go once they are read, or ``None``.
        quiet: say only what went wrong.
    """

    def __init__(
        self,
        reader: NoteText,
        mode: Mode,
        languages: Sequence[str] | None,
        keywords: ReadKeywords,
        exporters: Sequence[Exporter],
        texts: Path,
        move_to: Path | None,
        *,
        quiet: bool,
    ) -> None:
        self._reader = reader
        self._mode = mode
        self._languages = languages
        self._keywords = keywords
        self._exporters = exporters
        self._texts = texts
        self._move_to = move_to
        self._quiet = quiet

    def read(self, arrivals: Arrivals) -> None:
        """Reads what is complete.

        Raises:
            ConfigurationError: no document could be read like that.
        """
        ready = arrivals.look()
        for folder in arrivals.closed:
            say(f"notetext: {folder}: this folder may not be looked into; check its permissions")
        left = [document for document in ready if not self._is_done(document)]
        if not left:
            return
        items = self._reader.recognize_many(
            [document.name for document in left],
            self._mode,
            self._languages,
            ordered=True,
            **self._keywords,
        )
        try:
            for item in items:
                document = left[item.index]
                if not self._finish(document, item):
                    arrivals.try_again(document, _AGAIN_AFTER_S)
                ready.remove(document)
        except ConfigurationError:
            raise
        except NoteTextError as error:
            # The service is not there, for one; whatever was not read waits with it.
            say(f"notetext: {error}; trying again in {_AGAIN_AFTER_S:.0f} s")
            for document in left:
                if document in ready:
                    arrivals.try_again(document, _AGAIN_AFTER_S)

    def _is_done(self, document: Input) -> bool:
        """Whether an earlier run has written the texts, and the document has not changed since."""
        try:
            changed = Path(document.name).stat().st_mtime_ns
            texts = [path.stat().st_mtime_ns for path in self._targets(document)]
        except OSError:
            return False
        if min(texts) < changed:
            return False
        # It was read, and the run ended before it was put away.
        self._put_away(document)
        return True

    def _finish(self, document: Input, item: Item) -> bool:
        """Writes the texts; returns whether there is nothing more to be done."""
        if item.result is None:
            assert item.error is not None
            say_error(item.error)
            return isinstance(item.error, InputError)
        if is_read(item.result):
            try:
                for exporter, target in zip(self._exporters, self._targets(document), strict=True):
                    write(item.result.to(exporter), target)
            except NoteTextError as error:
                say(f"notetext: {error}")
                return False
        if not item.result.errors:
            self._put_away(document)
        report(document.name, item.result, quiet=self._quiet)
        return True

    def _targets(self, document: Input) -> list[Path]:
        names = [f"{document.place}{suffix_of(exporter)}" for exporter in self._exporters]
        return [self._texts / name for name in names]

    def _put_away(self, document: Input) -> None:
        if self._move_to is None:
            return
        try:
            target = _free(self._move_to / document.place)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(document.name, target)
        except OSError as error:
            say(f"notetext: {document.name} cannot be moved: {error.strerror or error}")


def _free(path: Path) -> Path:
    """The path, or one with a number where something of that name lies already."""
    if not path.exists():
        return path
    return next(
        other
        for number in count(2)
        if not (other := path.with_name(f"{path.stem}-{number}{path.suffix}")).exists()
    )

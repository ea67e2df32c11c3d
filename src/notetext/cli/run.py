"""A run over documents: what is read, and what is written of it where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from notetext.batch import Item
from notetext.cli.destination import Destination, Kind
from notetext.cli.inputs import Found, Input
from notetext.cli.output import say, say_error
from notetext.cli.page_progress import PageProgress
from notetext.cli.report import is_read, report
from notetext.cli.targets import apart, check_targets, once, targets_in, without_earlier_texts
from notetext.cli.writers import OneFileEach, OneForAll, Writer
from notetext.errors.wording import counted
from notetext.exporters import Exporter
from notetext.result import RecognitionResult

MERGED = "merged"
"""What the one document of all is called in a folder, but for its ending."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is read, and who writes it.

    Attributes:
        inputs: the documents, in their order.
        writers: one for each format.
    """

    inputs: list[Input]
    writers: list[Writer]

    def write(self, items: Iterable[Item], progress: PageProgress, *, quiet: bool) -> bool:
        """Writes what was read, as it comes.

        Args:
            items: of the documents, in their order.
            progress: is told of each.
            quiet: say only what went wrong.

        Returns:
            Whether something failed.
        """
        failed = False
        for document, item in zip(self.inputs, items, strict=True):
            read = item.result
            if item.error is not None:
                failed = True
                say_error(item.error)
                # What was read, and perhaps paid for, before the error.
                partial = item.error.partial
                read = partial if isinstance(partial, RecognitionResult) else None
            # A document of which no page could be read is no empty text.
            if read is not None and is_read(read):
                for writer in self.writers:
                    failed = not writer.add(item.index, read) or failed
            if item.result is not None:
                failed = report(document.name, item.result, quiet=quiet) or failed
            progress.document_finished(item.result)
        for writer in self.writers:
            failed = not writer.end() or failed
        return failed


def planned(
    found: Found,
    exporters: Sequence[Exporter],
    destination: Destination,
    *,
    several: bool,
    merge: bool,
    quiet: bool,
) -> Run:
    """Settles what is read, and where each text goes.

    Args:
        found: the documents, and what is none.
        exporters: the formats.
        destination: where to.
        several: whether there may be more than one document.
        merge: whether they are to become one, also in a folder.
        quiet: do not say what is left out.

    Raises:
        ConfigurationError: two texts would go to one place, or a format cannot hold several.
    """
    inputs = found.inputs
    others = found.others
    if destination.folder is None or merge:
        writers = _for_all(exporters, destination, several=several)
        targets = [
            (document, path)
            for document in inputs
            if (path := destination.path) is not None and destination.folder is None
        ]
        check_targets(inputs, targets[:1])
    else:
        inputs, again = once(inputs)
        inputs = apart(inputs)
        suffixes = [suffix_of(exporter) for exporter in exporters]
        inputs, earlier = without_earlier_texts(destination.folder, inputs, suffixes)
        each = [targets_in(destination.folder, inputs, suffix) for suffix in suffixes]
        check_targets(inputs, [pair for paths in each for pair in zip(inputs, paths, strict=True)])
        written = {str(path) for paths in each for path in paths}
        others = [name for name in others if name not in written]
        writers = [OneFileEach(part, paths) for part, paths in zip(exporters, each, strict=True)]
        if not quiet:
            _say_left_out(again, "given twice, and read once")
            _say_left_out(earlier, "not read, since they are texts of others")
    if not quiet:
        _say_left_out(others, "not read, since they are no documents")
    if not inputs and not found.closed:
        say("notetext: there is nothing to read")
    return Run(inputs, writers)


def suffix_of(exporter: Exporter) -> str:
    """The ending of files in a format."""
    return next(iter(exporter.suffixes), f".{exporter.name}")


def _for_all(
    exporters: Sequence[Exporter], destination: Destination, *, several: bool
) -> list[Writer]:
    writers: list[Writer] = []
    for exporter in exporters:
        path = destination.path
        if destination.kind is Kind.FOLDER and path is not None:
            path = path / f"{MERGED}{suffix_of(exporter)}"
        writers.append(OneForAll(exporter, path, exporter.merger() if several else None))
    return writers


def _say_left_out(names: Sequence[str | Path], why: str) -> None:
    if names:
        say(f"notetext: {why}: {counted(len(names), 'file')}, such as {names[0]}")

"""From what a completed task gave to readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from notetext.engines import Reading
from notetext.engines.aspose.hocr import parse_hocr
from notetext.engines.aspose.service import ASPOSE
from notetext.engines.aspose.wire import TaskAnswer, decode_data
from notetext.engines.cloud.plain_text import lines_of
from notetext.errors import BadResponseError, TaskFailedError
from notetext.model import Line

PDF_ARTIFACT = "aspose.pdf"
"""The name of the service's own searchable PDF among a reading's artifacts."""


@dataclass(slots=True)
class Contents:
    """The results by kind, decoded.

    Attributes:
        texts: plain text; more than one if the service gives one a page.
        hocrs: hOCR, likewise.
        pdf: the service's searchable PDF, or ``None``.
        warnings: for the user.
    """

    texts: list[str] = field(default_factory=list)
    hocrs: list[str] = field(default_factory=list)
    pdf: bytes | None = None
    warnings: list[str] = field(default_factory=list)


def contents_of(answer: TaskAnswer, task_id: str) -> Contents:
    """Decodes a completed task's results.

    Raises:
        TaskFailedError: the service lost them.
        BadResponseError: there is no text among them, or it cannot be decoded.
    """
    code = answer.response_status_code.casefold()
    contents = Contents(warnings=[f"Aspose.OCR: {notice}" for notice in answer.notices if notice])
    entries = [entry for entry in answer.results or () if entry is not None]
    unknown: list[bytes] = []
    for entry in entries:
        kind = entry.type.casefold()
        data = decode_data(entry.data or "")
        if data is None:
            raise _bad(f"the result {entry.type!r} of the task {task_id} is no Base64", task_id)
        if kind == "pdf" or data.startswith(b"%PDF-"):
            contents.pdf = data
        elif kind == "hocr" or (kind != "text" and b"ocr_page" in data):
            contents.hocrs.append(_text(data, task_id))
        elif kind == "text":
            contents.texts.append(_text(data, task_id))
        else:
            contents.warnings.append(f"Aspose.OCR gave a result of an unknown kind, {entry.type!r}")
            unknown.append(data)
    # Not all names of the kinds are documented: what stands alone must be the text.
    if not contents.texts and len(unknown) == 1:
        contents.texts = [_text(unknown[0], task_id)]
    if not contents.texts:
        if code in {"resultdatalost", "tasknotfound", "error"}:
            raise TaskFailedError(
                f"the task {task_id}: the service completed it and has no result "
                f"({answer.response_status_code})",
                engine=ASPOSE.engine,
                task_id=task_id,
                messages=answer.notices,
            )
        if entries or code != "noanyresultdata":
            raise _bad(f"the task {task_id} is completed, but there is no text in it", task_id)
    if code not in {"", "ok"}:
        contents.warnings.append(f"Aspose.OCR completed the page as {answer.response_status_code}")
    return contents


def page_reading(contents: Contents, size: tuple[int, int] | None) -> Reading:
    """The reading of one picture.

    Args:
        contents: the results.
        size: width and height in pixels of the picture sent, to which boxes are scaled; ``None``
            if nobody knows, and then they are as the service gave them.
    """
    lines = lines_of("\n".join(contents.texts))
    warnings = list(contents.warnings)
    if contents.hocrs:
        placed = _placed_lines(contents.hocrs, lines, size)
        if placed is None:
            warnings.append(
                "the places of the words are not known: the service's hOCR cannot be understood, "
                "or does not hold the text that it gave"
            )
        else:
            lines = placed
    return Reading(lines=lines, warnings=warnings, artifacts=_artifacts(contents))


def page_readings(contents: Contents) -> list[Reading]:
    """The readings of a document's pages.

    Returns:
        One for each page where the service tells the pages apart, by a result of its own or by a
        form feed; else a single one. The first holds the warnings and the artifacts. There are
        no boxes: the service says in no place which pixels it counts.
    """
    texts = contents.texts if len(contents.texts) > 1 else "".join(contents.texts).split("\f")
    first, *others = (lines_of(text) for text in texts)
    return [
        Reading(lines=first, warnings=contents.warnings, artifacts=_artifacts(contents)),
        *(Reading(lines=lines) for lines in others),
    ]


def _placed_lines(
    hocrs: Sequence[str], lines: Sequence[Line], size: tuple[int, int] | None
) -> list[Line] | None:
    """The lines of the hOCR if they hold all the text's characters, else ``None``."""
    pages = [page for hocr in hocrs for page in parse_hocr(hocr)]
    if len(pages) != 1:
        return None
    placed = pages[0].lines_on(size)
    if placed is None or not _characters(lines) <= _characters(placed):
        return None
    written = [line for line in placed if line.words]
    if len(written) != sum(1 for line in lines if line.words):
        return placed
    # Line by line the same: then the text knows best where a paragraph ends.
    following = iter(written)
    return [next(following) if line.words else line for line in lines]


def _characters(lines: Sequence[Line]) -> Counter[str]:
    return Counter("".join(word.text for line in lines for word in line.words if word.text.strip()))


def _artifacts(contents: Contents) -> dict[str, bytes]:
    return {} if contents.pdf is None else {PDF_ARTIFACT: contents.pdf}


def _text(data: bytes, task_id: str) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        pass
    raise _bad(f"the text of the task {task_id} is no UTF-8", task_id)


def _bad(message: str, task_id: str) -> BadResponseError:
    return BadResponseError(message, engine=ASPOSE.engine, task_id=task_id)

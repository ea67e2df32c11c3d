"""From what a completed task gave to readings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from notetext.engines import Reading
from notetext.engines.aspose.hocr import parse_hocr
from notetext.engines.aspose.service import ASPOSE
from notetext.engines.aspose.wire import ResultEntry, TaskAnswer, decode_data
from notetext.engines.cloud.answer_limits import AnswerLimits
from notetext.engines.cloud.plain_text import lines_of, pieces_in
from notetext.errors import BadResponseError, TaskFailedError
from notetext.model import Line

_NOT_WRITTEN = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")

_LOST = frozenset({"resultdatalost", "tasknotfound", "error"})

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
        most_places: how many words and lines of hOCR are read.
    """

    texts: list[str] = field(default_factory=list)
    hocrs: list[str] = field(default_factory=list)
    pdf: bytes | None = None
    warnings: list[str] = field(default_factory=list)
    most_places: int = AnswerLimits().placed_pieces


def contents_of(
    answer: TaskAnswer,
    task_id: str,
    limits: AnswerLimits | None = None,
    *,
    whole_document: bool = False,
) -> Contents:
    """Decodes a completed task's results.

    An empty text is an empty page. A text that is not there is none, unless the service says that
    it has found nothing.

    Args:
        answer: the task's.
        task_id: for the errors.
        limits: how much text there may be.
        whole_document: it may have a text for each of its pages.

    Raises:
        TaskFailedError: the service lost them.
        BadResponseError: there is no text among them, or more than one, or it is not plain UTF-8.
    """
    limits = limits or AnswerLimits()
    code = answer.response_status_code.casefold()
    empty, lost = code == "noanyresultdata", code in _LOST
    contents = Contents(
        warnings=[f"Aspose.OCR: {notice}" for notice in answer.notices if notice],
        most_places=limits.placed_pieces,
    )
    unknown: list[bytes] = []
    pdfs: list[bytes] = []
    for entry in answer.results or ():
        missing = entry is None or entry.data is None
        if missing and not (empty or lost):
            raise _bad(f"a result of the task {task_id} is not there", task_id)
        if entry is not None and not (missing and lost):
            _sort(entry, contents, pdfs, unknown, task_id, limits)
    # Not all names of the kinds are documented: what stands alone must be the text.
    if not contents.texts and len(unknown) == 1:
        contents.texts = [_text(unknown[0], task_id, limits)]
    if not contents.texts:
        if lost:
            raise TaskFailedError(
                f"the task {task_id}: the service completed it and has no result "
                f"({answer.response_status_code})",
                engine=ASPOSE.engine,
                task_id=task_id,
                messages=answer.notices,
            )
        if answer.results or not empty:
            raise _bad(f"the task {task_id} is completed, but there is no text in it", task_id)
    pages = len(contents.texts) if whole_document else 1
    if len(pdfs) > 1 or max(len(contents.texts), len(contents.hocrs)) > max(1, pages):
        raise _bad(f"the task {task_id} has one result twice", task_id)
    if sum(pieces_in(text, limits.pieces) for text in contents.texts) > limits.pieces:
        raise _too_much(task_id)
    contents.pdf = pdfs[0] if pdfs else None
    if code not in {"", "ok"}:
        contents.warnings.append(f"Aspose.OCR completed the page as {answer.response_status_code}")
    return contents


def _sort(
    entry: ResultEntry,
    contents: Contents,
    pdfs: list[bytes],
    unknown: list[bytes],
    task_id: str,
    limits: AnswerLimits,
) -> None:
    """Decodes one result and puts it to those of its kind."""
    kind = entry.type.casefold()
    data = decode_data(entry.data or "")
    if data is None:
        raise _bad(f"the result {entry.type!r} of the task {task_id} is no Base64", task_id)
    if kind == "pdf" or data.startswith(b"%PDF-"):
        pdfs.append(data)
    elif kind == "hocr" or (kind != "text" and b"ocr_page" in data):
        contents.hocrs.append(_text(data, task_id, limits))
    elif kind == "text":
        contents.texts.append(_text(data, task_id, limits))
    else:
        contents.warnings.append(f"Aspose.OCR gave a result of an unknown kind, {entry.type!r}")
        unknown.append(data)


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
        placed = _placed_lines(contents, lines, size)
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
    contents: Contents, lines: Sequence[Line], size: tuple[int, int] | None
) -> list[Line] | None:
    """The lines of the hOCR if they hold all the text's characters, else ``None``."""
    pages = [page for hocr in contents.hocrs for page in parse_hocr(hocr, contents.most_places)]
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


def _text(data: bytes, task_id: str, limits: AnswerLimits) -> str:
    if len(data) > limits.text_bytes:
        raise _too_much(task_id)
    text: str | None = None
    with suppress(UnicodeDecodeError):
        text = data.decode("utf-8-sig")
    # UTF-16 may pass for UTF-8, with control characters that no writing has.
    if text is None or _NOT_WRITTEN.search(text):
        raise _bad(f"the text of the task {task_id} is not plain UTF-8", task_id)
    return text


def _too_much(task_id: str) -> BadResponseError:
    return _bad(
        f"the task {task_id} has more text than any page; raise max_answer_bytes, and resume it, "
        "if it is right",
        task_id,
    )


def _bad(message: str, task_id: str) -> BadResponseError:
    return BadResponseError(message, engine=ASPOSE.engine, task_id=task_id)

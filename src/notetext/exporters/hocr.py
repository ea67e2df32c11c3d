"""hOCR: HTML that says where each word stands, as many OCR tools read and write it.

The format is that of https://kba.github.io/hocr-spec/1.2/.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import count
from xml.etree import ElementTree as ET

from notetext.exporters import Exporter, PageImages
from notetext.exporters.block_paragraphs import block_paragraphs
from notetext.exporters.merging import Gathered, Merger
from notetext.exporters.xml_characters import legal_xml
from notetext.model import Block, Box, Heading, Language, Line, Paragraph, standing_page
from notetext.model.spacing import blank_between
from notetext.result import Page, RecognitionResult

_CAPABILITIES = "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_wconf ocrp_poly ocrp_lang"
_XHTML_DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
)


class HocrExporter(Exporter):
    """Pages, paragraphs, lines and words with their boxes and confidences, as XHTML.

    Boxes are whole pixels of the page as it came in. A word that stands askew also has its four
    corners (``poly``). What has no place has no box. ``ocr_carea`` is a block of the page, and its
    ``x_block`` says what it is: ``heading 1``, ``list``, ``table`` …. ``x_kind`` of a line is
    ``handwritten`` or ``printed``, and a word of the other kind has one of its own; the
    specification leaves names that begin with ``x_`` to the engines. Alternatives are not written,
    and neither is what the writer struck out.
    """

    name = "hocr"
    suffixes = (".hocr",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns an XHTML document; characters that XML cannot hold become U+FFFD."""
        return _document([result])

    def merger(self) -> Merger:
        """Sets all pages into one document, each with the name of its own file."""
        return Gathered(_document)


def _document(results: Sequence[RecognitionResult]) -> str:
    html = ET.Element("html", {"xmlns": "http://www.w3.org/1999/xhtml"})
    languages = dict.fromkeys(language for result in results for language in result.languages)
    language = next(iter(languages)).value if len(languages) == 1 else None
    if language:
        html.set("lang", language)
        html.set("xml:lang", language)
    _add_head(html, results, languages)
    body = ET.SubElement(html, "body")
    pages = (
        (standing_page(page), result.source.name) for result in results for page in result.pages
    )
    for index, (page, source) in enumerate(pages, 1):
        _add_page(body, page, index, source, language)
    return _XHTML_DOCTYPE + ET.tostring(html, encoding="unicode") + "\n"


def _add_head(
    html: ET.Element, results: Sequence[RecognitionResult], languages: Iterable[Language]
) -> None:
    from notetext.model.version import __version__

    head = ET.SubElement(html, "head")
    names = ", ".join(result.source.name or "" for result in results)
    engines = ", ".join(dict.fromkeys(result.engine for result in results))
    ET.SubElement(head, "title").text = legal_xml(names)
    ET.SubElement(
        head, "meta", {"http-equiv": "Content-Type", "content": "text/html; charset=utf-8"}
    )
    metadata = {
        "ocr-system": f"notetext {__version__} ({engines})",
        "ocr-capabilities": _CAPABILITIES,
        "ocr-number-of-pages": str(sum(len(result.pages) for result in results)),
        "ocr-langs": " ".join(language.value for language in languages),
    }
    for name, content in metadata.items():
        ET.SubElement(head, "meta", {"name": name, "content": legal_xml(content)})


def _add_page(
    body: ET.Element, page: Page, index: int, source: str | None, language: str | None
) -> None:
    properties = [f"bbox 0 0 {page.width} {page.height}", f"ppageno {page.number - 1}"]
    if source is not None:
        # The properties' own quotes; XML's are the library's.
        name = legal_xml(source).replace("\\", "\\\\").replace('"', '\\"')
        properties.insert(0, f'image "{name}"')
    if page.dpi is not None:
        properties.append(f"scan_res {page.dpi:.0f} {page.dpi_y or page.dpi:.0f}")
    div = _add(body, "div", "ocr_page", f"page_{index}", properties)
    numbers = count(1)
    for area_number, (block, paragraphs) in enumerate(block_paragraphs(page), 1):
        properties = [*_place(block.box), f"x_block {_said(block)}"]
        area = _add(div, "div", "ocr_carea", f"block_{index}_{area_number}", properties)
        for paragraph in paragraphs:
            _add_paragraph(area, paragraph, f"{index}_{next(numbers)}", language)


def _said(block: Block) -> str:
    """What a block is, and of a heading how high."""
    return f"{block.kind} {block.level}" if isinstance(block, Heading) else block.kind


def _add_paragraph(
    div: ET.Element, paragraph: Paragraph, name: str, document_language: str | None
) -> None:
    p = _add(div, "p", "ocr_par", f"par_{name}", _place(paragraph.box))
    if paragraph.language is not None and paragraph.language != document_language:
        p.set("lang", paragraph.language.value)
        p.set("xml:lang", paragraph.language.value)
    for index, line in enumerate(paragraph.lines, 1):
        _add_line(p, line, f"{name}_{index}")


def _add_line(p: ET.Element, line: Line, name: str) -> None:
    properties = _place(line.box)
    if line.box is not None and (angle := _angle(line.box)):
        properties.append(f"textangle {angle:g}")
    if line.kind is not None:
        properties.append(f"x_kind {line.kind.value}")
    span = _add(p, "span", "ocr_line", f"line_{name}", properties)
    before = ""
    child: ET.Element | None = None
    for index, word in enumerate(line.words, 1):
        if child is not None and blank_between(before, word.text):
            child.tail = " "
        properties = _place(word.box)
        if word.confidence is not None:
            properties.append(f"x_wconf {100 * word.confidence:.0f}")
        if word.kind is not None and word.kind is not line.kind:
            properties.append(f"x_kind {word.kind.value}")
        child = _add(span, "span", "ocrx_word", f"word_{name}_{index}", properties)
        child.text, child.tail = legal_xml(word.text), None
        before = word.text or before


def _add(parent: ET.Element, tag: str, kind: str, name: str, properties: list[str]) -> ET.Element:
    attributes = {"class": kind, "id": name}
    if properties:
        attributes["title"] = "; ".join(properties)
    element = ET.SubElement(parent, tag, attributes)
    element.tail = "\n"
    return element


def _place(box: Box | None) -> list[str]:
    if box is None:
        return []
    left, top = math.floor(box.left), math.floor(box.top)
    places = [f"bbox {left} {top} {math.ceil(box.right)} {math.ceil(box.bottom)}"]
    if not box.is_upright:
        places.append("poly " + " ".join(f"{value:.0f}" for value in box))
    return places


def _angle(box: Box) -> float:
    """Degrees, counter-clockwise, by which a text is turned, to a tenth."""
    x1, y1, x2, y2 = box[:4]
    return round(math.degrees(math.atan2(y1 - y2, x2 - x1)), 1) + 0.0

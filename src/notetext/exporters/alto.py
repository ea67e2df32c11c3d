"""ALTO 4: the XML in which libraries and archives keep recognised text.

The format is that of https://www.loc.gov/standards/alto/. What is written here is valid against
the schemas 4.2, 4.3 and 4.4.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from xml.etree import ElementTree as ET

from notetext.exporters import Exporter, PageImages
from notetext.exporters.block_paragraphs import block_paragraphs
from notetext.exporters.merging import Gathered, Merger
from notetext.exporters.xml_characters import legal_xml
from notetext.model import Block, Box, Heading, Kind, Line, Paragraph, Word, standing_page
from notetext.model.spacing import blank_between
from notetext.result import Page, RecognitionResult

_NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
_SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-2.xsd"
_VERSION = "4.2"
_TAGS = {kind: f"kind_{kind.value}" for kind in Kind}


class AltoExporter(Exporter):
    """Pages, text blocks, lines and strings with their places and confidences.

    Places are pixels of the page as it came in, to a hundredth. What stands askew also has a
    polygon of four corners; what has no place has none. Text blocks refer to a tag that says what
    they are: ``heading``, ``list``, ``table`` …. Lines refer to a tag ``handwritten`` or
    ``printed``, and so do words of the other kind in them; ALTO's styles are of fonts alone.
    Alternatives are not written, since ALTO has them for other spellings of a word, not for other
    readings; and neither is what the writer struck out.
    """

    name = "alto"
    suffixes = (".alto.xml",)

    def render(self, result: RecognitionResult, images: PageImages | None) -> str:
        """Returns an XML document; characters that XML cannot hold become U+FFFD."""
        return _document([result])

    def merger(self) -> Merger:
        """Sets all pages into one layout; each says which of the files it comes from."""
        return Gathered(_document)


def _document(results: Sequence[RecognitionResult]) -> str:
    alto = ET.Element(
        "alto",
        {
            "xmlns": _NAMESPACE,
            "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
            "xsi:schemaLocation": f"{_NAMESPACE} {_SCHEMA}",
            "SCHEMAVERSION": _VERSION,
        },
    )
    _add_description(alto, results)
    pages = [
        (n, standing_page(page), result)
        for n, result in enumerate(results, 1)
        for page in result.pages
    ]
    _add_tags(alto, [page for _, page, _ in pages])
    layout = ET.SubElement(alto, "Layout")
    for index, (number, page, result) in enumerate(pages, 1):
        language = result.languages[0].value if len(result.languages) == 1 else None
        step = _step(number) if len(results) > 1 else None
        _add_page(layout, page, index, language, step)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(alto, encoding="unicode")}\n'


def _step(number: int) -> str:
    """The ID of what says how a document was read, of several; they count from 1."""
    return "recognition" if number == 1 else f"recognition_{number}"


def _add_description(alto: ET.Element, results: Sequence[RecognitionResult]) -> None:
    description = ET.SubElement(alto, "Description")
    ET.SubElement(description, "MeasurementUnit").text = "pixel"
    if len(results) == 1 and results[0].source.name is not None:
        image = ET.SubElement(description, "sourceImageInformation")
        ET.SubElement(image, "fileName").text = legal_xml(results[0].source.name)
    for number, result in enumerate(results, 1):
        _add_processing(description, result, _step(number), of_several=len(results) > 1)


def _add_processing(
    description: ET.Element, result: RecognitionResult, name: str, *, of_several: bool
) -> None:
    from notetext.model.version import __version__

    processing = ET.SubElement(description, "Processing", {"ID": name})
    ET.SubElement(processing, "processingCategory").text = "contentGeneration"
    settings = f"engine: {result.engine}; mode: {result.mode.value}"
    if of_several and result.source.name is not None:
        # ALTO names one file for all pages; what a page refers to can name its own.
        settings = f"file: {result.source.name}; {settings}"
    ET.SubElement(processing, "processingStepSettings").text = legal_xml(settings)
    software = ET.SubElement(processing, "processingSoftware")
    ET.SubElement(software, "softwareName").text = "notetext"
    ET.SubElement(software, "softwareVersion").text = __version__


def _add_tags(alto: ET.Element, pages: Sequence[Page]) -> None:
    """What text blocks are, and whether lines and words are hand or print, as far as is said."""
    blocks = {_block_tag(block): block for page in pages for block in page.blocks if block.parts}
    kinds = {word.kind for page in pages for word in page.words}
    if not blocks and kinds <= {None}:
        return
    tags = ET.SubElement(alto, "Tags")
    for name, block in sorted(blocks.items()):
        attributes = {"ID": name, "TYPE": "block", "LABEL": block.kind}
        if isinstance(block, Heading):
            attributes["DESCRIPTION"] = f"level {block.level}"
        ET.SubElement(tags, "StructureTag", attributes)
    for kind in Kind:
        if kind in kinds:
            attributes = {"ID": _TAGS[kind], "TYPE": "kind", "LABEL": kind.value}
            ET.SubElement(tags, "OtherTag", attributes)


def _block_tag(block: Block) -> str:
    """The name of the tag that says what a block is."""
    return f"{block.kind}_{block.level}" if isinstance(block, Heading) else f"is_{block.kind}"


def _add_page(
    layout: ET.Element, page: Page, index: int, language: str | None, step: str | None
) -> None:
    attributes = {
        "ID": f"page_{index}",
        "PHYSICAL_IMG_NR": str(page.number),
        "WIDTH": str(page.width),
        "HEIGHT": str(page.height),
    }
    if step is not None:
        attributes["PROCESSINGREFS"] = step
    if page.confidence is not None:
        attributes["PC"] = _number(page.confidence)
    size = {"HPOS": "0", "VPOS": "0", "WIDTH": str(page.width), "HEIGHT": str(page.height)}
    space = ET.SubElement(ET.SubElement(layout, "Page", attributes), "PrintSpace", size)
    numbers = count(1)
    for kind, paragraphs in block_paragraphs(page):
        for paragraph in paragraphs:
            number = next(numbers)
            # The schema has no block without lines, and no line without words.
            if any(line.words for line in paragraph.lines):
                _add_block(space, kind, paragraph, f"{index}_{number}", language)


def _add_block(
    space: ET.Element, kind: Block, paragraph: Paragraph, name: str, language: str | None
) -> None:
    block = ET.SubElement(space, "TextBlock", {"ID": f"block_{name}", **_place(paragraph.box)})
    block.set("TAGREFS", _block_tag(kind))
    told = paragraph.language
    if language is not None or told is not None:
        block.set("LANG", language or str(told))
    _add_shape(block, paragraph.box)
    for index, line in enumerate(paragraph.lines, 1):
        if line.words:
            _add_line(block, line, f"{name}_{index}")


def _add_line(block: ET.Element, line: Line, name: str) -> None:
    element = ET.SubElement(block, "TextLine", {"ID": f"line_{name}", **_place(line.box)})
    if line.kind is not None:
        element.set("TAGREFS", _TAGS[line.kind])
    _add_shape(element, line.box)
    before = ""
    for index, word in enumerate(line.words, 1):
        if blank_between(before, word.text):
            ET.SubElement(element, "SP")
        string = _add_string(element, word, f"{name}_{index}")
        if word.kind is not None and word.kind is not line.kind:
            string.set("TAGREFS", _TAGS[word.kind])
        before = word.text or before


def _add_string(line: ET.Element, word: Word, name: str) -> ET.Element:
    string = ET.SubElement(
        line,
        "String",
        {"ID": f"string_{name}", **_place(word.box), "CONTENT": legal_xml(word.text)},
    )
    if word.confidence is not None:
        string.set("WC", _number(word.confidence))
    _add_shape(string, word.box)
    return string


def _place(box: Box | None) -> dict[str, str]:
    if box is None:
        return {}
    return {
        "HPOS": _number(box.left),
        "VPOS": _number(box.top),
        "WIDTH": _number(box.right - box.left),
        "HEIGHT": _number(box.bottom - box.top),
    }


def _add_shape(element: ET.Element, box: Box | None) -> None:
    if box is None or box.is_upright:
        return
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in box.corners)
    ET.SubElement(ET.SubElement(element, "Shape"), "Polygon", {"POINTS": points})


def _number(value: float) -> str:
    """A number of at most two decimals, never in scientific notation."""
    return f"{value:.2f}".rstrip("0").rstrip(".")

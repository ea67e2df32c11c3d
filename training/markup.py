"""Takes the mark-up off a text: paragraphs of running text, in the order that they are read.

Headings, tables, notes, the names of speakers, stage directions and code are no running text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from xml.etree import ElementTree

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def paragraphs(text: bytes, markup: str) -> Iterator[str]:
    """The paragraphs of a file of this kind of mark-up, blanks and signs as they stand there."""
    return KINDS[markup](text)


def _plain(text: bytes) -> Iterator[str]:
    """Paragraphs of several lines with blank lines between."""
    yield from _BLANK_LINE.split(_decoded(text))


def _lines(text: bytes) -> Iterator[str]:
    """A paragraph, or a sentence alone, on every line."""
    yield from _decoded(text).split("\n")


def _wrapped(text: bytes) -> Iterator[str]:
    """Lines that go on with the next one as long as no sentence ends with them."""
    found: list[str] = []
    for line in _decoded(text).split("\n"):
        found.append(line)
        if line.rstrip(" \"')”»")[-1:] in ("", ".", "!", "?", "…", ":"):
            yield "\n".join(found)
            found = []
    yield "\n".join(found)


def _decoded(text: bytes) -> str:
    return text.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")


_TEI_BLOCKS = frozenset(
    {
        "p",
        "ab",
        "lg",
        "sp",
        "item",
        "para",
        "div",
        "body",
        "quote",
        "list",
        "opener",
        "closer",
        "salute",
        "signed",
        "postscript",
    }
)
_TEI_READ = frozenset({"p", "ab", "l", "item", "para", "salute", "signed"})
_TEI_NOT_READ = frozenset(
    {
        "teiHeader",
        "front",
        "back",
        "head",
        "note",
        "speaker",
        "stage",
        "fw",
        "figure",
        "table",
        "castList",
        "del",
        "argument",
        "epigraph",
        "trailer",
        "dateline",
        "byline",
        "docAuthor",
        "titlePage",
        "bibl",
        "graphic",
        "formula",
        "metadata",
        "exercise",
        "media",
        "problem",
        "solution",
    }
)
_TEI_IN_A_CHOICE = frozenset({"orig", "sic", "abbr"})

_TEI_BREAKS = frozenset({"lb", "pb", "cb"})
_WITHIN_A_WORD = "\x01"
_TEI_HYPHEN = re.compile(rf"[-¬]?\s*{_WITHIN_A_WORD}\s*|(?<=\w)[-¬]\n\s*(?=[a-zß-ÿ])")


def _tei(text: bytes) -> Iterator[str]:
    """An edition in TEI, or a text book in CNXML: what stands in paragraphs, lines and verses."""
    root = ElementTree.fromstring(text)
    body = next((part for part in root.iter() if _name(part) in ("body", "content")), root)
    pieces: list[str] = []
    for piece in _tei_pieces(body, choice=False, inside=False):
        if piece is None:
            yield _TEI_HYPHEN.sub("", "".join(pieces))
            pieces = []
        else:
            pieces.append(piece)
    yield _TEI_HYPHEN.sub("", "".join(pieces))


def _tei_pieces(
    element: ElementTree.Element, *, choice: bool, inside: bool
) -> Iterator[str | None]:
    """Pieces of text, and none where a paragraph ends."""
    name = _name(element)
    if name in _TEI_NOT_READ or (choice and name in _TEI_IN_A_CHOICE):
        return
    block = name in _TEI_BLOCKS
    if block:
        yield None
    inside = name in _TEI_READ or (inside and name not in ("div", "lg", "sp"))
    if name in ("l", "s", "seg", "space"):
        yield " "
    elif name in _TEI_BREAKS:
        yield _WITHIN_A_WORD if element.get("break") == "no" else "\n" if name == "lb" else ""
    if inside:
        yield element.text or ""
    for child in element:
        yield from _tei_pieces(child, choice=name == "choice", inside=inside)
        if inside:
            yield child.tail or ""
    if block:
        yield None


def _name(element: ElementTree.Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


_HTML_BLOCKS = frozenset(
    {"p", "li", "dd", "blockquote", "div", "section", "article", "td", "br", "body"}
)
_HTML_NOT_READ = frozenset(
    {
        "head",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "script",
        "style",
        "pre",
        "nav",
        "footer",
        "figure",
        "figcaption",
    }
)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = [""]
        self._not_read: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HTML_NOT_READ or dict(attrs).get("epub:type") == "noteref":
            self._not_read.append(tag)
        elif tag in _HTML_BLOCKS:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        if self._not_read and tag == self._not_read[-1]:
            self._not_read.pop()
        elif tag in _HTML_BLOCKS:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if not self._not_read:
            self.found[-1] += data


def _html(text: bytes) -> Iterator[str]:
    page = _Page()
    page.feed(_decoded(text))
    page.close()
    yield from page.found


_IN_MARKDOWN = (
    (re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.DOTALL | re.MULTILINE), "\n"),
    (re.compile(r"<!--.*?-->", re.DOTALL), " "),
    (re.compile(r"<(table|pre|style|script|h[1-6])\b.*?</\1>", re.DOTALL), "\n\n"),
    (re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{:.*?\}", re.DOTALL), " "),
    (re.compile(r"\[!\w+\s*\[[^\]]*\]\([^)]*\)\]", re.IGNORECASE), " "),
    (re.compile(r"!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])"), " "),
    (re.compile(r"\[\^[^\]]*\]:?|\\?\[\d+\\?\]"), ""),
    (re.compile(r"\[([^\]]*)\](\((?:[^()]|\([^)]*\))*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"^\[[^\]]+\]:.*$|^:::.*$|^\s*>?\s*\[!\w+.*?\]\s*$", re.MULTILINE), "\n"),
    (re.compile(r"^[^\n]*\n(=+|-{3,})[^\S\n]*$", re.MULTILINE), "\n"),
    (re.compile(r"^[^\S\n]*(#.*|\|.*|.*\|[^\S\n]*|[-*_=+ |:]{3,})$", re.MULTILINE), "\n"),
    (re.compile(r"^[^\S\n]*>[> ]*", re.MULTILINE), ""),
    (re.compile(r"^[^\S\n]*([-*+]|\d{1,3}[.)]|\(?\w{1,4}\))[^\S\n]+(?=\S)", re.MULTILINE), "\n\n"),
    (re.compile(r"</?(p|div|li|ul|ol|br|blockquote|dd|dt|section)\b[^>]*>"), "\n\n"),
    (re.compile(r"<https?:[^>]*>|</?[a-zA-Z][^>]*>"), ""),
    (re.compile(r"\*\*|__|`|(?<!\w)[_*]+(?=\S)|(?<=\S)[_*]+(?!\w)"), ""),
    (re.compile(r"\\([^\w\s])"), r"\1"),
)  # fmt: skip


def _markdown(text: bytes) -> Iterator[str]:
    found = _FRONT_MATTER.sub("", _decoded(text))
    for pattern, instead in _IN_MARKDOWN:
        found = pattern.sub(instead, found)
    yield from _BLANK_LINE.split(html.unescape(found))


_WIKI_END = re.compile(
    r"\n\n(See also|References|Notes|External links|Further reading|Bibliography|Sources)\n"
)
_WIKI_PICTURES = re.compile(r"(?<!\S)\S+\.(?:jpe?g|png|gif|svg|webm|ogg|tiff?)\b", re.IGNORECASE)
_WIKI_NOT_READ = re.compile(
    r"^(?:Category:|[-+|]|    |  |:|\[\d+\]|'''|.*(?:  |--|==|\w=\w|\{\{|\}\}|\|\|))", re.MULTILINE
)


def _wiki(text: bytes) -> Iterator[str]:
    """An article of Wikipedia as Pandoc's plain text, without what follows its prose."""
    article = _WIKI_END.split(_decoded(text), maxsplit=1)[0]
    article = _WIKI_PICTURES.sub("", re.sub(r"\[(?:\d+|note \d+|\w)\]", "", article))
    for paragraph in _BLANK_LINE.split(article):
        whole = paragraph.count(" ") > 7 and paragraph.rstrip(" \n\"')”")[-1:] in (".", "!", "?")
        if whole and not _WIKI_NOT_READ.search(paragraph):
            yield paragraph.replace("_", "")


def _dialogues(text: bytes) -> Iterator[str]:
    """What is said in turn, in the JSON of the Schema-Guided Dialogues."""
    for dialogue in json.loads(text):
        for turn in dialogue["turns"]:
            yield turn["utterance"]


def _treebank(text: bytes) -> Iterator[str]:
    """The sentences of a treebank in CoNLL-U; they make paragraphs where it says so."""
    lines = _decoded(text).split("\n")
    marked = any(line.startswith("# newpar") for line in lines)
    found: list[str] = []
    for line in lines:
        if line.startswith("# newpar") or (line.startswith("# text =") and not marked):
            yield " ".join(found)
            found = []
        if line.startswith("# text ="):
            found.append(line.partition("=")[2])
    yield " ".join(found)


_TRANSLATED = re.compile(r'^msgstr ((?:"(?:[^"\\]|\\.)*"\s*)+)', re.MULTILINE)


def _translation(text: bytes) -> Iterator[str]:
    """What a catalogue of gettext translates a manual to."""
    for entry in _decoded(text).split("\n\n")[1:]:
        found = _TRANSLATED.search(entry)
        if found and "#, fuzzy" not in entry:
            whole = "".join(json.loads(line) for line in found.group(1).splitlines() if line)
            yield html.unescape(re.sub(r"<[^>]*>", "", whole))


KINDS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    "plain": _plain,
    "lines": _lines,
    "wrapped": _wrapped,
    "tei": _tei,
    "html": _html,
    "markdown": _markdown,
    "wiki": _wiki,
    "dialogues": _dialogues,
    "treebank": _treebank,
    "translation": _translation,
}

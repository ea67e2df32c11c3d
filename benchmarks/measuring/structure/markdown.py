"""What a text in Markdown is made of, as a parser of GitHub's Markdown that is not ours says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from measuring.structure.html_tables import SpanningTable, tables_in

_TASK = re.compile(r"\[(?P<done>[ xX])\]\s+")
_FIELD = re.compile(r"^\*\*(?P<label>[^*]+?):?\*\*:?\s*(?P<value>.*)$", re.DOTALL)


@dataclass(slots=True)
class Entry:
    """An item of a list.

    Attributes:
        text: without marker and box.
        depth: how many items it stands below.
        number: of an item of a numbered list.
        marker: as it is drawn, such as ``2.``.
        done: of a task.
    """

    text: str
    depth: int
    number: int | None = None
    marker: str = "-"
    done: bool | None = None


@dataclass(slots=True)
class Block:
    """A heading, paragraph, field, list, table or piece of code.

    Attributes:
        kind: which of them.
        text: what is written in it.
        level: of a heading.
        items: of a list.
        rows: of a table.
        spanning: its cells, if it is written in HTML.
        framed: whether a frame is drawn around it.
    """

    kind: str
    text: str = ""
    level: int = 0
    items: list[Entry] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    spanning: SpanningTable | None = None
    framed: bool = False


def blocks_of(text: str, html: str = "") -> list[Block]:
    """Parses Markdown.

    Args:
        text: in Markdown.
        html: the same in HTML, for what the cells of its tables span; empty if there is none.
    """
    blocks = _blocks(text)
    tables = [block for block in blocks if block.kind == "table"]
    for block, table in zip(tables, tables_in(html), strict=False):
        block.spanning = table
    return blocks


def _blocks(text: str) -> list[Block]:
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))
    found = []
    for node in tree.children:
        if node.type == "heading":
            found.append(Block("heading", _text(node), int(node.tag[1])))
        elif node.type == "paragraph":
            raw = node.children[0].content if node.children else ""
            fields = [_FIELD.match(line) for line in re.split(r"\\\n|\n(?=\*\*)", raw)]
            if fields and all(fields):
                found += [
                    Block("field", f"{_plain(m['label'])}: {_plain(m['value'])}")
                    for m in fields
                    if m
                ]
            else:
                found.append(Block("paragraph", _text(node)))
        elif node.type in {"bullet_list", "ordered_list"}:
            found.append(Block("list", items=_entries(node, 0)))
        elif node.type == "table":
            rows = [
                [_text(cell) for cell in row.children]
                for part in node.children
                for row in part.children
            ]
            found.append(Block("table", rows=[row for row in rows if any(row)]))
        elif node.type == "html_block":
            found += _of_html(node.content)
        elif node.type in {"fence", "code_block"}:
            found.append(Block("code", node.content))
    return found


def _of_html(content: str) -> list[Block]:
    """Tables whose cells span, and paragraphs in a frame."""
    tables = tables_in(content)
    if not tables:
        return [Block("paragraph", re.sub(r"<[^>]*>", "", content).strip(), framed=True)]
    return [
        Block("table", rows=[row for row in table.texts() if any(row)], spanning=table)
        for table in tables
    ]


def _entries(node: SyntaxTreeNode, depth: int) -> list[Entry]:
    entries = []
    number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    for item in node.children:
        texts = [_text(child) for child in item.children if child.type == "paragraph"]
        text = " ".join(texts)
        task = _TASK.match(text)
        entries.append(
            Entry(
                text[task.end() :] if task else text,
                depth,
                number,
                f"{number}{item.markup}" if number is not None else "-",
                (task["done"] != " ") if task else None,
            )
        )
        for child in item.children:
            if child.type in {"bullet_list", "ordered_list"}:
                entries += _entries(child, depth + 1)
        number = None if number is None else number + 1
    return entries


def _text(node: SyntaxTreeNode) -> str:
    if node.type in {"softbreak", "hardbreak"}:
        return " "
    if node.type in {"text", "code_inline"}:
        return node.content
    return "".join(_text(child) for child in node.children)


def _plain(text: str) -> str:
    return re.sub(r"\\([^\w\s])", r"\1", " ".join(text.split()))

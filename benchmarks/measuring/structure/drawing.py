"""Draws a note that is written in Markdown: by hand or in print, with drawn boxes and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL import ImageDraw

from measuring.drawn.fonts import BOLD_PRINT, Face
from measuring.drawn.sheet import BLACK, PENS, Sheet, Writing, text_width, wrapped
from measuring.structure.markdown import Block, Entry, blocks_of
from measuring.structure.ruled_drawing import draw_frame, draw_ruled

_WIDTH, _MARGIN = 1300, 110
_CODE = Face("LiberationMono-Regular.ttf", "fonts-liberation")
# In x-heights:
_INDENT, _GUTTER = 2.4, 3.0
_HEADINGS = {1: 1.5, 2: 1.25}
_BOX = 1.5


@dataclass(frozen=True, slots=True)
class Style:
    """How a note is drawn.

    Attributes:
        face: the font.
        by_hand: whether it looks like a hand.
        bullet: what stands before an item: a sign, or ``dot``, ``circle``.
        ticks: what stands in the boxes of what is done, in turn: ``tick``, ``cross``, ``filled``.
        rules: whether tables have drawn rules.
        seed: of the shaking.
    """

    face: Face
    by_hand: bool
    bullet: str
    ticks: tuple[str, ...]
    rules: bool
    seed: int


def drawn(note: str, style: Style) -> Sheet:
    """Draws a note."""
    return _Pen(style).draw(blocks_of(note))


class _Pen:
    def __init__(self, style: Style) -> None:
        self._style = style
        colour = PENS[style.seed % len(PENS)] if style.by_hand else BLACK
        self._body = Writing(style.face, 24, colour, by_hand=style.by_hand)
        self._ticked = 0

    def draw(self, blocks: list[Block]) -> Sheet:
        """Draws blocks on a sheet that is as high as they need."""
        tall = Sheet(_WIDTH, 4000, self._style.seed)
        self._sheet, self._draw = tall, ImageDraw.Draw(tall.image)
        self._y = 140.0
        for block in blocks:
            self._block(block)
            self._y += 0.55 * self._body.pitch
        tall.image = tall.image.crop((0, 0, _WIDTH, round(self._y + 120)))
        return tall

    def _block(self, block: Block) -> None:
        if block.kind == "heading":
            self._heading(block)
        elif block.spanning is not None:
            self._y = draw_ruled(
                self._sheet, block.spanning, _MARGIN, self._y + 0.5 * self._body.pitch, self._body
            )
        elif block.kind == "table":
            self._table(block)
        elif block.kind == "code":
            how = Writing(_CODE, 20)
            for line in block.text.splitlines():
                self._line(_MARGIN, line, how, 0.8)
        elif block.kind == "field":
            label, _, value = block.text.partition(":")
            places = self._sheet.write(
                _MARGIN, self._next(self._body, 1.15), f"{label}:", self._body
            )
            left = places[-1].right + 2 * self._body.x_height
            self._sheet.write(left, self._y, value.strip(), self._body)
            self._sheet.rule(left, _WIDTH - 2 * _MARGIN, self._y + 0.35 * self._body.x_height)
        elif block.kind == "list":
            for item in block.items:
                self._item(item)
        else:
            top = self._y
            for line in wrapped(block.text, self._body, _WIDTH - 2 * _MARGIN):
                self._line(_MARGIN, line, self._body)
            if block.framed:
                x = self._body.x_height
                edges = (_MARGIN - x, top, _WIDTH - _MARGIN + x, self._y + 1.2 * x)
                draw_frame(self._sheet, edges, self._body)

    def _heading(self, block: Block) -> None:
        face = self._style.face if self._style.by_hand else BOLD_PRINT
        how = replace(self._body, face=face, x_height=self._body.x_height * _HEADINGS[block.level])
        self._line(_MARGIN, block.text, how)
        if self._style.by_hand:
            y = self._y + 0.45 * how.x_height
            right = _MARGIN + text_width(block.text, how)
            self._draw.line((_MARGIN, y, right, y + self._sheet.dice.normal(0, 2)), how.colour, 3)

    def _item(self, item: Entry) -> None:
        how, x = self._body, self._body.x_height
        left = _MARGIN + _INDENT * x * item.depth
        base = self._next(how)
        if item.done is not None:
            self._box(left, base, item.done)
            start = left + 2.4 * x
        elif item.number is not None:
            start = self._sheet.write(left, base, item.marker, how)[-1].right + 0.8 * x
        elif self._style.bullet in {"dot", "circle"}:
            radius = 0.24 * x if self._style.bullet == "dot" else 0.42 * x
            middle = (left + 0.5 * x, base - 0.55 * x)
            self._draw.ellipse(
                (*(v - radius for v in middle), *(v + radius for v in middle)),
                how.colour if self._style.bullet == "dot" else None,
                how.colour,
                3,
            )
            start = left + 1.8 * x
        else:
            start = self._sheet.write(left, base, self._style.bullet, how)[-1].right + 0.8 * x
        room = _WIDTH - _MARGIN - start
        for number, line in enumerate(wrapped(item.text, how, room)):
            self._sheet.write(start, self._next(how) if number else base, line, how)

    def _box(self, left: float, base: float, done: bool) -> None:
        x, colour, dice = self._body.x_height, self._body.colour, self._sheet.dice
        side = _BOX * x
        top = base - side + 0.1 * x
        wobble = 0.03 * x if self._style.by_hand else 0.0
        corners = [
            (left + dx * side + dice.normal(0, wobble), top + dy * side + dice.normal(0, wobble))
            for dx, dy in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
        ]
        self._draw.line(corners, colour, 3)
        if not done:
            return
        tick = self._style.ticks[self._ticked % len(self._style.ticks)]
        self._ticked += 1
        if tick == "tick":
            path = [(0.2, 0.5), (0.45, 0.8), (1.05, -0.15)]
            self._draw.line([(left + a * side, top + b * side) for a, b in path], colour, 4)
        elif tick == "cross":
            for path in ([(0.15, 0.15), (0.85, 0.85)], [(0.85, 0.15), (0.15, 0.85)]):
                self._draw.line([(left + a * side, top + b * side) for a, b in path], colour, 4)
        else:
            self._draw.rectangle((left + 4, top + 4, left + side - 4, top + side - 4), colour)

    def _table(self, block: Block) -> None:
        how, x = self._body, self._body.x_height
        columns = range(max(map(len, block.rows)))
        widths = [
            max(text_width(row[c], how) for row in block.rows if c < len(row)) for c in columns
        ]
        lefts = [_MARGIN + sum(widths[:c]) + _GUTTER * x * c for c in columns]
        right = lefts[-1] + widths[-1]
        tops = []
        for row in block.rows:
            base = self._next(how, 1.15)
            tops.append(base - 1.9 * x)
            for column, text in enumerate(row):
                if text.replace(".", "").replace(" ", "").isdigit():
                    self._sheet.write_right(lefts[column] + widths[column], base, text, how)
                else:
                    self._sheet.write(lefts[column], base, text, how)
        if self._style.rules:
            tops.append(self._y + 0.9 * x)
            first, last = _MARGIN - _GUTTER * x / 2, right + _GUTTER * x / 2
            for y in tops:
                self._draw.line((first, y, last, y), (70, 70, 70), 2)
            for edge in (first, *(left - _GUTTER * x / 2 for left in lefts[1:]), last):
                self._draw.line((edge, tops[0], edge, tops[-1]), (70, 70, 70), 2)

    def _next(self, how: Writing, pitches: float = 1.0) -> float:
        self._y += pitches * how.pitch
        return self._y

    def _line(self, left: float, text: str, how: Writing, pitches: float = 1.0) -> None:
        bare = text.lstrip(" ")
        indent = (len(text) - len(bare)) * how.font.getlength(" ")
        self._sheet.write(left + indent, self._next(how, pitches), bare, how)


def styles(hands: tuple[Face, ...], prints: tuple[Face, ...]) -> Iterator[Style]:
    """Styles without end, each another."""
    bullets = ("-", "dot", "*", "circle")
    ticks = (("tick",), ("cross",), ("tick", "cross"), ("filled", "tick"))
    number = 0
    while True:
        by_hand = number % 2 == 0
        faces = hands if by_hand else prints
        yield Style(
            face=faces[number // 2 % len(faces)],
            by_hand=by_hand,
            bullet=bullets[number // 2 % len(bullets)],
            ticks=ticks[number // 3 % len(ticks)],
            rules=number % 3 == 0,
            seed=700 + number,
        )
        number += 1

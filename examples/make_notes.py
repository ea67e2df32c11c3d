"""Makes the example notes: handwriting fonts on paper, each picture with its text beside it.

The fonts are under the SIL Open Font License and come from the npm packages ``@fontsource/NAME``:

    npm install @fontsource/{caveat,kalam,nothing-you-could-do,patrick-hand,eb-garamond}
    python examples/make_notes.py --fonts node_modules/@fontsource
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

INK = (34, 40, 88)
PAPER = (246, 241, 228)


@dataclass(frozen=True)
class Note:
    """A note to draw.

    Attributes:
        name: the picture's name, without its ending.
        font: the package of the font.
        size: of the font, in pixels.
        width: of the picture, in pixels.
        slope: how the lines climb, in pixels per pixel.
        ruled: whether the paper is.
        text: lines; a blank line between paragraphs.
    """

    name: str
    font: str
    size: int
    width: int
    slope: float
    ruled: bool
    text: str


NOTES = (
    Note(
        name="shopping",
        font="patrick-hand",
        size=58,
        width=760,
        slope=-0.01,
        ruled=True,
        text="""Shopping list
two loaves of bread
milk and butter
a dozen eggs
apples, pears
coffee for Monday
""",
    ),
    Note(
        name="letter",
        font="caveat",
        size=62,
        width=1240,
        slope=-0.012,
        ruled=False,
        text="""Dear Martha,

thank you for the long letter and the photographs.
The garden looks lovely, and I hardly knew the house
with its new roof. We hope to visit in the spring,
when the roads are dry again.

The children send their love. Tom has begun to read
on his own, and wants to write to you himself.

Yours, Eleanor
""",
    ),
    Note(
        name="minutes",
        font="kalam",
        size=46,
        width=1240,
        slope=0.008,
        ruled=True,
        text="""Meeting on Thursday, 12 March, 10.30

Present: Anna, Joseph, Miriam and Paul.
The budget for the library was agreed: 4,500 in all,
of which 1,200 go to the reading room.

Joseph will ask three firms for an offer by Friday.
Next meeting on 9 April in the small hall.
""",
    ),
    Note(
        name="printed",
        font="eb-garamond",
        size=44,
        width=1240,
        slope=0.0,
        ruled=False,
        text="""It was a bright morning, and the harbour lay quiet
under a thin mist. The first boats had gone out long
before sunrise; only the nets, spread over the wall,
told of the night's work.

By noon the square was full. Farmers sold onions and
early potatoes, and a boy with a drum went round the
fountain three times before anyone took notice.
""",
    ),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, required=True, help="the folder @fontsource")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "notes")
    arguments = parser.parse_args()
    arguments.output.mkdir(exist_ok=True)
    for note in NOTES:
        font_file = arguments.fonts / note.font / "files" / f"{note.font}-latin-400-normal.woff2"
        picture = draw(note, ImageFont.truetype(font_file, note.size))
        picture.save(arguments.output / f"{note.name}.jpg", quality=82, dpi=(150, 150))
        (arguments.output / f"{note.name}.txt").write_text(note.text, encoding="utf-8")


def draw(note: Note, font: ImageFont.FreeTypeFont) -> Image.Image:
    """Draws a note, word by word, on paper."""
    dice = np.random.default_rng(7)
    pitch = round(note.size * 1.45)
    margin = round(note.size * 1.4)
    lines = note.text.splitlines()
    height = 2 * margin + pitch * len(lines)
    ink = Image.new("L", (note.width, height), 0)
    pen = ImageDraw.Draw(ink)
    for row, line in enumerate(lines):
        baseline = margin + pitch * row + note.size
        x = margin + dice.uniform(-6, 6)
        for word in line.split():
            wobble = 0.0 if note.font == "eb-garamond" else dice.normal(0, note.size * 0.02)
            y = baseline + note.slope * x + wobble
            pen.text((x, y), word, font=font, fill=int(dice.uniform(200, 255)), anchor="ls")
            x += font.getlength(word + " ")
    return on_paper(ink.filter(ImageFilter.GaussianBlur(0.6)), note, pitch, margin, dice)


def on_paper(
    ink: Image.Image, note: Note, pitch: int, margin: int, dice: np.random.Generator
) -> Image.Image:
    """Lays the ink on paper with grain, a soft shadow and, if it is ruled, its lines."""
    width, height = ink.size
    paper = np.empty((height, width, 3))
    paper[:] = PAPER
    if note.ruled:
        for row in range(len(note.text.splitlines()) + 1):
            y = margin + pitch * row + note.size + 8 - pitch
            paper[y : y + 2] = (186, 204, 224)
    shadow = (
        np.linspace(1.0, 0.86, width)[None, :, None] * np.linspace(1, 0.95, height)[:, None, None]
    )
    grain = dice.normal(0, 4, (height, width, 1))
    alpha = np.asarray(ink, float)[:, :, None] / 255
    mixed = (paper * (1 - alpha) + np.array(INK) * alpha) * shadow + grain
    return Image.fromarray(np.clip(mixed, 0, 255).astype(np.uint8))


if __name__ == "__main__":
    main()

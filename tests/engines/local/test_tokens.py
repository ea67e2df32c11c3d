"""What is no prose, drawn and read: the language may not spoil it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from notetext.engines import Request
from notetext.engines.local import LocalEngine
from notetext.model import Language, Mode
from notetext.page_image import PageImage

_FONTS = {Mode.HANDWRITTEN: "dkg.ttf", Mode.PRINTED: "LiberationSans-Regular.ttf"}

TOKENS = {
    "dates": "Sun 19/3|18.7.1998|3/12/2013|2024-07-15|Nov 27th|9/1/2001",
    "times": "13:00|3.50 pm|7:45|12:15|23:59|8.30",
    "sums": "£72|40.25|-12.50|3,400.00|7%|12 x 3",
    "units": "469cm|590 mm|250 g|1.5 km|40 ml|8 kg",
    "telephones": "+81 716 1257|0170-4432-12|555-0134|(212) 555-0199|07700 900123|112",
    "codes": "NE42 4XP|L2606-B4|INV-13294|SW1A 2AA|A7|DE82 5109 6772",
    "abbreviations": "Mr.|Dr.|approx.|Ltd.|p.m.|etc.",
    "accents": "José|Zürich|Müller|Café|Renée|Núñez",
    "words": "window|garden|people|letter|morning|water",
}


def drawn(text: str, mode: Mode) -> PageImage:
    path = next(Path("/usr/share/fonts").rglob(_FONTS[mode]))
    font = ImageFont.truetype(path, 44)
    left, top, right, bottom = font.getbbox(text)
    image = Image.new("L", (round(right - left) + 30, round(bottom - top) + 24), 250)
    ImageDraw.Draw(image).text((15 - left, 12 - top), text, font=font, fill=40)
    return PageImage(np.asarray(image))


@pytest.fixture(scope="module")
def engine() -> LocalEngine:
    return LocalEngine()


@pytest.mark.parametrize("mode", _FONTS)
def test_what_is_known_of_the_language_spoils_no_kind_of_token(
    engine: LocalEngine, mode: Mode
) -> None:
    known, unknown = (
        {
            kind: sum(
                engine.read_line(drawn(token, mode), request).text == token
                for token in tokens.split("|")
            )
            for kind, tokens in TOKENS.items()
        }
        for request in (
            Request(mode, (Language.ENGLISH,), language_model=language_model)
            for language_model in (True, False)
        )
    )
    for kind, right in known.items():
        assert right >= unknown[kind], kind
        assert right >= 3, kind

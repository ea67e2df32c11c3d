"""A detector in 8 bits finds what it found before, in ONNX Runtime as in PyTorch."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor, nn

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

import upstream  # noqa: E402
from network import Block  # noqa: E402
from page_network import PageNetwork, load_page_network  # noqa: E402
from pages import Pages  # noqa: E402
from quantize_pages import rounded_pages, write_pages  # noqa: E402
from rounding import Rounding  # noqa: E402

from notetext.engines.local.network import Network  # noqa: E402

FONTS = {"dkg.ttf": "fifthhorseman", "DejaVuSans.ttf": "dejavu"}
_ROUNDED = {"stem", "quarter", "halving", "neck", "head"}


def font(name: str) -> Path:
    return Path("/usr/share/fonts/truetype", FONTS[name], name)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Pages of lines that are drawn as a hand writes."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "train").mkdir()
    (folder / "book").mkdir()
    (folder / "book" / "DejaVuSans.ttf").write_bytes(font("DejaVuSans.ttf").read_bytes())
    face = ImageFont.truetype(font("dkg.ttf"), 36)
    rows = []
    with zipfile.ZipFile(folder / "train" / "drawn_en.zip", "w") as archive:
        for number, text in enumerate(["the garden was full", "of bread and", "windows"] * 4):
            line = Image.new("L", (500, 56), 240)
            ImageDraw.Draw(line).text((6, 4), text, 30, face)
            data = io.BytesIO()
            line.save(data, "png")
            archive.writestr(f"p_{number}.png", data.getvalue())
            rows.append(f"p_{number}.png\t{text}")
        archive.writestr("lines.tsv", "\n".join(rows))
    return Pages(folder, folder / "book")


@pytest.fixture(scope="module")
def exact() -> PageNetwork:
    return load_page_network(upstream.DETECTION.find())


Made = tuple[PageNetwork, dict[nn.Conv2d, Tensor]]


@pytest.fixture(scope="module")
def made(exact: PageNetwork, pages: Pages) -> Made:
    return rounded_pages(exact, [pages[number] for number in range(3)])


def test_a_page_comes_out_of_its_number(pages: Pages) -> None:
    assert torch.equal(pages[4], pages[4])
    assert not torch.equal(pages[4][..., :64, :64], pages[5][..., :64, :64])
    for number in range(12):
        _, channels, height, width = pages[number].shape
        assert channels == 3
        assert height % 32 == width % 32 == 0


@torch.no_grad()
def test_it_is_the_network_of_the_file(exact: PageNetwork, pages: Pages) -> None:
    page = pages[0][..., :192, :256]
    said = Network(upstream.DETECTION.find().read_bytes(), threads=1).run(page.numpy())
    np.testing.assert_allclose(exact(page).numpy(), said, rtol=0, atol=1e-4)


@torch.no_grad()
def test_rounded_it_finds_nearly_the_same(exact: PageNetwork, made: Made, pages: Pages) -> None:
    page = pages[9]
    before, after = exact(page), made[0](page)
    assert 1e-6 < (before - after).abs().mean() < 0.02
    assert ((before > 0.3) != (after > 0.3)).float().mean() < 0.02


def test_what_sees_an_eighth_of_the_size_and_less_is_not_rounded(
    exact: PageNetwork, made: Made
) -> None:
    network, scales = made
    for name, module in network.named_modules():
        is_rounded = name.split(".")[0] in _ROUNDED
        if isinstance(module, Rounding) and "coarse." not in name:
            assert module.is_known == is_rounded, name
        if isinstance(module, Block) and not is_rounded:
            assert not any(one in scales for one in module.modules())
    for one, other in zip(exact.coarse.parameters(), network.coarse.parameters(), strict=True):
        assert torch.equal(one, other)


@torch.no_grad()
def test_the_file_says_what_the_network_says(made: Made, pages: Pages, tmp_path: Path) -> None:
    small = tmp_path / "small.onnx"
    write_pages(*made, upstream.DETECTION.find(), small)
    page = pages[9]
    said = Network(small.read_bytes(), threads=1).run(page.numpy())
    wanted = made[0](page).numpy()
    assert np.abs(said - wanted).mean() < 5e-3
    assert ((said > 0.3) != (wanted > 0.3)).mean() < 0.01

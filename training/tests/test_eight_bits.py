"""A network in 8 bits says what it said before, in ONNX Runtime as in PyTorch."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw, ImageFont
from torch import Tensor, nn

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

from eight_bits import WEIGHT_LEVELS, RoundedNetwork, rounded  # noqa: E402
from network import LineNetwork, load  # noqa: E402
from quantize import write_eight_bits  # noqa: E402
from rounding import Rounding  # noqa: E402
from start import characters_of  # noqa: E402

from notetext.engines.local.detection import as_batch  # noqa: E402
from notetext.engines.local.network import Network  # noqa: E402

FONT = "/usr/share/fonts/truetype/fifthhorseman/dkg.ttf"
TEXTS = ("the garden was full of bread", "seven letters from a window", "under the blue table 47")


def images(texts: Sequence[str], size: int) -> Tensor:
    """Lines of text, 48 pixels high."""
    lines = []
    for text in texts:
        picture = Image.new("RGB", (640, 48), (240, 238, 230))
        ImageDraw.Draw(picture).text((6, 4), text, "#223", ImageFont.truetype(FONT, size))
        lines.append(cv2.GaussianBlur(np.asarray(picture), (3, 3), 0))
    return torch.from_numpy(as_batch(np.stack(lines)))


@pytest.fixture(scope="module")
def exact(start: Path) -> LineNetwork:
    return load(start).eval()


@pytest.fixture(scope="module")
def made(exact: LineNetwork) -> RoundedNetwork:
    return rounded(exact, [images(TEXTS, size) for size in (22, 26, 30)])


@torch.no_grad()
def shares(network: LineNetwork, batch: Tensor) -> Tensor:
    """How likely each class is to the network, in each step."""
    said: Tensor = network(batch).softmax(-1)
    return said


def test_it_says_nearly_the_same_of_lines_that_it_was_not_fitted_to(
    exact: LineNetwork, made: RoundedNetwork
) -> None:
    unseen = images(["bread under seven windows", "a full letter of blue, 7"], 28)
    before, after = shares(exact, unseen), shares(made.network, unseen)
    assert 1e-7 < (before - after).abs().mean() < 1e-3
    # Where it wavers between two, as other processors add up settles which.
    sure = before.amax(2) > 0.6
    assert sure.float().mean() > 0.8
    assert (before.argmax(2) == after.argmax(2))[sure].float().mean() > 0.95


def test_weights_are_whole_multiples_of_7_bits(made: RoundedNetwork) -> None:
    assert len(made.scales) == 5 + 3 * len(made.network.blocks)
    for convolution, scales in made.scales.items():
        steps = convolution.weight.detach() / scales[:, None, None, None]
        torch.testing.assert_close(steps, steps.round(), atol=1e-3, rtol=0)
        assert steps.abs().max() < WEIGHT_LEVELS + 0.5


def test_the_first_network_stays_as_it_was(start: Path, exact: LineNetwork) -> None:
    assert not any(m.is_known for m in exact.modules() if isinstance(m, Rounding))
    for one, other in zip(exact.parameters(), load(start).parameters(), strict=True):
        assert torch.equal(one, other)


def test_weights_that_are_fitted_lose_less_than_weights_that_are_rounded(
    exact: LineNetwork, made: RoundedNetwork
) -> None:
    unseen = images(["bread under seven windows", "a full letter of blue, 7"], 28)

    def loss(network: LineNetwork) -> float:
        before, after = shares(exact, unseen), shares(network, unseen)
        return float((before * (before.clamp(1e-9).log() - after.clamp(1e-9).log())).sum())

    plain = rounded(exact, [images(TEXTS, 26)]).network
    for one, other in zip(plain.parameters(), exact.parameters(), strict=True):
        one.data.copy_(other.data)
    with torch.no_grad():
        for name in names_of(made):
            convolution = plain.get_submodule(name)
            assert isinstance(convolution, nn.Conv2d)
            scales = convolution.weight.abs().amax((1, 2, 3), keepdim=True) / WEIGHT_LEVELS
            convolution.weight.copy_((convolution.weight / scales).round() * scales)
    assert loss(made.network) < 0.8 * loss(plain)


def names_of(made: RoundedNetwork) -> list[str]:
    """The names of the convolutions that were rounded."""
    return [name for name, module in made.network.named_modules() if module in made.scales]


def test_the_file_says_what_the_network_says(
    start: Path, made: RoundedNetwork, tmp_path: Path
) -> None:
    small = tmp_path / "small.onnx"
    write_eight_bits(made, start, small)
    assert small.stat().st_size < 0.45 * start.stat().st_size
    assert characters_of(small) == characters_of(start)
    batch = images(["bread under seven windows"], 28)
    said = Network(small.read_bytes(), threads=1).run(batch.numpy())
    wanted = shares(made.network, batch).numpy()
    assert np.abs(said - wanted).mean() < 2e-4
    assert (said.argmax(2) == wanted.argmax(2)).mean() > 0.95


def test_a_rounding_lets_numbers_pass_until_it_knows_their_range() -> None:
    rounding = Rounding(least=-1.0)
    numbers = torch.tensor([-3.0, -0.5, 0.0, 0.013, 2.0])
    assert torch.equal(rounding(numbers), numbers)
    rounding.know(-4.0, 1.0)
    passed = rounding(numbers)
    assert passed[0] > -1.01
    assert passed[2] == 0
    assert passed[4] < 1.01
    assert (passed[1:4] - numbers[1:4]).abs().max() <= rounding.scale / 2 + 1e-7

"""The recipe from end to end, on lines that the test draws: its loss falls, and its file reads."""

from __future__ import annotations

import io
import json
import pickle
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import cv2
import numpy as np
import onnxruntime as ort  # type: ignore[import-untyped]
import pytest
import torch
from PIL import Image

TRAINING = Path(__file__).parents[1]
sys.path.insert(0, str(TRAINING))

from average import average  # noqa: E402
from distil import Teachers  # noqa: E402
from drawing import draw_handwriting, find_fonts  # noqa: E402
from glyphs import cut_glyphs  # noqa: E402
from network import load, write  # noqa: E402
from noted import noted  # noqa: E402
from paper import with_margins  # noqa: E402
from real_lines import read_archive  # noqa: E402
from samples import Batch, Mixture, Samples  # noqa: E402
from start import characters_of  # noqa: E402
from train import Config, Run  # noqa: E402

from notetext.engines.local.network import Network  # noqa: E402

FONTS = Path("/usr/share/fonts/truetype/fifthhorseman")
ARCHIVES = ("first_fr", "second_en")
WORDS = ("garden", "letter", "bread", "window", "under", "seven", "la", "maison", "fenêtre", "été")
CONFIG = """
seed = 1
steps = {steps}
batch_size = 8
peak_rate = 2e-4
warm_up_steps = 5
weight_decay = 0.01
stem = true
average = 0.9
checkpoint_steps = 10

[mixture]
real = 0.4
composed = 0.2
printed = 0.1
prose = 0.0
english = 0.6
french = 0.2
noted = 0.2

[mixture.archives]
first_fr = 0.7
second_en = 0.3
"""


@pytest.fixture(scope="session")
def fonts() -> Path:
    """A folder of fonts, from Debian's fonts-dkg-handwriting."""
    assert FONTS.is_dir(), "apt-get install fonts-dkg-handwriting"
    return FONTS


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory, fonts: Path) -> Path:
    """A folder like that of the handwriting, its lines drawn."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "train").mkdir()
    chance, words = np.random.default_rng(1), random.Random(1)
    faces = find_fonts(fonts)
    for name in ARCHIVES:
        rows = []
        with zipfile.ZipFile(folder / "train" / f"{name}.zip", "w") as archive:
            for number in range(40):
                text = " ".join(words.choices(WORDS, k=4))
                ink = draw_handwriting(text, faces[number % len(faces)], chance)
                line = (255 * (1 - with_margins(ink, None, chance))).astype(np.uint8)
                width = round(line.shape[1] * 56 / line.shape[0])
                file = io.BytesIO()
                Image.fromarray(line).resize((width, 56)).save(file, "WEBP")
                archive.writestr(f"page_{number // 20}_l{number:03}.webp", file.getvalue())
                rows.append(f"page_{number // 20}_l{number:03}.webp\t{text}")
            archive.writestr("lines.tsv", "\n".join(rows))
    return folder


@pytest.fixture(scope="session")
def glyphs(tmp_path_factory: pytest.TempPathFactory, data: Path, start: Path) -> Path:
    """What glyphs.py makes of the lines."""
    path = tmp_path_factory.mktemp("glyphs") / "glyphs.pickle"
    command: list[str | Path] = [sys.executable, TRAINING / "glyphs.py", "--data", data]
    subprocess.run([*command, "--network", start, "--output", path], check=True)
    return path


def test_the_network_in_pytorch_is_the_one_in_the_file(start: Path, tmp_path: Path) -> None:
    images = np.random.default_rng(2).normal(0, 0.7, (2, 3, 48, 320)).astype(np.float32)
    network = load(start).eval()
    with torch.no_grad():
        here = network(torch.from_numpy(images)).softmax(-1).numpy()
    written = tmp_path / "written.onnx"
    write(network, start, written)
    for file in (start, written):
        (there,) = ort.InferenceSession(file).run(None, {"x": images})
        np.testing.assert_allclose(here, there, rtol=0, atol=1e-5)


def test_glyphs_show_their_letters(data: Path, start: Path) -> None:
    line = next(read_archive(data / "train" / f"{ARCHIVES[0]}.zip"))
    found = cut_glyphs(line, Network(start.read_bytes(), threads=1), characters_of(start))
    assert found
    assert all(letters in line.text for letters in found)


def test_a_sample_comes_from_the_seed_and_its_number_alone(
    data: Path, fonts: Path, start: Path, glyphs: Path
) -> None:
    mixture = Mixture(
        real=0.3,
        composed=0.3,
        printed=0.2,
        prose=0.0,
        english=0.6,
        french=0.2,
        archives={"first_fr": 0.7, "second_en": 0.3},
        noted=0.3,
    )
    first, second, other = (
        Samples(data, fonts, fonts, glyphs, characters_of(start), mixture, seed)
        for seed in (1, 1, 2)
    )
    numbers = range(12)
    made = [first.make(number) for number in numbers]
    for number in reversed(numbers):
        again = second.make(number)
        assert again.text == made[number].text
        np.testing.assert_array_equal(again.pixels, made[number].pixels)
    assert [other.make(number).text for number in numbers] != [sample.text for sample in made]


def test_what_is_noted_has_signs_and_digits_of_all_kinds(start: Path) -> None:
    chance = np.random.default_rng(5)
    texts = [noted(chance, lambda: "word") for _ in range(2_000)]
    known = set(characters_of(start))
    assert all(known.issuperset(text) for text in texts)
    seen = set("".join(texts))
    assert seen >= set("0123456789=+-*/%@#&<>()[]{}:;,.!?$€£°§½×→_|~'\"\\")
    assert sum(any(sign.isdigit() for sign in text) for text in texts) > 800


def test_a_teacher_who_reads_a_line_better_has_more_to_say(
    data: Path, start: Path, tmp_path: Path
) -> None:
    (line, *_) = read_archive(data / "train" / f"{ARCHIVES[0]}.zip")
    torch.manual_seed(4)
    spoilt = load(start)
    with torch.no_grad():
        spoilt.head.weight.add_(
            2 * spoilt.head.weight.std() * torch.randn(spoilt.head.weight.shape)
        )
    write(spoilt, start, tmp_path / "spoilt.onnx")
    classes = {character: place for place, character in enumerate(characters_of(start))}
    pixels = torch.from_numpy(cv2.resize(line.pixels, (640, 48)))[None, ..., None]
    batch = Batch(
        pixels.repeat(1, 1, 1, 3),
        torch.tensor([classes[character] for character in line.text]),
        torch.tensor([80]),
        torch.tensor([len(line.text)]),
    )
    both = Teachers({start: 0.5, tmp_path / "spoilt.onnx": 0.5})
    alone, spoilt_alone = (Teachers({file: 1.0}) for file in (start, tmp_path / "spoilt.onnx"))
    answer, trust = both.judged_answer(batch)
    good, good_trust = alone.judged_answer(batch)
    _, bad_trust = spoilt_alone.judged_answer(batch)
    torch.testing.assert_close(trust, good_trust)
    assert bad_trust < 0.5 * trust <= 0.5
    assert (answer.exp() - good.exp()).abs().mean() < 1e-3


def test_a_mean_of_networks_lies_between_them(start: Path, tmp_path: Path) -> None:
    network = load(start)
    with torch.no_grad():
        network.head.bias.add_(2.0)
    write(network, start, tmp_path / "other.onnx")
    average({start: 3, tmp_path / "other.onnx": 1}, tmp_path / "mean.onnx")
    mean = load(tmp_path / "mean.onnx").head.bias
    torch.testing.assert_close(mean, load(start).head.bias + 0.5)


def test_a_pupil_gets_nearer_to_what_its_teachers_say(
    data: Path, fonts: Path, start: Path, glyphs: Path, tmp_path: Path
) -> None:
    torch.manual_seed(3)
    other = load(start)
    with torch.no_grad():
        for weight in other.parameters():
            if weight.numel() > 1:
                weight.add_(0.02 * weight.std() * torch.randn_like(weight))
    write(other, start, tmp_path / "other.onnx")
    config = tmp_path / "config.toml"
    config.write_text(CONFIG.format(steps=30))
    command: list[str | Path] = [
        sys.executable,
        TRAINING / "distil.py",
        "--config",
        config,
        "--data",
        data,
    ]
    command += ["--fonts", fonts, "--book-fonts", fonts, "--glyphs", glyphs]
    command += ["--start", tmp_path / "other.onnx", "--work", tmp_path / "work"]
    subprocess.run(
        [*command, "--teachers", start, "0.8", tmp_path / "other.onnx", "0.2"], check=True
    )
    log = [json.loads(line) for line in (tmp_path / "work/log.jsonl").read_text().splitlines()]
    assert log[-1]["loss"] < 0.9 * log[0]["loss"]


def test_the_last_layers_learn_alone_and_go_on_where_they_stopped(
    data: Path, fonts: Path, start: Path, glyphs: Path, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    command: list[str | Path] = [
        sys.executable,
        TRAINING / "last_layers.py",
        "--config",
        config,
        "--data",
        data,
    ]
    command += ["--fonts", fonts, "--book-fonts", fonts, "--glyphs", glyphs, "--start", start]
    command += ["--blocks", "1", "--drawers", "2", "--work", tmp_path / "work"]
    for steps in (24, 72):
        config.write_text(CONFIG.format(steps=steps))
        subprocess.run(command, check=True)
    log = [json.loads(line) for line in (tmp_path / "work/log.jsonl").read_text().splitlines()]
    assert log[-1]["lines"] == 2 * 64
    assert log[-1]["step"] >= 72 > 24 >= log[0]["step"]
    assert log[-1]["loss"] < 0.9 * log[0]["loss"]
    before, after = load(start), load(tmp_path / "work/average.onnx")
    last = len(before.blocks) - 1
    for name, weight in after.named_parameters():
        learns = name.startswith(("neck", "head", f"blocks.{last}."))
        assert torch.equal(weight, before.get_parameter(name)) != learns, name


def test_the_loss_falls_and_a_run_goes_on_where_it_stopped(
    data: Path, fonts: Path, start: Path, glyphs: Path, tmp_path: Path
) -> None:
    assert pickle.loads(glyphs.read_bytes())

    config = tmp_path / "config.toml"
    command: list[str | Path] = [
        sys.executable,
        TRAINING / "train.py",
        "--config",
        config,
        "--data",
        data,
    ]
    command += ["--fonts", fonts, "--book-fonts", fonts, "--glyphs", glyphs, "--start", start]

    def train(steps: int) -> None:
        config.write_text(CONFIG.format(steps=steps))
        subprocess.run([*command, "--work", tmp_path / "work"], check=True)

    train(20)
    train(50)
    log = [json.loads(line) for line in (tmp_path / "work/log.jsonl").read_text().splitlines()]
    assert [entry["step"] for entry in log] == [10, 20, 30, 40, 50]
    losses = [entry["loss"] for entry in log]
    assert losses[-1] < 0.8 * losses[0]
    assert Run(Config.read(config), start, tmp_path / "work").step == 50
    (output,) = ort.InferenceSession(tmp_path / "work/average.onnx").run(
        None, {"x": np.zeros((1, 3, 48, 64), np.float32)}
    )
    assert output.shape[1] == 8

"""No place, no name and no camera leaves with a picture; its pixels stay as they are."""

from __future__ import annotations

import io
import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from notetext.engines.cloud.metadata import without_metadata

SECRET = b"48.8584N"


def picture(mode: str = "RGB") -> Image.Image:
    pixels = np.random.default_rng(1).integers(0, 255, (40, 60, 3), np.uint8)
    return Image.fromarray(pixels).convert(mode)


def exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F] = SECRET.decode()
    tags[0x8825] = {1: "N", 2: (48.0, 51.0, 30.0)}
    return tags


def jpeg(mode: str = "RGB", *, progressive: bool = False, icc: bytes = b"a profile") -> bytes:
    file = io.BytesIO()
    picture(mode).save(
        file,
        "JPEG",
        exif=exif(),
        comment=SECRET,
        xmp=b"<x>" + SECRET + b"</x>",
        progressive=progressive,
        icc_profile=icc,
        dpi=(300, 300),
        restart_marker_rows=1,
    )
    return file.getvalue()


def png(mode: str = "RGB") -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", SECRET.decode())
    info.add_text("Zipped", SECRET.decode() * 9, zip=True)
    info.add_itxt("XML:com.adobe.xmp", SECRET.decode())
    info.add(b"prVt", SECRET)
    file = io.BytesIO()
    picture(mode).save(file, "PNG", pnginfo=info, exif=exif(), dpi=(300, 300))
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return image


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_keeps_its_pixels_and_loses_its_metadata(mode: str, progressive: bool) -> None:
    data = jpeg(mode, progressive=progressive) + b"a film of the same moment, " + SECRET
    assert SECRET in data
    clean = without_metadata(data, "image/jpeg")
    assert clean is not None
    assert SECRET not in clean
    before, after = opened(data), opened(clean)
    assert after.tobytes() == before.tobytes()
    assert not after.getexif()
    assert after.info["dpi"] == (300, 300)
    assert after.info["icc_profile"] == b"a profile"
    assert "comment" not in after.info
    assert "xmp" not in after.info


def test_a_profile_in_several_segments_is_kept() -> None:
    profile = bytes(range(256)) * 600
    clean = without_metadata(jpeg(icc=profile), "image/jpeg")
    assert clean is not None
    assert opened(clean).info["icc_profile"] == profile


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1", "RGBA"])
def test_a_png_keeps_its_pixels_and_loses_its_metadata(mode: str) -> None:
    data = png(mode) + SECRET
    clean = without_metadata(data, "image/png")
    assert clean is not None
    assert SECRET not in clean
    before, after = opened(data), opened(clean)
    assert after.tobytes() == before.tobytes()
    assert after.mode == before.mode
    assert set(after.info) <= {"dpi", "transparency"}
    for kind in (b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"prVt"):
        assert kind not in clean


def test_other_types_are_not_its_business() -> None:
    assert without_metadata(b"GIF89a", "image/gif") is None


@pytest.mark.parametrize(("data", "kind"), [(jpeg(), "image/jpeg"), (png(), "image/png")])
def test_a_file_that_is_cut_anywhere_is_refused(data: bytes, kind: str) -> None:
    assert without_metadata(data, kind) is not None
    end = data.rindex(b"IEND") + 8 if kind == "image/png" else len(data)
    for length in range(0, end, 7):
        assert without_metadata(data[:length], kind) is None


@given(st.integers(0, 400), st.binary(min_size=1, max_size=4))
@settings(deadline=None)
def test_a_damaged_file_never_lets_metadata_through_in_a_known_segment(
    place: int, damage: bytes
) -> None:
    for data, kind in ((JPEG, "image/jpeg"), (PNG, "image/png")):
        damaged = data[:place] + damage + data[place + len(damage) :]
        clean = without_metadata(damaged, kind)
        assert clean is None or len(clean) <= len(damaged)


JPEG, PNG = jpeg(), png()


def test_a_length_below_its_own_size_is_refused() -> None:
    assert (
        without_metadata(b"\xff\xd8\xff\xe1" + struct.pack(">H", 1) + b"x" * 9, "image/jpeg")
        is None
    )

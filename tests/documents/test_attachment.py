"""The document that a result keeps: opened again when its pages are looked at."""

from __future__ import annotations

import copy
import pickle
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from pydantic import SecretStr

from notetext.converters.image import ImageConverter
from notetext.documents import Attachment, DocumentLike, GivenDocument, OpenOptions, Source
from notetext.errors import CorruptInputError, MissingSourceError


def attached(content: DocumentLike, options: OpenOptions | None = None) -> Attachment:
    """A document attached to what was read from it."""
    given = GivenDocument.of(content, [ImageConverter()], options or OpenOptions())
    info, document = given.open()
    document.close()
    return Attachment(given, info.sha256)


def test_nothing_is_attached_until_something_is() -> None:
    assert Attachment().is_empty
    assert Attachment().open() is None


def test_pages_are_seen_again_as_often_as_one_likes(picture: Path) -> None:
    images = attached(picture).open()
    assert images is not None
    with images:
        assert images.image(1).size == (30, 20)
        assert images.page(1).encoded is not None
        images.close()
        assert images.image(1).size == (30, 20)


def test_bytes_have_a_source_and_pixels_have_none(picture: Path) -> None:
    options = OpenOptions(password=SecretStr("s3cret"))
    for content, is_there in ((picture, True), (np.zeros((20, 30), np.uint8), False)):
        images = attached(content, options).open()
        assert images is not None
        with images:
            assert isinstance(images.source, Source) is is_there
            assert images.password == SecretStr("s3cret")


def test_a_document_that_went_is_told_with_the_way_to_bring_it_back(picture: Path) -> None:
    images = attached(picture).open()
    picture.unlink()
    assert images is not None
    with images, pytest.raises(MissingSourceError, match=r"no such file.*result\.attach"):
        images.image(1)


def test_a_document_that_changed_is_not_taken_for_the_one_that_was_read(picture: Path) -> None:
    images = attached(picture).open()
    Image.new("L", (30, 20)).save(picture)
    assert images is not None
    with images, pytest.raises(MissingSourceError, match="bytes have changed") as caught:
        images.page(1)
    assert caught.value.source == str(picture)


def test_a_picture_that_was_closed_is_missing_and_a_file_that_is_torn_is_damaged(
    picture: Path,
) -> None:
    image = Image.open(picture)
    closed = attached(image).open()
    image.close()
    assert closed is not None
    with closed, pytest.raises(MissingSourceError, match="can no longer be used"):
        closed.image(1)
    noise = np.random.default_rng(1).integers(0, 255, (50, 50), np.uint8)
    Image.fromarray(noise).save(picture)
    torn = attached(picture.read_bytes()[:45]).open()
    assert torn is not None
    with torn, pytest.raises(CorruptInputError):
        torn.image(1)


def test_a_document_is_no_part_of_a_results_value(picture: Path) -> None:
    attachment = attached(picture)
    assert attachment == Attachment()
    assert hash(attachment) == hash(Attachment())
    assert copy.deepcopy(attachment) is attachment
    assert pickle.loads(pickle.dumps(attachment)).is_empty

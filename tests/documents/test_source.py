"""Where a document's bytes are: files, memory, file objects, and what is none of these."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import socket
from pathlib import Path

import pytest

from notetext import Limits
from notetext.documents import HEAD_BYTES, Source
from notetext.errors import CorruptInputError, InputError, InputNotFoundError, InputTooLargeError

LIMITS = Limits()


def test_a_file_and_its_bytes_are_the_same_document(picture: Path) -> None:
    data = picture.read_bytes()
    for source in (Source.of_path(picture, LIMITS), Source(None, data, LIMITS)):
        assert source.size == len(data)
        assert source.read() == data
        assert source.head() == data[:HEAD_BYTES]
        assert source.sha256() == hashlib.sha256(data).hexdigest()
        with source.open() as one, source.open() as other:
            assert one.read(4) == other.read(4)


def test_only_a_files_bytes_lie_on_disk(picture: Path) -> None:
    assert Source.of_path(picture, LIMITS).path == picture
    assert Source(None, picture.read_bytes(), LIMITS).path is None


def test_the_head_of_a_long_document_is_no_more_than_its_beginning() -> None:
    assert Source(None, bytes(HEAD_BYTES * 3), LIMITS).head() == bytes(HEAD_BYTES)


def test_a_file_object_is_read_from_where_it_stands(picture: Path) -> None:
    file = io.BytesIO(b"skipped" + picture.read_bytes())
    file.seek(7)
    assert Source.of_file(file, LIMITS).read() == picture.read_bytes()
    with pytest.raises(CorruptInputError, match="rewind"):
        Source.of_file(file, LIMITS)


def test_a_file_object_gives_no_more_than_the_limit_and_a_byte() -> None:
    class Endless(io.RawIOBase):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert size <= 101
            return bytes(size)

    with pytest.raises(InputTooLargeError, match="max_file_bytes=100") as caught:
        Source.of_file(Endless(), Limits(max_file_bytes=100))  # type: ignore[arg-type]
    assert (caught.value.limit, caught.value.allowed) == ("max_file_bytes", 100)


def test_a_text_file_object_is_refused() -> None:
    with pytest.raises(InputError, match="binary mode"):
        Source.of_file(io.StringIO("text"), LIMITS)  # type: ignore[arg-type]


def test_a_closed_file_object_is_no_document(picture: Path) -> None:
    with picture.open("rb") as file:
        pass
    with pytest.raises(InputNotFoundError, match="ValueError"):
        Source.of_file(file, LIMITS)


def test_a_missing_file_a_folder_and_an_empty_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputNotFoundError, match="no such file"):
        Source.of_path(tmp_path / "missing.png", LIMITS)
    with pytest.raises(InputNotFoundError, match="folder"):
        Source.of_path(tmp_path, LIMITS)
    empty = tmp_path / "empty.png"
    empty.touch()
    with pytest.raises(CorruptInputError, match="empty"):
        Source.of_path(empty, LIMITS)


def test_a_pipe_a_device_and_a_socket_are_errors_and_never_a_wait(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.png"
    os.mkfifo(fifo)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        for path in (fifo, Path("/dev/zero"), tmp_path / "socket"):
            with pytest.raises(InputNotFoundError, match="no regular file"):
                Source.of_path(path, LIMITS)


def test_a_file_that_became_a_pipe_or_went_is_an_error_and_never_a_wait(picture: Path) -> None:
    source = Source.of_path(picture, LIMITS)
    picture.unlink()
    with pytest.raises(InputNotFoundError, match="no such file"):
        source.open()
    os.mkfifo(picture)
    with pytest.raises(InputNotFoundError, match="no regular file"):
        source.open()


@pytest.mark.parametrize("url", ["https://example.com/a.png", "file:///etc/hosts", "s3://a/b.png"])
def test_a_url_is_refused_and_nothing_is_fetched(url: str) -> None:
    with pytest.raises(InputNotFoundError, match="fetches nothing"):
        Source.of_path(url, LIMITS)


@pytest.mark.parametrize("name", ["a\0b.png", "x" * 5000, ""])
def test_an_impossible_name_is_a_file_that_is_not_there(name: str) -> None:
    with pytest.raises(InputNotFoundError):
        Source.of_path(name, LIMITS)


def test_a_file_that_may_not_be_read_says_so(picture: Path) -> None:
    if os.geteuid() == 0:
        loop = picture.with_name("loop.png")
        loop.symlink_to(loop)
        picture = loop
    else:
        picture.chmod(0)
    with pytest.raises(InputNotFoundError, match=r"permissions|cannot be opened"):
        Source.of_path(picture, LIMITS).open()


def test_a_relative_path_is_found_from_another_folder_once_it_is_absolute(
    picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(picture.parent)
    source = Source.of_path(picture.name, LIMITS)
    moved = pickle.loads(pickle.dumps(source.absolute()))
    monkeypatch.chdir("/")
    assert moved.name == picture.name
    assert moved.read() == picture.read_bytes()
    assert source.path == Path(picture.name)

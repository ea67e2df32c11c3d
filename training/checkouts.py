"""Reads the files of git repositories at a commit, from clones that need no work tree."""

from __future__ import annotations

import fnmatch
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

# What is larger is data rather than a text, and some mirrors leave it out.
_LARGEST_FILE = 4 * 1024 * 1024
_NO_LAZY_FETCH = {"GIT_NO_LAZY_FETCH": "1"}


class Checkout:
    """A repository at a commit."""

    def __init__(self, folder: Path, commit: str) -> None:
        """Takes the folder of a clone, bare or not."""
        self._git = ["git", "-C", str(folder), "-c", "core.quotePath=false"]
        self._commit = commit

    def files(self, patterns: Sequence[str], without: Sequence[str] = ()) -> Iterator[bytes]:
        """The contents of the files below 4 MiB whose paths match.

        They come in the order of git's names for their contents, so that the first ones are a
        sample of all.

        Args:
            patterns: Of paths, as in `fnmatch`; a star also matches slashes.
            without: Of paths that are left out.
        """
        listed = [entry.split("\t", 1) for entry in self._list()]
        objects = sorted(
            {
                about.split()[2]
                for about, path in listed
                if _matches(path, patterns) and not _matches(path, without)
            }
        )
        if not objects:
            raise FileNotFoundError(f"no file matches {patterns} in {self._git[2]}")
        sizes = dict(self._sizes(objects))
        yield from self._contents([name for name in objects if 0 < sizes[name] < _LARGEST_FILE])

    def paths(self, patterns: Sequence[str], without: Sequence[str] = ()) -> list[str]:
        """The paths that match, as in `files`, in their order."""
        listed = sorted(entry.split("\t", 1)[1] for entry in self._list())
        return [path for path in listed if _matches(path, patterns) and not _matches(path, without)]

    def read(self, path: str) -> bytes:
        """The content of a file; empty if the mirror lacks it."""
        name = f"{self._commit}:{path}"
        asked = subprocess.run(
            [*self._git, "cat-file", "blob", name],
            env=os.environ | _NO_LAZY_FETCH,
            capture_output=True,
            check=False,
        )
        return asked.stdout

    def _list(self) -> list[str]:
        listing = self._run("ls-tree", "-r", "-z", self._commit)
        return [entry for entry in listing.decode("utf-8").split("\0") if " blob " in entry]

    def _sizes(self, objects: Sequence[str]) -> Iterator[tuple[str, int]]:
        """How many bytes each has; none where the mirror lacks it."""
        check = self._run("cat-file", "--batch-check", names=objects)
        for line in check.decode("ascii").splitlines():
            name, kind, *size = line.split()
            yield name, int(size[0]) if kind == "blob" else 0

    def _contents(self, objects: Sequence[str]) -> Iterator[bytes]:
        for start in range(0, len(objects), 500):
            batch = self._run("cat-file", "--batch", names=objects[start : start + 500])
            position = 0
            while position < len(batch):
                end = batch.index(b"\n", position)
                size = int(batch[position:end].split()[2])
                yield batch[end + 1 : end + 1 + size]
                position = end + size + 2

    def _run(self, *arguments: str, names: Sequence[str] = ()) -> bytes:
        return subprocess.run(
            [*self._git, *arguments],
            input="".join(f"{name}\n" for name in names).encode("ascii"),
            env=os.environ | _NO_LAZY_FETCH,
            stdout=subprocess.PIPE,
            check=True,
        ).stdout


def _matches(path: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)

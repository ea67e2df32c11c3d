"""Finished pages between a pipeline and the store: what their keys are made of."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from notetext.documents import GivenDocument, SourcePage
from notetext.engines import Engine, Request
from notetext.model import Artifact, SourceInfo
from notetext.preprocessors import Preprocessor
from notetext.reading.options import ReadOptions
from notetext.result import SCHEMA_VERSION, Page
from notetext.store.pages import StoredPage
from notetext.store.store import Store

_PIPELINE_VERSION = 4
"""Changes when notetext itself makes another page of what engine and text layer gave."""


@dataclass(frozen=True, slots=True)
class PageCache:
    """The finished pages of one way of reading.

    Attributes:
        store: where they lie.
        fingerprint: identifies steps and engine; ``None``: pages are not stored.
    """

    store: Store
    fingerprint: tuple[str, ...] | None

    @classmethod
    def of(cls, store: Store, steps: Sequence[Preprocessor], engine: Engine) -> PageCache:
        """The cache of a reader; warns if its pages cannot be stored."""
        fingerprints = [
            *((f"the step {step.name!r}", step.fingerprint) for step in steps),
            (f"the engine {engine.name!r}", engine.fingerprint),
        ]
        changeable = [name for name, fingerprint in fingerprints if fingerprint is None]
        if not changeable:
            return cls(store, tuple(str(fingerprint) for _, fingerprint in fingerprints))
        warnings.warn(
            f"pages are not stored, since nobody can tell whether {' and '.join(changeable)} has "
            'changed; of a function make a step with a version: Step(function, version="1")',
            stacklevel=4,
        )
        return cls(store, None)

    def document(
        self,
        given: GivenDocument,
        info: SourceInfo,
        options: ReadOptions,
        request: Request,
        whole: bool,
    ) -> DocumentCache:
        """The finished pages of a document.

        Args:
            given: the document.
            info: what it is.
            options: what the caller asked for.
            request: what the engine is asked for.
            whole: whether the engine takes all pages at once.
        """
        # Pictures and arrays in memory have no bytes.
        converter = None if info.sha256 is None else given.converter().fingerprint
        if self.fingerprint is None or converter is None:
            return DocumentCache(self.store, None)
        # Pages, password, limits, timeout_s and on_error are left out: they say whether a page is
        # read, not what stands on it. What limits make of it shows in its size, a part of its key.
        parts = [
            [SCHEMA_VERSION, _PIPELINE_VERSION, info.sha256, converter, *self.fingerprint],
            [options.mode, options.region, options.text_layer, options.dpi],
            [request.mode, request.languages, request.tell_languages, whole],
        ]
        return DocumentCache(self.store, json.dumps(parts).encode())


@dataclass(frozen=True, slots=True)
class DocumentCache:
    """The finished pages of a document, read in one way.

    Attributes:
        store: where they lie.
        identity: what their keys have in common; ``None``: pages are not stored.
    """

    store: Store
    identity: bytes | None

    def get(self, page: SourcePage) -> StoredPage | None:
        """What was read on a page before, if it is there.

        Raises:
            StoreError: the store cannot be read.
        """
        return None if self.identity is None else self.store.get(self._key(page))

    def put(self, page: Page, artifacts: tuple[Artifact, ...]) -> None:
        """Keeps a page that was read.

        Raises:
            StoreError: the store cannot be written.
        """
        if self.identity is not None:
            self.store.put(self._key(page), StoredPage(page=page, artifacts=artifacts))

    def lock(self, page: SourcePage) -> AbstractContextManager[None]:
        """A block that one thread at a time may enter for the same page of equal documents."""
        return nullcontext() if self.identity is None else self.store.lock(self._key(page))

    def _key(self, page: SourcePage | Page) -> bytes:
        assert self.identity is not None
        place = f"{page.number} {page.width}×{page.height}"
        return hashlib.sha256(self.identity + place.encode()).digest()

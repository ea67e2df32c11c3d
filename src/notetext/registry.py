"""Parts by their names: what they have in common, and where those that come along are.

Built-ins and third parties come in by the same door: a class, or any callable that makes an
instance, under a name. Third parties register it as an entry point in the group
``notetext.converters``, ``notetext.preprocessors``, ``notetext.engines`` or
``notetext.exporters``. A built-in resolves without looking at entry points, and nobody can take
its name.

The tables below hold names alone, so that this module knows no room. Each room has a module
``named`` that goes from a name or an object to one of its parts.
"""

from __future__ import annotations

import dataclasses
import warnings
from abc import ABC
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module, metadata
from typing import Generic, Literal, TypeAlias, TypeVar

from notetext.errors import ConfigurationError, NoteTextError, UnknownNameError

# For editors, which complete them, and for type checkers.
ConverterName: TypeAlias = Literal["image", "pdf", "heif", "poppler"]
PreprocessorName: TypeAlias = Literal[
    "auto",
    "crop_to_page",
    "flatten_background",
    "remove_ruling",
    "remove_slivers",
    "grayscale",
    "invert",
    "contrast",
    "upscale",
    "orient",
    "deskew",
    "denoise",
    "binarize",
    "crop",
]
EngineName: TypeAlias = Literal["local", "aspose"]
TextFormatName: TypeAlias = Literal[
    "text", "json", "markdown", "hocr", "alto", "csv", "html", "jsonl", "article"
]
BinaryFormatName: TypeAlias = Literal["pdf", "docx"]
FormatName: TypeAlias = TextFormatName | BinaryFormatName

CONVERTERS: Mapping[str, str] = {
    "image": "notetext.converters.image:ImageConverter",
    "pdf": "notetext.converters.pdf:PdfConverter",
    "heif": "notetext.converters.heif:HeifConverter",
    "poppler": "notetext.converters.poppler:PopplerConverter",
}
PREPROCESSORS: Mapping[str, str] = {
    "auto": "notetext.preprocessors.auto:Auto",
    "crop_to_page": "notetext.preprocessors.crop_to_page:CropToPage",
    "flatten_background": "notetext.preprocessors.background:FlattenBackground",
    "remove_ruling": "notetext.preprocessors.ruling:RemoveRuling",
    "remove_slivers": "notetext.preprocessors.slivers:RemoveSlivers",
    "grayscale": "notetext.preprocessors.tone:Grayscale",
    "invert": "notetext.preprocessors.tone:Invert",
    "contrast": "notetext.preprocessors.tone:Contrast",
    "upscale": "notetext.preprocessors.geometry:Upscale",
    "orient": "notetext.preprocessors.orient:Orient",
    "deskew": "notetext.preprocessors.deskew:Deskew",
    "denoise": "notetext.preprocessors.tone:Denoise",
    "binarize": "notetext.preprocessors.binarize:Binarize",
    "crop": "notetext.preprocessors.geometry:Crop",
}
ENGINES: Mapping[str, str] = {
    "local": "notetext.engines.local:LocalEngine",
    "aspose": "notetext.engines.aspose:AsposeEngine",
}
EXPORTERS: Mapping[str, str] = {
    "text": "notetext.exporters.text:TextExporter",
    "json": "notetext.exporters.json:JsonExporter",
    "markdown": "notetext.exporters.markdown:MarkdownExporter",
    "hocr": "notetext.exporters.hocr:HocrExporter",
    "alto": "notetext.exporters.alto:AltoExporter",
    "csv": "notetext.exporters.csv:CsvExporter",
    "pdf": "notetext.exporters.searchable_pdf:SearchablePdfExporter",
    "html": "notetext.exporters.review_page:ReviewPageExporter",
    "jsonl": "notetext.exporters.json:JsonLinesExporter",
    "article": "notetext.exporters.article:ArticleExporter",
    "docx": "notetext.exporters.docx:DocxExporter",
}


class Part(ABC):
    """What converters, preprocessors, engines and exporters have in common.

    The rule of keeping is one for all of them: what a part without a version has made is not kept
    in a store, since nobody could tell whether it is out of date. With a version it is, under the
    part's fingerprint. Make parts frozen dataclasses of their parameters, and the fingerprint
    follows by itself; other classes write their own.
    """

    name: str
    """How errors, results and callers call it; write ``name = "…"`` in the class."""
    version: str | None = None
    """Changes when the same input may give something else; ``None``: that is not to be stored."""

    @property
    def fingerprint(self) -> str | None:
        """Identifies the part with its parameters; ``None``: what it makes is not to be stored."""
        if self.version is None:
            return None
        parameters = ""
        if dataclasses.is_dataclass(self):
            fields = dataclasses.fields(self)
            parameters = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in fields)
        return f"{self.name}/{self.version}({parameters})"

    def check(self) -> None:
        """Finds out whether it can run here, without doing any work; `notetext doctor` asks.

        Raises:
            NoteTextError: something is missing; the message says what to do about it.
        """


_Part = TypeVar("_Part", bound=Part)


class Registry(Generic[_Part]):
    """The parts of one kind, by name. Safe to use from several threads.

    Attributes:
        kind: what its parts are called in messages.
        group: the entry points' group.
    """

    def __init__(self, kind: str, contract: type[_Part], built_in: Mapping[str, str]) -> None:
        """Makes a registry.

        Args:
            kind: such as ``"engine"``; the group of entry points is ``notetext.engines``.
            contract: the class that every part is an instance of.
            built_in: names, and where each one's factory is, as ``"module:attribute"``.
        """
        self.kind = kind
        self.group = f"notetext.{kind}s"
        self._contract = contract
        self._built_in = built_in

    def built_in(self) -> list[str]:
        """The names of the parts that come with notetext."""
        return list(self._built_in)

    def names(self) -> list[str]:
        """All names: the built-ins in their order, then those of third parties."""
        return [*self._built_in, *sorted(self._entry_points())]

    def usable(self) -> Iterator[_Part]:
        """Makes every part in turn; a third party's that cannot be made is skipped, with a warning.

        One broken plug-in then costs nobody the others.
        """
        for name in self.names():
            try:
                yield self.make(name)
            except UnknownNameError:
                # It does not load, and the warning was given.
                continue
            except NoteTextError as error:
                if name in self._built_in:
                    raise
                warnings.warn(
                    f"the plug-in {name!r} is skipped: {error.message}",
                    RuntimeWarning,
                    stacklevel=2,
                )

    def get(self, given: _Part | str) -> _Part:
        """The part that a name or an object means.

        Raises:
            UnknownNameError: nobody registered the name; the message lists those that there are.
            ConfigurationError: it is no such part, or cannot be made.
        """
        return self.make(given) if isinstance(given, str) else self.check(given)

    def make(self, name: str) -> _Part:
        """Makes a part by its name.

        Raises:
            UnknownNameError: nobody registered the name; the message lists those that there are.
            ConfigurationError: what was registered makes no such part.
        """
        if name in self._built_in:
            module, attribute = self._built_in[name].split(":")
            factory: Callable[[], object] = getattr(import_module(module), attribute)
        else:
            factory = self._plugin(name)
        try:
            part = factory()
        except NoteTextError:
            raise
        except Exception as error:  # a plug-in may raise anything
            raise ConfigurationError(
                f"the {self.kind} {name!r} cannot be made: {type(error).__name__}: {error}"
            ) from error
        return self.check(part, name)

    def check(self, part: object, name: str | None = None) -> _Part:
        """Returns the part itself if it keeps the contract.

        Raises:
            ConfigurationError: it does not.
        """
        if isinstance(part, self._contract):
            return part
        given = f"the {self.kind} {name!r} makes" if name else f"the {self.kind} given is"
        hint = ""
        if isinstance(part, type) and issubclass(part, self._contract):
            hint = f"; it is a class: write {part.__name__}()"
        raise ConfigurationError(
            f"{given} {part!r}, which is no instance of "
            f"{self.group}.{self._contract.__name__}{hint}"
        )

    def _plugin(self, name: str) -> Callable[[], object]:
        plugin = self._entry_points().get(name)
        if plugin is None:
            raise UnknownNameError(self.kind, name, self.names())
        try:
            factory: Callable[[], object] = plugin.load()
        except Exception as error:  # a plug-in may raise anything
            _warn_of_broken_plugin(plugin, error)
            known = [other for other in self.names() if other != name]
            raise UnknownNameError(self.kind, name, known) from error
        return factory

    def _entry_points(self) -> dict[str, metadata.EntryPoint]:
        return {
            point.name: point
            for point in metadata.entry_points(group=self.group)
            if point.name not in self._built_in
        }


def _warn_of_broken_plugin(plugin: metadata.EntryPoint, error: Exception) -> None:
    warnings.warn(
        f"the plug-in {plugin.name!r} ({plugin.value}) is skipped, since it does not load: "
        f"{type(error).__name__}: {error}",
        RuntimeWarning,
        stacklevel=4,
    )

"""Names → converters, preprocessors, engines and exporters.

Built-ins and third parties come in by the same door: a class, or any callable that makes an
instance, under a name. Third parties register it as an entry point in the group
``notetext.converters``, ``notetext.preprocessors``, ``notetext.engines`` or
``notetext.exporters``. A built-in resolves without looking at entry points, and nobody can take
its name.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module, metadata
from typing import Generic, TypeVar

from notetext.converters import Converter
from notetext.engines import Engine
from notetext.errors import ConfigurationError, NoteTextError, UnknownNameError
from notetext.exporters import Exporter
from notetext.preprocessors import Preprocessor, PreprocessorLike

_Part = TypeVar("_Part", covariant=True)


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
            f"{self._contract.__module__}.{self._contract.__name__}{hint}"
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


engines = Registry(
    "engine",
    Engine,  # type: ignore[type-abstract]
    {
        "local": "notetext.engines.local:LocalEngine",
        "aspose": "notetext.engines.aspose:AsposeEngine",
    },
)
converters = Registry(
    "converter",
    Converter,  # type: ignore[type-abstract]
    {
        "image": "notetext.converters.image:ImageConverter",
        "pdf": "notetext.converters.pdf:PdfConverter",
        "heif": "notetext.converters.heif:HeifConverter",
        "poppler": "notetext.converters.poppler:PopplerConverter",
    },
)
preprocessors = Registry(
    "preprocessor",
    Preprocessor,  # type: ignore[type-abstract]
    {
        "auto": "notetext.preprocessors.auto:Auto",
        "crop_to_page": "notetext.preprocessors.crop_to_page:CropToPage",
        "flatten_background": "notetext.preprocessors.background:FlattenBackground",
        "remove_ruling": "notetext.preprocessors.ruling:RemoveRuling",
        "grayscale": "notetext.preprocessors.tone:Grayscale",
        "contrast": "notetext.preprocessors.tone:Contrast",
        "upscale": "notetext.preprocessors.geometry:Upscale",
        "orient": "notetext.preprocessors.orient:Orient",
        "deskew": "notetext.preprocessors.deskew:Deskew",
        "denoise": "notetext.preprocessors.tone:Denoise",
        "binarize": "notetext.preprocessors.binarize:Binarize",
        "crop": "notetext.preprocessors.geometry:Crop",
    },
)
exporters = Registry(
    "exporter",
    Exporter,  # type: ignore[type-abstract]
    {
        "text": "notetext.exporters.text:TextExporter",
        "json": "notetext.exporters.json:JsonExporter",
        "markdown": "notetext.exporters.markdown:MarkdownExporter",
        "hocr": "notetext.exporters.hocr:HocrExporter",
        "alto": "notetext.exporters.alto:AltoExporter",
        "csv": "notetext.exporters.csv:CsvExporter",
        "pdf": "notetext.exporters.searchable_pdf:SearchablePdfExporter",
        "html": "notetext.exporters.review_page:ReviewPageExporter",
    },
)


def engine(given: Engine | str) -> Engine:
    """The engine that a name or an object means."""
    return engines.make(given) if isinstance(given, str) else engines.check(given)


def converter(given: Converter | str) -> Converter:
    """The converter that a name or an object means."""
    return converters.make(given) if isinstance(given, str) else converters.check(given)


def preprocessor(given: PreprocessorLike) -> Preprocessor:
    """The preprocessor that a name, an object or a plain function on Pillow pictures means."""
    if isinstance(given, str):
        return preprocessors.make(given)
    if isinstance(given, (Preprocessor, type)) or not callable(given):
        return preprocessors.check(given)
    from notetext.preprocessors.step import Step

    return Step(given)


def exporter(given: Exporter | str) -> Exporter:
    """The exporter that a name or an object means."""
    return exporters.make(given) if isinstance(given, str) else exporters.check(given)


def exporter_for(file_name: str) -> Exporter:
    """The exporter that the ending of a file's name means; the longest ending wins.

    Raises:
        ConfigurationError: none does; the message lists the endings.
    """
    by_suffix: dict[str, Exporter] = {}
    for name in exporters.names():
        part = exporters.make(name)
        for suffix in part.suffixes:
            by_suffix.setdefault(suffix, part)
    fitting = [suffix for suffix in by_suffix if file_name.lower().endswith(suffix)]
    if not fitting:
        raise ConfigurationError(
            f"no format goes with the name {file_name!r}; use one of the endings "
            f"{', '.join(sorted(by_suffix))}, or say format=…"
        )
    return by_suffix[max(fitting, key=len)]

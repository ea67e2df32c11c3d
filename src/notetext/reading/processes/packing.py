"""What goes from one process to another: readers, packed with the functions of notebooks."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, cast

from notetext.errors import ConfigurationError


def pack(thing: object, parts: Mapping[str, object], remedy: str) -> bytes:
    """The bytes of something made of parts, functions of notebooks included.

    Args:
        thing: to be packed.
        parts: by their names in the message: one of them is to blame if it cannot cross.
        remedy: what else the caller may do then.

    Raises:
        ConfigurationError: a part cannot cross; the message names it.
    """
    import cloudpickle  # type: ignore[import-untyped]

    try:
        return cast(bytes, cloudpickle.dumps(thing))
    # Whatever an object's pickling raises.
    except Exception as error:
        raise ConfigurationError(
            f"{_stuck_part(parts)} cannot cross into another process: "
            f"{type(error).__name__}: {error}; make what it holds when it is first called, or "
            f"{remedy}"
        ) from error


def unpack(packed: bytes) -> Any:
    """What `pack` was given; the same object again for the same bytes.

    A process may serve many documents, and each of its readers loads its models but once.

    Raises:
        ConfigurationError: it cannot be unpacked here.
    """
    with _unpacking:
        return _unpacked(packed)


_unpacking = threading.Lock()


@lru_cache(maxsize=4)
def _unpacked(packed: bytes) -> Any:
    import cloudpickle

    try:
        return cloudpickle.loads(packed)
    # Whatever an import or an object's unpickling raises.
    except Exception as error:
        raise ConfigurationError(
            f"the worker process cannot unpack the reader: {type(error).__name__}: {error}; it "
            "needs the same packages and modules as the process that started it"
        ) from error


def _stuck_part(parts: Mapping[str, object]) -> str:
    """Names the part that does not pickle."""
    import cloudpickle

    for name, part in parts.items():
        try:
            cloudpickle.dumps(part)
        except Exception:  # noqa: BLE001
            return name
    return "the reader"

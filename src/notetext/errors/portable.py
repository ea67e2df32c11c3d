"""Errors on their way to a process that may not know their class."""

from __future__ import annotations

import pickle

from notetext.errors import NoteTextError, RecognitionError


def portable(error: NoteTextError) -> NoteTextError:
    """The error itself if it pickles here; else one of ours that says and knows the same.

    A class that a notebook or a plug-in has made may be nowhere to be imported.
    """
    if isinstance(error, RecognitionError):
        error.failures = tuple(map(portable, error.failures))
    if _pickles(error):
        return error
    ours = next(kind for kind in type(error).__mro__ if kind.__module__ == NoteTextError.__module__)
    rebuild, (_, state) = error.__reduce__()
    known = {name: value for name, value in state.items() if _pickles(value)}
    other: NoteTextError = rebuild(ours, known)
    return other


def _pickles(thing: object) -> bool:
    try:
        pickle.dumps(thing)
    # Whatever an object's pickling raises.
    except Exception:  # noqa: BLE001
        return False
    return True

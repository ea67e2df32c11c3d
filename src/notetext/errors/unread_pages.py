"""What is told of pages that could not be read, beside others that were."""

from __future__ import annotations


class UnreadPagesWarning(UserWarning):
    """Some pages of a document could not be read; the others were.

    It is given once a document, by `notetext.NoteText.recognize` and its like for single documents,
    unless ``on_error`` says otherwise.
    """

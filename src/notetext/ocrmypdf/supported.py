"""Which OCRmyPDF it goes with."""

from __future__ import annotations

from ocrmypdf import __version__ as _version

SUPPORTED = _version.split(".")[0] == "17"
"""Versions before 17 call plug-ins in another way, and those to come may.

OCRmyPDF loads what is installed beside it without asking for its version, so this is looked at
where plug-ins are loaded: a notetext that does not go with it must not keep it from working.
"""

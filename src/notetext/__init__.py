"""Turns notes into text: photos, scans and PDFs of handwriting and print."""

__version__ = "0.1.0"

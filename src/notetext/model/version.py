"""The version of notetext, which results and files name."""

__version__ = "0.1.0"

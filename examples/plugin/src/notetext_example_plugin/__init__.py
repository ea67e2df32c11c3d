"""Parts for notetext, registered as entry points in pyproject.toml."""

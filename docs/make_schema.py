"""Writes the JSON schema of results beside this file; a test keeps it current."""

from pathlib import Path

from notetext.exporters.json import json_schema

if __name__ == "__main__":
    (Path(__file__).parent / "result.schema.json").write_text(json_schema(), encoding="utf-8")

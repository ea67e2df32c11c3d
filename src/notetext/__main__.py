"""``python -m notetext`` is the command line."""

from notetext.cli import main

main(prog_name="notetext")

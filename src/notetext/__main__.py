"""``python -m notetext`` is the command line."""

from notetext.cli import main

# Worker processes import this module as well.
if __name__ == "__main__":
    main(prog_name="notetext")

"""What notes are made of: notes whose structure is known, and how much of it was found."""

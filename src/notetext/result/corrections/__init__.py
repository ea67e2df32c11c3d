"""From what a person changed to the corrected result, also where the page was read anew."""

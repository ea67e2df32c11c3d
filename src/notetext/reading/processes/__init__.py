"""Processes of our own: what crosses into them, who works there, and reading where it may die."""

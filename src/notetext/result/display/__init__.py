"""Pictures of results: what was read where, for eyes and notebooks."""

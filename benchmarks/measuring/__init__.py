"""What the benchmarks measure with: what is read, by whom, how it is scored, and how it is told."""

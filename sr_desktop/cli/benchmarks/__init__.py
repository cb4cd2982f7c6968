"""What `benchmark` measures: each module gives rows, and the subjects of one task take turns in one run."""

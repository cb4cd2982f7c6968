"""Pairs, the trainer and its runs; the folder of a run tells its whole story. No Qt."""

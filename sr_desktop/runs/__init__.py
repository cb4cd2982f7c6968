"""A training run's folder: its spec, its events, its lock. The protocol between the trainer and its watchers; no torch, no Qt."""

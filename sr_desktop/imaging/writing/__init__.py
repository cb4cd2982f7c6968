"""Rasters to files: encoders, what a format can't hold, the room on the disk. Files appear whole or not at all."""

"""EXIF, XMP and what changed on the way, as values."""

"""Files to rasters: formats, damage, orientation, metadata, in a helper process. Never a half-read picture in silence."""

"""The Folder page: setup, rows, progress."""

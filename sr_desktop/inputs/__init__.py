"""Which files and folders were meant: arguments, walks through folders, natural order."""

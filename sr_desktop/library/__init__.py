"""Which weights exist and what they are: read from files without torch; where they are kept, copied and removed."""

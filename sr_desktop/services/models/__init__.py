"""The models that can be chosen, how they compare and how fast they are here."""

"""Watches training events and says what is wrong, with evidence; standard library and numpy only."""

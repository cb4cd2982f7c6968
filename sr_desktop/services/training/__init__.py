"""Training runs, from the draft of a spec to the model in the library."""

"""The Train page: a wizard from a folder to a run, and the run watched live."""

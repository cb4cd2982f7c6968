"""A folder's conversion, from the plan to the last row."""

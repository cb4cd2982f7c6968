"""Open pictures, from dropped to saved."""

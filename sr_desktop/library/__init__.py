"""Which weights exist and what they are; reads file headers only, never torch."""

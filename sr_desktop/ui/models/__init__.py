"""The Models page: list, details, comparison."""

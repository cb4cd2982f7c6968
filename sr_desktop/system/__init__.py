"""What touches the operating system: atomic writing, locks, priorities, names, memory. Standard library only."""

"""Plans and converts whole folders so that nothing is lost when it is killed. No Qt."""

"""The program's powers without a window; a stable interface that other programs rely on. No Qt."""

"""Room mask."""

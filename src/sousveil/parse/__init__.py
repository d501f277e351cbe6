"""Room parse."""

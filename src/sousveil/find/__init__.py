"""Room find."""

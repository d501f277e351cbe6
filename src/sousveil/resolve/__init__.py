"""Resolving: the many mentions in notices become one thing each: place, institution, purchase, system, flow of data."""

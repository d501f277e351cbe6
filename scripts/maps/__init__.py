"""Steps of make_map.py."""

"""What ``make_places.py`` is made of: one file per subject, and the tables written for this project."""

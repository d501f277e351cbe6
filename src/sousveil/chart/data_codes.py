"""Codes of the categories of personal data: three letters that stand beside every colour, and the colour."""

from __future__ import annotations

CODES: dict[str, tuple[str, str]] = {
    "face_images": ("FAC", "FAC"),
    "fingerprints": ("FGP", "BIO"),
    "dna": ("DNA", "BIO"),
    "iris": ("IRI", "BIO"),
    "voiceprints": ("VOI", "BIO"),
    "biometrics": ("BIO", "BIO"),
    "location": ("LOC", "MOB"),
    "call_records": ("CAL", "PHN"),
    "device_ids": ("DEV", "PHN"),
    "phone_content": ("PHO", "PHN"),
    "vehicle_data": ("VEH", "VEH"),
    "identity": ("IDN", "FUS"),
    "residents": ("RES", "FUS"),
    "travel": ("TRA", "MOB"),
    "internet_activity": ("NET", "NET"),
    "finance": ("FIN", "FUS"),
    "health": ("HEA", "PRD"),
    "relations": ("REL", "PRD"),
    "video": ("VID", "VID"),
    "ethnicity": ("ETH", "PRD"),
}
"""Row of ``data_categories.yml`` -> its code, and the family of capabilities that it shares the colour with."""


def data_code(category: str) -> tuple[str, str]:
    """Return the code of a category and its colour; what has none is ``DAT``, grey.

    >>> data_code("call_records"), data_code("")
    (('CAL', 'PHN'), ('DAT', 'MON'))
    """
    return CODES.get(category, ("DAT", "MON"))

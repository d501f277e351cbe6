"""Which shapes are named on the map: 2 always, 1 where there is room, 0 never; and by how much the name is moved."""

from __future__ import annotations

PROVINCES = {
    "CN-XJ": (2, 0, 0),
    "CN-XZ": (2, -60, 0),
    "CN-QH": (1, -20, 0),
    "CN-SC": (2, -12, 12),
    "CN-GD": (2, 12, 4),
    "CN-YN": (1, -8, 16),
    "CN-NM": (1, -40, 56),
    "CN-HL": (2, 16, 8),
    "CN-GZ": (1, 0, 8),
    "CN-SD": (2, 12, 4),
    "CN-HA": (1, 0, 12),
    "CN-HN": (1, 0, 4),
    "CN-ZJ": (1, 4, 4),
    "CN-GX": (1, -8, 4),
    "CN-FJ": (1, -6, 8),
}
EUROPE = dict.fromkeys(
    ["AD", "AL", "AT", "BA", "BE", "BG", "BY", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO", "RS", "SE", "SI", "SK", "SM", "TR", "UA", "VA", "XK"],
    (0, 0, 0),
) | {
    "DE": (2, 0, 0), "FR": (2, 0, 0), "ES": (2, 0, 0), "IT": (2, -10, 10), "PL": (2, 0, 0), "SE": (1, -30, 40), "FI": (1, 40, 80),
    "NO": (1, -130, 190), "GB": (2, 70, 30), "PT": (1, -10, 0), "RO": (1, 0, 0), "BG": (1, 0, 0), "GR": (1, -50, -40),
    "HU": (1, 0, 0), "CZ": (1, 0, 0), "AT": (1, 30, 0), "UA": (2, 0, 0), "TR": (1, 0, 0), "LT": (1, 0, 0), "LV": (1, 30, 0),
    "EE": (1, 0, 0), "IS": (1, 0, 0), "BY": (1, 0, 0), "RS": (1, 0, 0),
}  # fmt: skip
"""Countries of the sheet of Europe; what lies beside them is ground."""

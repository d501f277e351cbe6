"""Room resolve."""

from __future__ import annotations

from sousveil.resolve.copies import fingerprint
from sousveil.resolve.keys import connected, keys_of
from sousveil.resolve.stitch import stitch
from sousveil.resolve.summary import Part, Summary, summarise

__all__ = ["Part", "Summary", "connected", "fingerprint", "keys_of", "stitch", "summarise"]

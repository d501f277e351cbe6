"""Is a named centre or platform only where data goes? *The arches send their reads to the state C5* buys no C5."""

from __future__ import annotations

import re

_REACH = 90
"""Characters between the verb and the receiver: what is sent often stands between them."""
_VERB = (
    r"(?:shared?|sharing|sen[dt]|sends|fed|feed|feeds|transmit\w*|upload\w*|forward\w*|relay\w*|passe[sd]|integrated"
    r"|env[ií]\w+|enviar\w*|compart\w+|transmit\w+|remit\w+|sub\w+r|transm\w+|envoy\w+|remont\w+|partag\w+|transfer\w*"
    r"|ubermittel\w*|ubertrag\w*|weitergeleit\w*|angebunden|inoltr\w+|invi\w+|condivi\w+|trasme\w+|przekaz\w+|przesyl\w+"
    r"|переда\w+|направля\w+|пересыла\w+|надсила\w+|doorgestuurd|gedeeld|aktar\w+|iletil\w+)"
)
_TO = r"(?:with|to|into|al|a|a la|ao|a|au|aux|vers|avec|con|com|an|mit|ai|alla|all|do|z|в|на|к|до|с|met|naar)"
_SENT = re.compile(rf"(?<!\w){_VERB}(?!\w)[^.;!?\n|]{{0,70}}?(?<!\w){_TO} (?:[^\s.,;!?\n|]+ ){{0,5}}$")
"""A verb of sending, what is sent, the particle, and at most five words (the, state, C5 and) before the receiver."""


def sent_to(text: str, start: int) -> str | None:
    """Return the words that make what begins at ``start`` the receiver of data, or None.

    >>> sent_to("plate reads are shared with the state fusion center", 38)
    'shared with the state '
    >>> sent_to("the county buys a fusion center", 18) is None
    True
    """
    found = _SENT.search(text, max(0, start - _REACH), start)
    return found[0] if found else None

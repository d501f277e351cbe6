"""Room flag: a purchase to flags, each a reason to look and never a verdict.

In: a ``Case``, one purchase with its notices, findings, masked pages and institutions; or the slim rows of many. Out:
``Flag``, one for each indicator and purchase, raised, clear or insufficient; a raised one has its figures in one
English sentence and the words it was read from. Refused: nothing; what the notices do not state makes a flag
insufficient, never clear. Kept where: nowhere, the room has no state. Persons are never an input.

One indicator is one file, with its page in ``docs/flags/``; ``registry`` has them in their fixed order.
"""

from __future__ import annotations

from sousveil.flag.case import Case
from sousveil.flag.indicator import Indicator
from sousveil.flag.market import MarketRow, Recall, row_of
from sousveil.flag.registry import INDICATORS, check_all, check_market

__all__ = ["INDICATORS", "Case", "Indicator", "MarketRow", "Recall", "check_all", "check_market", "row_of"]

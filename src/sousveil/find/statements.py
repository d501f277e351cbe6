"""All finders but that of capabilities, in the order of a reader's questions.

How many, what for, whom, which data, given to whom, under which law, in which system.
"""

from __future__ import annotations

from sousveil.find.ground import Ground
from sousveil.find.legal import find_legal
from sousveil.find.link import find_link
from sousveil.find.named import find_data_category, find_group, find_system
from sousveil.find.purpose import find_purpose
from sousveil.find.scale import find_scale
from sousveil.model import Finding, Notice


def find_statements(
    notice: Notice, grounds: tuple[Ground, ...], capabilities: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Return what a notice states besides capabilities, withheld findings included.

    Args:
        notice: the notice.
        grounds: its pages.
        capabilities: what the finder of capabilities returned for it, withheld ones included.
    """
    has_capability = any(finding.state == "stated" for finding in capabilities)
    return (
        *find_scale(notice, grounds, capabilities),
        *find_purpose(notice, grounds, has_capability=has_capability),
        *find_group(notice, grounds, has_capability=has_capability),
        *find_data_category(notice, grounds, has_capability=has_capability),
        *find_link(notice, grounds, has_capability=has_capability),
        *find_legal(notice, grounds),
        *find_system(notice, grounds),
    )

"""The words of an index, to be searched for parts of words: ``*überwachung*`` becomes the words that contain it.

Asking the engine for each part would scan all its tokens each time (0.9 s in 1.2 million); the words without digits
are far fewer, and are scanned here as one text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

import tantivy


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words without digits of an index, each on a line of its own."""

    lines: str
    state: tuple[int, int] = (0, 0)
    """Documents and segments when it was made: another state of the index needs another lexicon."""
    _found: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, searcher: tantivy.Searcher, before: Self) -> Self:
        """Return the words of the index as it is now; ``before`` itself where nothing was committed since."""
        state = (searcher.num_docs, searcher.num_segments)
        if before.lines and before.state == state:
            return before
        words = [word for word, _ in searcher.terms_with_prefix("word", "")]
        return cls("\n" + "\n".join(words) + "\n", state)

    def find(self, token: str) -> list[str]:
        r"""Return the words that a token with ``*`` at an end may stand for.

        >>> Lexicon("\nvideocamera\ncamera\ncameras\n").find("*camera")
        ['videocamera', 'camera']
        """
        if token not in self._found:
            self._found[token] = list(dict.fromkeys(self._scan(token)))
        return self._found[token]

    def _scan(self, token: str) -> list[str]:
        needle = ("" if token.startswith("*") else "\n") + token.strip("*") + ("" if token.endswith("*") else "\n")
        words: list[str] = []
        place = self.lines.find(needle)
        while place >= 0:
            start = self.lines.rfind("\n", 0, place + (not token.startswith("*"))) + 1
            end = self.lines.find("\n", start)
            words.append(self.lines[start:end])
            place = self.lines.find(needle, end)
        return words

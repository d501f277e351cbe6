"""``make exact``: whether the index finds exactly what a reader would, phrase by phrase, on masked texts.

1,000 made notices (``many_notices.py``) and 2,000 phrases: pieces of their masked texts cut anywhere, terms of the
lexicon, and pairs of pieces that mostly stand nowhere. The answers of the index are compared with a scan of every text.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from many_notices import fill
from sousveil.data.terms import terms
from sousveil.dataset import Dataset, init_dataset
from sousveil.index.question import Phrase, Question
from sousveil.text.fold import even, fold
from sousveil.text.segment import find_runs, phrase_tokens, runs_of

NOTICES, PHRASES = 1_000, 2_000


def texts_of(dataset: Dataset) -> dict[str, list[str]]:
    """Return the pages of each notice, folded, by its id."""
    found: dict[str, list[str]] = {}
    for row in dataset.store.rows("SELECT id, file, first_page, last_page FROM notices"):
        pages = dataset.store.pages(row["file"], row["first_page"], row["last_page"])
        found[row["id"]] = [even(fold(page.text)) for page in pages]
    return found


def make_phrases(texts: list[str]) -> list[str]:
    """Return phrases that hold a letter or digit, most of which stand somewhere."""
    chance = random.Random(11)
    known = [term.term for term in terms()]
    phrases: dict[str, None] = {}
    while len(phrases) < PHRASES:
        text = chance.choice(texts)
        start = chance.randrange(max(1, len(text)))
        piece = text[start : start + chance.randint(2, 12)]
        made = chance.choice([piece, piece, chance.choice(known), piece[:3] + chance.choice(texts)[:3]])
        if "\n" not in made and any(map(str.isalnum, made)) and "*" not in made:
            phrases[made] = None
    return list(phrases)


def main() -> None:
    """Print right, missed and wrong answers; end with 1 where there is any that is not right."""
    with tempfile.TemporaryDirectory() as folder, init_dataset(Path(folder, "ds")) as dataset:
        fill(dataset, NOTICES, is_gathering=False)
        texts = texts_of(dataset)
        right = missed = wrong = 0
        for phrase in make_phrases([page for pages in texts.values() for page in pages if page]):
            runs = tuple(runs_of(phrase))
            there = {one for one, pages in texts.items() if any(any(find_runs(page, runs)) for page in pages)}
            answer = dataset.words.search(Question(where=Phrase(tuple(phrase_tokens(phrase))), limit=None))
            found = set(answer.ids)
            right, missed, wrong = right + len(found & there), missed + len(there - found), wrong + len(found - there)
            if found != there:
                print(f"{phrase!r}: {len(there - found)} missed, {len(found - there)} wrong")
    print(f"{PHRASES:,} phrases in {NOTICES:,} notices: {right:,} right, {missed} missed, {wrong} wrong")
    raise SystemExit(bool(missed or wrong))


if __name__ == "__main__":
    main()

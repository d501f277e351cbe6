"""Words: the search index over masked text.

In: notices with their tokens and facets. Out: ids of notices, counts per facet. Refused: a second writer (the
dataset's lock sees to it). Kept where: ``derived/index`` (tantivy); deletable, made again from the store.

>>> import tempfile, pathlib
>>> from sousveil.index.entry import Entry
>>> from sousveil.index.words import Words
>>> from sousveil.index.question import Phrase, Question
>>> words = Words(pathlib.Path(tempfile.mkdtemp()))
>>> words.add([Entry(notice="n1", tokens=("声纹", "纹采", "采集", "集"), title_tokens=())]); words.commit()
>>> words.search(Question(where=Phrase(("声纹",)))).ids
('n1',)
"""

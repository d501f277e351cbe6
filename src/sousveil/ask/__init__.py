"""Questions: search, show, why, stats, export, doctor, glossary.

In: a question, the store, the index, the bytes. Out: answers as frozen dataclasses, each with the spans behind it.
Refused: a question that cannot be understood (with the place of the mistake), an export with a natural person in it.
Kept where: nowhere; exports are written where the user says.

>>> from sousveil.ask.parts import iter_words
>>> from sousveil.ask.query import parse_query
>>> [words.text for words in iter_words(parse_query('声纹 OR 虹膜 "门禁 系统" -停车 type:award').parts)]
['声纹', '虹膜', '门禁 系统']
"""

"""Characters, always keeping offsets.

In: text of a page. Out: folded text of the same length, tokens, numbers, dates, a language tag; every one with
offsets into the text that came in. Refused: nothing, any string is text. Kept where: nowhere, all functions are pure.

>>> from sousveil.text.fold import fold
>>> fold("人臉識別ＡＩ")
'人脸识别ai'
"""

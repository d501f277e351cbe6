"""Structured notices: OCDS, eForms, TED and flat tables, read by their standard instead of by their words.

In: the bytes of one file. Out: a ``Document`` with one page of labelled lines and one record of fields per notice;
every value's quotation stands word for word on its page. Refused: what is not of the standard
(``UnsupportedTypeError``), what is broken (``DamagedError``); records beyond the limits are counted in a mark. Kept
where: nowhere, all functions are pure.

Persons are left out by allow-list: only elements that name an institution, a purchase or a sum are rendered, and a
supplier that the data marks as a natural person is covered.

>>> from sousveil.settings import DEFAULT_LIMITS
>>> from sousveil.source import ocds
>>> release = b'{"ocid": "x-1", "tag": ["tender"], "tender": {"title": "Ten cameras"}, "buyer": {"name": "Elm"}}'
>>> document = ocds.to_document(release, file="00" * 32, name="r.json", limits=DEFAULT_LIMITS)
>>> print(document.pages[0].text)
Title: Ten cameras
Buyer: Elm
Notice type: tender
Procedure identifier: x-1
"""

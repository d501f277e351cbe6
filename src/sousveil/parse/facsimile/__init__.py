"""Pictures of pages on which nobody can be seen: an allow-list of pixels, beside the masked text of the page.

In: the bytes of a PDF or of a picture file, and one page as it is stored, masked. Out: grey pixels, and where the words
of the page stand on them. Refused (``WithheldError``): pages whose words cannot be found again, each at its place.
Kept where: nowhere.

A picture begins as blank paper. Onto it come only the places of words that were read and are not masked, and of PDFs
the straight lines of tables. Whatever else a page shows (photographs, stamps, signatures, handwriting, comments,
drawings) has no way to get there. ``letters`` finds the words of a PDF again, ``typeset`` draws them, ``scanned`` does
so for words that were recognised, ``paper`` is the sheet, ``pixels`` its way to a browser.
"""

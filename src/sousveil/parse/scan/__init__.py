"""Pictures of text -> text with boxes: scans, photographs, pages whose text layer is missing or noise.

In: a picture as an array of pixels. Out: clean lines and table rows, each with the place of its words on the picture
and how sure the engine is. Refused: pictures beyond the limit of pixels. Kept where: nowhere.

The models come inside the package of the engine; nothing is downloaded. It is an extra (``pip install
'sousveil[ocr]'``): without it scans are named, and fail with that advice.
"""

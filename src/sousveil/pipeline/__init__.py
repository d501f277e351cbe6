"""The steps in order, from bytes to findings; the only room that knows all others.

Each step is a pure function of its input and its version. ``work`` is what a worker process runs; it opens archives,
and yields one ``Part`` for every file it meets.

In: bytes and an ``Order``. Out: parts. Refused: nothing; what cannot be read is a part that says why. Kept where:
nowhere.

>>> page = "<html><body><h1>某县公安局人脸识别系统采购公告</h1></body></html>".encode()
>>> [part] = process(page, name="notice.html")
>>> part.status, part.findings[0].value
('read', 'face_recognition')
"""

from sousveil.pipeline.jobs import warm_up, work, work_one
from sousveil.pipeline.opening import process, take_member
from sousveil.pipeline.part import Order, Part
from sousveil.pipeline.steps import VERSIONS, explain_findings, process_file, to_document

__all__ = [
    "VERSIONS",
    "Order",
    "Part",
    "explain_findings",
    "process",
    "process_file",
    "take_member",
    "to_document",
    "warm_up",
    "work",
    "work_one",
]

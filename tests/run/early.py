"""A reader whose warm-up starts threads, as an OCR engine does; they then try to open a file."""

# ruff: noqa: PTH123
import os
import queue
import threading

LOADED_BY = os.getpid()

_asked, _answered = queue.SimpleQueue(), queue.SimpleQueue()


def _serve():
    while True:
        path = _asked.get()
        try:
            with open(path, "rb"):
                _answered.put("opened")
        except OSError as error:
            _answered.put(type(error).__name__)


def warm_up():
    for _ in range(2):
        threading.Thread(target=_serve, daemon=True).start()


def work(header, payload, avoid):
    for _ in range(2):
        _asked.put("/etc/passwd")
    yield [_answered.get() for _ in range(2)]


def who(header, payload, avoid):
    yield [os.getpid(), LOADED_BY]

"""What workers do in the tests of the pool."""

import ctypes
import os
import time

from sousveil.run.worker import Begin


def misbehave(header, payload, avoid):
    """Do what the header says; members of an 'archive' are the letters of the payload."""
    deed = header.get("deed")
    if deed == "archive":
        for number, letter in enumerate(payload.decode()):
            if f"{number}{letter}" in avoid:
                continue
            yield Begin(f"{number}{letter}")
            yield from misbehave({"deed": {"x": "crash", "z": "hang"}.get(letter)}, letter.encode(), avoid)
        return
    if deed == "crash":
        ctypes.string_at(0)
    if deed == "exit":
        os._exit(3)
    if deed == "hang":
        time.sleep(1000)
    if deed == "mute":
        os.close(3)
        time.sleep(1000)
    if deed == "deaf":
        os.write(3, b'{"key":0,"done":true}\n')
        time.sleep(1000)
    if deed == "memory":
        yield len(bytearray(1 << 40))
    if deed == "print":
        print("noise that must not reach the parent")  # noqa: T201 (what a library would do)
    if deed == "babble":
        os.write(3, b"not json\n")  # the private channel: the lowest number free when the worker starts
    yield {"got": payload.decode()}

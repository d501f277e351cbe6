"""What workers do in the tests of the pool."""

import ctypes
import fcntl
import json
import mmap
import os
import signal
import socket
import time
from pathlib import Path

from sousveil.run.worker import Begin, sign_of_life
from tests.run.attacks import all_attacks, allowed, try_one

LOADED_BY = os.getpid()
"""The process that imported this: the one that workers are copies of."""
CHANNEL = 3
"""The private channel: the lowest number free when the worker starts."""


def misbehave(header, payload, avoid):
    """Do what the header says; members of an 'archive' are the letters of the payload."""
    deed = header.get("deed")
    if deed == "archive":
        letters = {"x": "crash", "z": "hang", "k": "kill", "f": "fault"}
        for number, letter in enumerate(payload.decode()):
            if f"{number}{letter}" in avoid:
                continue
            yield Begin(f"{number}{letter}")
            yield from misbehave({"deed": letters.get(letter)}, letter.encode(), avoid)
        return
    if deed == "attack":
        yield attack(int(header["parent"]), Path(header["home"]))
        return
    if deed == "scratch":
        yield use_files(Path(header["scratch"]), Path(header["other"]))
        return
    if deed == "bytes":
        yield "x" * int(header["count"])
        return
    if deed is not None:
        yield from _DEEDS[deed]()
    yield {"got": payload.decode()}


def attack(parent, home):
    """Try everything; see ``attacks.py``."""
    results = {name: try_one(function) for name, function in all_attacks(parent, home).items()}
    origin = {name: try_one(function) for name, function in all_attacks(os.getppid(), home).items()}
    fine = {name: try_one(function) for name, function in allowed().items()}
    return {"attacks": results, "origin": origin, "allowed": fine, "environment": dict(os.environ), "user": os.getuid()}


def use_files(scratch, other):
    """Write into the scratch folder, read from the readable one, and try the rest."""

    def attempt(function):
        try:
            return function()
        except OSError as error:
            return f"OSError: {error.strerror}" if type(error) is OSError else type(error).__name__

    return {
        "written": attempt(lambda: (scratch / "new").write_text("x") == 1),
        "too much": attempt(lambda: (scratch / "big").write_text("x" * 2000)),
        "read": attempt((other / "model").read_text),
        "written elsewhere": attempt(lambda: (other / "new").write_text("x")),
        "read elsewhere": attempt(lambda: Path("/etc/passwd").read_text()),
        "socket": attempt(socket.socket),
    }


def _is_open(handle):
    try:
        return fcntl.fcntl(handle, fcntl.F_GETFD) >= 0
    except OSError:
        return False


def _crash():
    yield from ()
    ctypes.string_at(0)


def _pages():
    """Work for longer than one page may take, page by page, saying each time that work goes on."""
    yield from ()
    for _ in range(6):
        sign_of_life()
        end = time.process_time() + 0.4
        while time.process_time() < end:
            pass


def _mute():
    yield from ()
    os.close(CHANNEL)
    time.sleep(1000)


def _deaf():
    """Say nothing and read nothing."""
    yield from ()
    time.sleep(1000)


def _not_reading():
    """Claim to be done, and then read no more jobs."""
    yield from ()
    os.write(CHANNEL, b'{"key":0,"done":true}\n')
    time.sleep(1000)


def _loop():
    yield from ()
    while True:
        pass


def _work():
    """Half a second of processor time."""
    yield from ()
    end = time.process_time() + 0.5
    while time.process_time() < end:
        pass


def _flood():
    while True:
        yield "x" * 1_000_000


def _line_without_end():
    yield from ()
    while True:
        os.write(CHANNEL, b"x" * 10_000)


def _drip():
    """Say something now and then for ever, and burn time in between."""
    for number in range(10**9):
        yield {"drip": number}
        end = time.process_time() + 0.05
        while time.process_time() < end:
            pass


def _say(*lines):
    yield from ()
    os.write(CHANNEL, b"".join(json.dumps(line).encode() + b"\n" for line in lines))


def _forge_other():
    return _say({"key": 2, "size": 2}, "{}", {"key": 2, "done": True})


def _forge_next():
    """Answer this job, and the next one before it is asked: the key is easy to guess."""
    yield from ()
    forged = [b'{"key":%d,"size":19}\n{"forged":"answer"}{"key":%d,"done":true}\n' % (key, key) for key in (1, 2)]
    os.write(CHANNEL, b"".join(forged))
    time.sleep(1000)


def _call_i386():
    """Call getpid by the 32-bit way in: mov eax, 20; int 0x80; ret."""
    yield from ()
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    ctypes.CFUNCTYPE(ctypes.c_int)(address)()


def _recurse():
    yield from ()

    def deeper():
        return deeper()

    deeper()


def _fault():
    yield from ()
    raise KeyError("张三 (an invented name)")


def _do(function, *arguments):
    def deed():
        yield from ()
        function(*arguments)

    return deed


_DEEDS = {
    "mute": _mute,
    "deaf": _deaf,
    "not reading": _not_reading,
    "pages": _pages,
    "crash": _crash,
    "abort": _do(os.abort),
    "exit": _do(os._exit, 3),
    "hang": _do(time.sleep, 1000),
    "nap": _do(time.sleep, 1.0),
    "kill": _do(lambda: os.kill(os.getpid(), signal.SIGKILL)),
    "loop": _loop,
    "work": _work,
    "memory": _do(lambda: len(bytearray(1 << 40))),
    "flood": _flood,
    "line without end": _line_without_end,
    "drip": _drip,
    "print": _do(print, "noise that must not reach the parent"),
    "babble": _do(lambda: os.write(CHANNEL, b"not json\n")),
    "bad shape": lambda: _say({"key": 1, "size": "many"}),
    "negative": lambda: _say({"key": 1, "size": -5}),
    "promise": lambda: _say({"key": 1, "size": 10**15}),
    "forge other": _forge_other,
    "forge next": _forge_next,
    "i386": _call_i386,
    "recursion": _recurse,
    "fault": _fault,
    "process": lambda: iter([os.getpid()]),
    "family": lambda: iter([[os.getpid(), os.getppid(), LOADED_BY]]),
    "handles": lambda: iter([[handle for handle in range(64) if _is_open(handle)]]),
}

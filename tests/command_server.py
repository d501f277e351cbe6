"""Runs ``sousveil`` for the tests of the docs: each command in a copy of one process that has loaded everything.

A page has dozens of commands, and loading takes most of the second that each needs by itself. A copy is a process of
its own, with the handles, the folder and the environment of whoever asked, so it prints and ends as the command does.
Started with the path of a socket; ends when its standard input ends.
"""

import contextlib
import importlib
import json
import os
import select
import signal
import socket
import sys

SHIM = """\
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect({path!r})
    asked = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(server, [len(asked).to_bytes(4, "big") + asked], [0, 1, 2])
    sys.exit(server.recv(1)[0])
"""
"""What stands where the command stood: hands itself over and waits for the exit code."""


def load():
    """Load every command and what a reader needs, once."""
    from sousveil.cli import COMMANDS
    from sousveil.pipeline import warm_up

    for name in COMMANDS:
        importlib.import_module(f"sousveil.cli.{name}")
    warm_up()


def asked_by(client):
    """Return arguments, folder, environment and handles of a shim."""
    data, handles, *_ = socket.recv_fds(client, 1 << 20, 3)
    while len(data) < 4 + int.from_bytes(data[:4], "big"):
        data += client.recv(1 << 20)
    return *json.loads(data[4:]), handles


def run(client):
    """Run one command in this process, which is a copy, and leave with it."""
    from sousveil.cli import main

    arguments, folder, environment, handles = asked_by(client)
    for number, handle in enumerate(handles):
        os.dup2(handle, number)
        os.close(handle)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    code = 1
    try:
        main(arguments)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 (what a command left behind must not go on in this copy)
        sys.excepthook(*sys.exc_info())
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    client.send(bytes([code & 255]))
    os._exit(code & 255)


def serve(path):
    """Answer shims until standard input ends."""
    load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        while server in select.select([server, sys.stdin], [], [])[0]:
            client, _ = server.accept()
            if os.fork() == 0:
                server.close()
                run(client)
            client.close()


if __name__ == "__main__":
    serve(sys.argv[1])

"""Run by root: become an ordinary user who owns a home folder, fork a child as the pool's worker would be, and attack.

Prints JSON: name -> [succeeded, what came back], for a locked child, and for one that is not (each attack in a process of
its own, for some end it). The parent of the child is of the same user: the case that a worker of root does not show.
"""

import json
import os
import sys
from pathlib import Path

from sousveil.run.sandbox import Confinement, lock_down
from tests.run.attacks import all_attacks, allowed, try_one

USER = 41_234


def in_child(function):
    """Return what the function returns in a forked process; None where it did not come back."""
    reading, writing = os.pipe()
    if (child := os.fork()) == 0:
        os.write(writing, json.dumps(function()).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else None


def locked(parent, home):
    state = lock_down(Confinement(memory_bytes=2 << 30))
    results = {name: try_one(function) for name, function in all_attacks(parent, home).items()}
    fine = {name: try_one(function) for name, function in allowed().items()}
    return {"tier": state.tier, "dropped": state.dropped_root, "attacks": results, "allowed": fine, "user": os.getuid()}


def main(home, has_user):
    if has_user:
        os.setgroups([])
        os.setresgid(USER, USER, USER)
        os.setresuid(USER, USER, USER)
    parent = os.getpid()
    os.chdir(home)
    found = {"locked": in_child(lambda: locked(parent, home))}
    names = all_attacks(parent, home)
    found["open"] = {name: in_child(lambda name=name: try_one(names[name])) for name in names}
    print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] == "user")

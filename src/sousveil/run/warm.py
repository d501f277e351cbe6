"""Loading beforehand what Python loads late: a locked worker can import nothing and open no file."""

from __future__ import annotations

import codecs
import encodings
import inspect
import pkgutil
import sys
from collections.abc import Callable


def load_codecs() -> int:
    """Load every character set that Python has, and return how many there are; takes about 50 ms."""
    count = 0
    for module in pkgutil.iter_modules(encodings.__path__):
        try:
            codecs.lookup(module.name)
        except LookupError:
            continue  # a module that is no codec, or one of another system (mbcs)
        count += 1
    return count


def fill_caches(package: str) -> int:
    """Call every function of the package that is made to be computed once, and return how many there are.

    These are the functions under ``functools.cache`` that take no argument: tables, patterns, automatons, models.
    """
    found: dict[int, Callable[[], object]] = {}
    for name, module in list(sys.modules.items()):
        if name != package and not name.startswith(f"{package}."):
            continue
        for value in list(vars(module).values()):
            if hasattr(value, "cache_parameters") and not inspect.signature(value).parameters:
                found[id(value)] = value
    for function in found.values():
        function()
    return len(found)

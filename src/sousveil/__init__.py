"""sousveil reads procurement documents and reports, with a quotation for every statement, what surveillance is bought.

>>> import sousveil as sv, tempfile
>>> sv.init(tempfile.mkdtemp() + "/inquiry").counts()["files"]
0
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from sousveil.exceptions import SousveilError
from sousveil.settings import VERSION as __version__  # noqa: N811 (a dunder by convention)

if TYPE_CHECKING:
    from sousveil.dataset import Dataset
    from sousveil.dataset import demo_dataset as demo
    from sousveil.dataset import init_dataset as init
    from sousveil.dataset import open_dataset as open  # noqa: A004 (sv.open reads well and is the contract)
    from sousveil.ingest.options import Options

__all__ = ["Dataset", "Options", "SousveilError", "__version__", "demo", "init", "open"]

_PUBLIC = {
    "Dataset": ("sousveil.dataset", "Dataset"),
    "Options": ("sousveil.ingest.options", "Options"),
    "demo": ("sousveil.dataset", "demo_dataset"),
    "init": ("sousveil.dataset", "init_dataset"),
    "open": ("sousveil.dataset", "open_dataset"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (whatever the name stands for)
    """Return a public name, loading the rooms behind it on first use: a worker that parses needs none of them."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'sousveil' has no attribute {name!r}")
    room, held = _PUBLIC[name]
    return getattr(importlib.import_module(room), held)


def __dir__() -> list[str]:
    return sorted(__all__)

"""sousveil reads procurement documents and reports, with a quotation for every statement, what surveillance is bought.

>>> import sousveil as sv, tempfile
>>> sv.init(tempfile.mkdtemp() + "/inquiry").counts()["files"]
0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sousveil.exceptions import SousveilError
from sousveil.settings import VERSION as __version__  # noqa: N811 (a dunder by convention)

if TYPE_CHECKING:
    from sousveil.dataset import Dataset
    from sousveil.dataset import demo_dataset as demo
    from sousveil.dataset import init_dataset as init
    from sousveil.dataset import open_dataset as open  # noqa: A004 (sv.open reads well and is the contract)

__all__ = ["Dataset", "SousveilError", "__version__", "demo", "init", "open"]

_PUBLIC = {"Dataset": "Dataset", "demo": "demo_dataset", "init": "init_dataset", "open": "open_dataset"}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (whatever the name stands for)
    """Return a public name, loading the rooms behind it on first use: a worker that parses needs none of them."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'sousveil' has no attribute {name!r}")
    from sousveil import dataset  # noqa: PLC0415 (see above)

    return getattr(dataset, _PUBLIC[name])

"""Dataset: the one handle for Python and the command line; holds no logic of its own.

In: a folder. Out: a ``Dataset``, with a method for every question and every change. Refused: a folder that is none.
Kept where: in the folder, as ``sousveil.paths`` draws it.

>>> import sousveil as sv, tempfile
>>> ds = sv.init(tempfile.mkdtemp() + "/inquiry")
>>> ds.counts()["notices"]
0
>>> ds.close()
"""

from __future__ import annotations

from sousveil.dataset.opening import demo_dataset, init_dataset, open_dataset, sample_folder
from sousveil.dataset.writing import Dataset

__all__ = ["Dataset", "demo_dataset", "init_dataset", "open_dataset", "sample_folder"]

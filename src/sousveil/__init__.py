"""sousveil reads procurement documents and reports, with a quotation for every statement, what surveillance is bought.

>>> import sousveil as sv, tempfile
>>> sv.init(tempfile.mkdtemp() + "/inquiry").counts()["files"]
0
"""

from sousveil.dataset import Dataset
from sousveil.dataset import demo_dataset as demo
from sousveil.dataset import init_dataset as init
from sousveil.dataset import open_dataset as open  # noqa: A004 (sv.open reads well and is the contract)
from sousveil.exceptions import SousveilError

__version__ = "0.1.0"

__all__ = ["Dataset", "SousveilError", "__version__", "demo", "init", "open"]

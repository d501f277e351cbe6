"""Invented notices, really read; names of counties, cities and bodies are invented, provinces are real."""

from sousveil.find import find
from sousveil.mask import mask
from sousveil.model import Document, Page
from sousveil.read import read
from sousveil.resolve.stated import Stated, to_stated
from sousveil.text.language import language_of


def stated_by(text: str, *, number: int = 1, institution: str = "") -> list[Stated]:
    """Return what a notice of this text states about systems and links; ``number`` tells notices apart."""
    file = f"{number:064x}"
    document = mask(Document(file, "text/plain", "a.txt", (Page(1, text),), language=language_of(text)))
    (notice,) = read(document)
    items = (to_stated(finding, notice, institution=institution) for finding in find(document, notice))
    return [item for item in items if item is not None]


def tender(buyer: str, title: str, *lines: str) -> str:
    """Return the text of a Chinese tender."""
    return "\n".join((title, f"采购人：{buyer}", f"项目名称：{title}", "采购需求：", *lines, ""))

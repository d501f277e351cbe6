"""Pictures inside office files: a table pasted as a picture, a scanned page in a Word file."""

from __future__ import annotations

import posixpath
import re

from sousveil.exceptions import FileFailure
from sousveil.parse.layout import Item
from sousveil.parse.package import Package
from sousveil.parse.scan.engine import is_installed
from sousveil.parse.scan.picture import is_page_sized, iter_rasters
from sousveil.parse.scan.pictures import Pictures

_RELATION = re.compile(r"<(?:\w{1,20}:)?Relationship\b[^<>]{0,3000}>")
_ATTRIBUTE = re.compile(r"\b(Id|Target)=\"([^\"]{1,500})\"")
_READABLE = re.compile(r"\.(?:png|jpe?g|tiff?|bmp|gif|webp)$", re.IGNORECASE)


class InsidePictures:
    """The pictures of one package, each read once, however often it is shown.

    Args:
        package: the office file.
        pictures: who reads them.
    """

    def __init__(self, package: Package, pictures: Pictures) -> None:
        self._package, self._pictures = package, pictures
        self._met: set[str] = set()

    def items(self, name: str, page: int) -> list[Item]:
        """Return the lines and rows on the picture in a part, shown on a page; none where it was met before.

        Pictures that are damaged, too large or of a kind for drawings are passed by: what surrounds them counts.
        """
        if name in self._met or not _READABLE.search(name) or not is_installed():
            return []
        self._met.add(name)
        try:
            untrusted = self._package.read(name)
            if not untrusted or not is_page_sized(untrusted, self._pictures.limits.max_pixels):
                return []
            if not self._pictures.accept(page):
                return []
            rasters = iter_rasters(untrusted, self._pictures.limits.max_pixels)
            return [item for raster in rasters for item in self._pictures.read(raster, page)]
        except FileFailure:
            return []

    def related(self, part: str) -> dict[str, str]:
        """Return the names of the parts that a part of an OOXML file refers to, by the ids it uses for them."""
        folder, base = posixpath.split(part)
        rels = self._package.read(f"{folder}/_rels/{base}.rels").decode("utf-8", "replace")
        found = (dict(_ATTRIBUTE.findall(element)) for element in _RELATION.findall(rels))
        return {
            one["Id"]: posixpath.normpath(posixpath.join(folder, one["Target"])).lstrip("/")
            for one in found
            if "Id" in one and "Target" in one
        }

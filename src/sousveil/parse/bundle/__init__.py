"""Containers -> members, as bytes, with limits counted while inflating: one interface, one file for each kind.

In: the bytes of a container and its kind. Out: a ``Member`` for every file inside, its bytes or its failure. Refused:
links, devices, members beyond a limit, members with a password. Kept where: nowhere; nothing is written to disk, so a
member's name is only a name: ``../../x`` harms nobody.

A container that is cut off gives what can still be read, then raises.

>>> import gzip
>>> [member.untrusted for member in iter_members(gzip.compress(b"notice"), kind="gz", limits=Limits())]
[b'notice']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from sousveil.exceptions import UnsupportedTypeError
from sousveil.parse.bundle.crawl import iter_collection, iter_crawl
from sousveil.parse.bundle.letter import iter_mail, iter_mailbox, iter_saved_page
from sousveil.parse.bundle.member import Member, set_apart
from sousveil.parse.bundle.outlook import iter_outlook
from sousveil.parse.bundle.packed import iter_7z, iter_rar
from sousveil.parse.bundle.stream import iter_bzip2, iter_gzip, iter_xz, iter_zstandard
from sousveil.parse.bundle.tape import iter_tar
from sousveil.parse.bundle.zipped import iter_zip
from sousveil.settings import Limits

__all__ = ["CONTAINERS", "Member", "iter_members"]

CONTAINERS: Mapping[str, Callable[[bytes, Limits], Iterator[Member]]] = {
    "zip": iter_zip,
    "gz": iter_gzip,
    "bz2": iter_bzip2,
    "xz": iter_xz,
    "zst": iter_zstandard,
    "tar": iter_tar,
    "7z": iter_7z,
    "rar": iter_rar,
    "eml": iter_mail,
    "mbox": iter_mailbox,
    "mhtml": iter_saved_page,
    "msg": iter_outlook,
    "warc": iter_crawl,
    "arc": iter_crawl,
    "wacz": iter_collection,
}
"""Kinds (names of ``sniff``) that hold files, and the reader of each."""


def iter_members(untrusted: bytes, *, kind: str, limits: Limits) -> Iterator[Member]:
    """Yield every member that is a file, in the order of the container; no two have the same path.

    Args:
        untrusted: the container's bytes.
        kind: name of its kind; one of ``CONTAINERS``.
        limits: members beyond ``max_members`` or ``max_archive_bytes`` come as one last member without bytes.

    Raises:
        FileFailure: one of its children: nothing could be read; or, behind the last member yielded, the container is
            cut off or damaged: the members before count, it is read in part.
    """
    reader = CONTAINERS.get(kind)
    if reader is None:
        raise UnsupportedTypeError(f"no container of files: {kind}", "Read it as a file.")
    taken: set[str] = set()
    for member in reader(untrusted, limits):
        path = set_apart(member.path, taken)
        yield member if path == member.path else replace(member, path=path)

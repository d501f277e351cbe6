"""OCDS files (versions 1.0 and 1.1): release packages, record packages, bare releases and records, one or one per line.

One release is one notice. A record is one notice too: its compiled release, else its newest release with what only
older ones tell. Registers that use the standard's words under another roof (tenders of ProZorro) are read alike.
Contact points, authors of complaints, bids that lost and all other persons are not rendered.
"""

from __future__ import annotations

from collections.abc import Iterator

from sousveil.exceptions import EmptyFileError, UnsupportedTypeError
from sousveil.model import Document
from sousveil.settings import Limits
from sousveil.source.jsonfile import load_values
from sousveil.source.ocds_own import is_own, to_stated
from sousveil.source.ocds_release import write_release
from sousveil.source.prozorro import is_tender, to_release
from sousveil.source.render import to_document as render
from sousveil.source.values import Json, as_object, as_objects, as_text, to_language

_SECTIONS = frozenset({"tag", "tender", "awards", "contracts", "planning", "buyer", "parties"})
_MAX_DEPTH = 4
"""Arrays and objects looked through for releases: wrappers of interfaces nest them two or three deep."""


def to_document(untrusted: bytes, *, file: str, name: str, limits: Limits) -> Document:
    """Return the document of an OCDS file: one page and one record for each release or record.

    Raises:
        UnsupportedTypeError: JSON without anything of OCDS in it.
        EmptyFileError: an empty file, or a package without releases.
        DamagedError: no JSON.
        LimitError: larger than the limits allow.
    """
    loaded = load_values(untrusted, limits)
    releases = list(_find_releases(loaded.values))
    if not releases:
        raise _nothing_found(loaded.values)
    marks = list(loaded.marks)
    linked = sum(1 for release in releases if _is_link(release))
    if linked:
        marks.append(f"{linked} records only link to their releases, which are not in the file")
    document = render(
        (to_stated(release) if is_own(release) else release for release in releases if not _is_link(release)),
        write_release,
        file=file,
        media_type="application/json",
        name=name,
        limits=limits,
        language=_language(releases),
        marks=marks,
    )
    if not document.pages and not linked:
        raise EmptyFileError("the OCDS file holds no values", "It may be a template; fetch the data itself.")
    return document


def _find_releases(values: object, depth: int = 0) -> Iterator[Json]:
    """Yield the releases of a JSON value: of packages, records, arrays and wrappers, in order."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(values, list | tuple):
        for value in values:
            yield from _find_releases(value, depth + 1)
        return
    found = as_object(values)
    if is_tender(found):
        yield to_release(found)
    elif isinstance(found.get("records"), list):
        yield from (_merge_record(record) for record in as_objects(found["records"]))
    elif "compiledRelease" in found or (found.get("ocid") and "releases" in found):
        yield _merge_record(found)
    elif isinstance(found.get("releases"), list):
        yield from as_objects(found["releases"])
    elif "ocid" in found and not _SECTIONS.isdisjoint(found):
        yield found
    else:
        for value in found.values():
            if isinstance(value, dict | list):
                yield from _find_releases(value, depth + 1)


def _merge_record(record: Json) -> Json:
    """Return a record as one release: the compiled one, else the newest with sections only older ones have."""
    compiled = as_object(record.get("compiledRelease"))
    if compiled:
        return compiled
    releases = sorted(as_objects(record.get("releases")), key=lambda release: as_text(release.get("date")))
    merged: Json = {"ocid": record.get("ocid")}
    for release in releases:
        for member, value in release.items():
            older = merged.get(member)
            merged[member] = {**older, **value} if isinstance(older, dict) and isinstance(value, dict) else value
    return merged


def _is_link(release: Json) -> bool:
    """Return whether a record gave nothing but its id and addresses of releases."""
    return "ocid" in release and _SECTIONS.isdisjoint(release)


def _language(releases: list[Json]) -> str:
    for release in releases:
        language = to_language(release.get("language"))
        if language != "und":
            return language
    return "und"


def _nothing_found(values: tuple[object, ...]) -> EmptyFileError | UnsupportedTypeError:
    found = as_object(values[0])
    if "releases" in found or "records" in found:
        return EmptyFileError("the OCDS package holds no release", "Fetch it again, or the next page of the interface.")
    return UnsupportedTypeError(
        "the JSON holds no OCDS release or record",
        "If its rows are notices, save them as a list of flat records, or as CSV.",
    )

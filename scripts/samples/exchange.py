"""Exchange formats made from YAML bodies: OCDS packages and lines, eForms in UBL, the older TED schema."""

from __future__ import annotations

import json
from typing import Any

import yaml

from samples.eforms import make_eforms
from samples.manuscript import Manuscript
from samples.ted import make_ted

LAYOUTS = ("ocds-package", "ocds-records", "ocds-jsonl", "eforms", "ted", "json")


def make_exchange(manuscript: Manuscript) -> str:
    """Return the file's text in the format of the manuscript's layout."""
    spec = yaml.safe_load(manuscript.body)
    layout = manuscript.header("layout")
    if layout == "eforms":
        return make_eforms(spec)
    if layout == "ted":
        return make_ted(spec)
    if layout == "ocds-jsonl":
        return "".join(json.dumps(release, ensure_ascii=False) + "\n" for release in spec)
    loaded = spec if layout == "json" else _package(manuscript, spec, is_record=layout == "ocds-records")
    return json.dumps(loaded, ensure_ascii=False, indent=1) + "\n"


def _package(manuscript: Manuscript, releases: list[dict[str, Any]], *, is_record: bool) -> dict[str, Any]:
    """Return an OCDS 1.1 release package, or a record package with the releases of each ocid and their compilation."""
    head = {
        "uri": f"https://compras.example.org/ocds/{manuscript.path.rsplit('/', 1)[-1]}",
        "version": "1.1",
        "publishedDate": manuscript.header("date", "2023-01-31T00:00:00Z"),
        "publisher": {"name": manuscript.header("site"), "uri": "https://compras.example.org"},
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
    }
    if not is_record:
        return head | {"releases": releases}
    records = []
    for ocid in dict.fromkeys(release["ocid"] for release in releases):
        own = [release for release in releases if release["ocid"] == ocid]
        compiled: dict[str, Any] = {}
        for release in own:
            compiled |= release
        compiled |= {"id": f"{ocid}-compiled", "tag": ["compiled"]}
        records.append({"ocid": ocid, "compiledRelease": compiled, "releases": own})
    return head | {"records": records}

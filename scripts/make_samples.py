"""Writes the demonstration notices of ``sousveil demo`` from their manuscripts; the same bytes on every run.

    python scripts/make_samples.py [--out FOLDER] [--check]

Needs reportlab, pillow, python-docx, xlsxwriter, PyYAML and two free fonts (Debian: fonts-wqy-microhei,
fonts-dejavu-core). All names, place numbers and figures in the manuscripts are invented.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from samples import exchange, office, pages, pages_zh, paper
from samples.blocks import to_blocks
from samples.labels import to_label
from samples.manuscript import Manuscript, load_manuscripts

HERE = Path(__file__).resolve().parent
MANUSCRIPTS = HERE / "samples" / "manuscripts"
SAMPLE = HERE.parent / "src" / "sousveil" / "sample"
NOTICES = "notices/"
"""Folder of the files to read; README.md and expected.jsonl stand beside it, so that no run takes them for notices."""


def main() -> int:
    """Write all files, or with ``--check`` say which differ from those on disk; the exit code is 1 then."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=SAMPLE)
    parser.add_argument("--check", action="store_true", help="write nothing; report files that would change")
    chosen = parser.parse_args()
    files = make_all(load_manuscripts(MANUSCRIPTS))
    changed = [name for name, content in files.items() if _load(chosen.out / name) != content]
    kept = {*files, "README.md", "__init__.py"}
    stale = [
        p
        for p in chosen.out.rglob("*")
        if p.is_file() and "__pycache__" not in p.parts and str(p.relative_to(chosen.out)) not in kept
    ]
    if not chosen.check:
        for file in stale:
            file.unlink()
        for name in changed:
            (chosen.out / name).parent.mkdir(parents=True, exist_ok=True)
            (chosen.out / name).write_bytes(files[name])
    size = sum(map(len, files.values()))
    print(f"{len(files)} files, {size / 1e6:.2f} MB; {len(changed)} changed, {len(stale)} stale")
    return 1 if chosen.check and (changed or stale) else 0


def make_all(manuscripts: list[Manuscript]) -> dict[str, bytes]:
    """Return path -> bytes of all sample files with ``expected.jsonl``; manuscripts with ``@in`` go into that ZIP."""
    files: dict[str, bytes] = {}
    bundles: dict[str, list[tuple[str, bytes]]] = {}
    rows: list[dict[str, Any]] = []
    for manuscript in manuscripts:
        if manuscript.header("layout") == "odd":
            continue
        bundle = manuscript.header("in")
        if bundle:
            bundles.setdefault(bundle, []).append((manuscript.path, make_one(manuscript)))
        else:
            files[manuscript.path] = make_one(manuscript)
        rows += to_rows(manuscript)
    files |= {name: office.make_zip(members) for name, members in bundles.items()}
    files |= {m.path: _make_odd(m, files) for m in manuscripts if m.header("layout") == "odd"}
    written = {NOTICES + name: content for name, content in files.items()}
    written["expected.jsonl"] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    return written


def to_rows(manuscript: Manuscript) -> list[dict[str, Any]]:
    """Return the expected readings of a file, one per notice.

    ``path`` is the file, ``!/member`` behind it in a ZIP and ``#n`` where the file holds several notices.
    """
    blocks, bundle = to_blocks(manuscript.body), manuscript.header("in")
    place = {"file": bundle or manuscript.path, "member": manuscript.path if bundle else None}
    path = f"{bundle}!/{manuscript.path}" if bundle else manuscript.path
    several = len(manuscript.expect) > 1
    return [
        {
            "id": _id(manuscript, short),
            "path": f"{path}#{number}" if several else path,
            **place,
            "record": short.get("record"),
            **to_label(manuscript, short, blocks),
        }
        for number, short in enumerate(manuscript.expect, 1)
    ]


def make_one(manuscript: Manuscript) -> bytes:
    """Return the bytes of one file in the format its layout names."""
    blocks, layout = to_blocks(manuscript.body), manuscript.header("layout")
    if layout in ("pdf", "scan"):
        return (paper.make_pdf if layout == "pdf" else paper.make_scan)(manuscript, blocks)
    if layout in ("docx", "xlsx"):
        return (office.make_docx if layout == "docx" else office.make_xlsx)(blocks)
    if layout in ("labels", "summary", "article", "text"):
        text = pages.make_page(manuscript, blocks)
    elif layout in exchange.LAYOUTS:
        text = exchange.make_exchange(manuscript)
    elif layout == "raw":
        text = manuscript.body
    else:
        text = pages_zh.make_page(manuscript, blocks)
    return text.encode(manuscript.header("charset", "utf-8"))


def _make_odd(manuscript: Manuscript, files: dict[str, bytes]) -> bytes:
    """Return a file that cannot be read: an old Word container without content, a file cut at six tenths, or nothing."""
    kind = manuscript.header("kind")
    if kind == "ole":
        return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + bytes.fromhex("3e000300feff0900") + bytes(1504)
    whole = files[manuscript.header("of")] if kind == "cut" else b""
    return whole[: len(whole) * 6 // 10]


def _id(manuscript: Manuscript, short: dict[str, Any]) -> str:
    stem = manuscript.path.rsplit(".", 1)[0].replace("/", "-")
    record = short.get("record")
    return f"{stem}-{record}" if record else stem


def _load(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


if __name__ == "__main__":
    sys.exit(main())

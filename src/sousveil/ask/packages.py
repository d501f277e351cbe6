"""Writers of records that are no tables: one JSON document with a list in it, one JSON object per line, GraphML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

import msgspec

from sousveil.ask.units import Row
from sousveil.ask.writers import Method

_encode = msgspec.json.Encoder().encode
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold (XML 1.0, 2.2)."""


class ListWriter:
    """A JSON document with members at its head, a list of records, and members behind it that were gathered meanwhile.

    Args:
        path: the file.
        head: members before the list.
        member: name of the list.
        tail: members behind it; read when the file is closed.
        method_member: under which name the method is written; empty: it is not.
    """

    def __init__(self, path: Path, head: Row, member: str, tail: Row, *, method_member: str = "") -> None:
        self._file = path.open("wb")
        self._tail = tail
        self._method_member = method_member
        self._comma = b""
        self._file.write(_encode(head)[:-1] + b"," + _encode(member) + b":[\n")

    def add(self, table: str, row: Row) -> None:  # noqa: ARG002 (all records are of one kind)
        """Write a record."""
        self._file.write(self._comma + _encode(row))
        self._comma = b",\n"

    def close(self, method: Method) -> Sequence[str]:
        """Write the members behind the list, and the file."""
        method_part: Row = {self._method_member: dict(method)} if self._method_member else {}
        tail = _encode(self._tail | method_part)[1:]
        self._file.write(b"\n]" + (b"," if len(tail) > 1 else b"") + tail + b"\n")
        self._file.close()
        return ()


class LinesWriter:
    """One JSON object per record, of whatever kind."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def add(self, table: str, row: Row) -> None:  # noqa: ARG002 (a record says its kind itself)
        """Write a record."""
        self._file.write(_encode(row) + b"\n")

    def close(self, method: Method) -> Sequence[str]:  # noqa: ARG002 (every line is a record)
        """Write the file."""
        self._file.close()
        return ()


class GraphmlWriter:
    """GraphML: ``nodes`` and ``edges``; all values are texts or numbers under declared keys.

    Args:
        path: the file.
        keys: declared values: name, what has it (``node`` or ``edge``), type (``string``, ``double``, ``int``,
            ``boolean``).
    """

    def __init__(self, path: Path, keys: Sequence[tuple[str, str, str]]) -> None:
        self._file: BinaryIO = path.open("wb")
        self._edges = 0
        self._write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns"'
            ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation='
            '"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
        )
        for name, owner, kind in keys:
            self._write(f'<key id="{owner}-{name}" for="{owner}" attr.name={quoteattr(name)} attr.type="{kind}"/>\n')
        self._write('<key id="method" for="graph" attr.name="method" attr.type="string"/>\n')
        self._write('<graph id="sousveil" edgedefault="directed">\n')

    def add(self, table: str, row: Row) -> None:
        """Write a node (``id`` and values) or an edge (``source``, ``target`` and values)."""
        if table == "nodes":
            self._write(f"<node id={_quoted(row['id'])}>")
        else:
            self._edges += 1
            self._write(f'<edge id="e{self._edges}" source={_quoted(row["source"])} target={_quoted(row["target"])}>')
        owner = table.removesuffix("s")
        for name, value in row.items():
            if name not in {"id", "source", "target"} and value is not None:
                text = str(value).lower() if isinstance(value, bool) else str(value)
                self._write(f'<data key="{owner}-{name}">{escape(_clean(text))}</data>')
        self._write(f"</{owner}>\n")

    def close(self, method: Method) -> Sequence[str]:
        """Write how the graph was made, and the file."""
        told = "\n".join(f"{what}: {value}" for what, value in method)
        self._write(f'<data key="method">{escape(_clean(told))}</data>\n</graph>\n</graphml>\n')
        self._file.close()
        return ()

    def _write(self, text: str) -> None:
        self._file.write(text.encode())


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))

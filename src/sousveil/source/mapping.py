"""A source as its folder describes it: who publishes the files, and what the columns of its dumps are for.

``sources/NAME/source.yml`` in a dataset is written by ``sousveil sources guess --write`` and edited by people, so every
mistake in it is named with its line, and with what would be right.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict, dataclass, field, fields
from itertools import pairwise
from pathlib import Path

import msgspec
import yaml

from sousveil.exceptions import UsageError
from sousveil.source.cells import role_of
from sousveil.source.roles import PERSON, SKIP, TARGETS, Roles
from sousveil.source.values import to_country, to_currency
from sousveil.text.fold import fold
from sousveil.text.money import unit_of

_MOST_BYTES = 1024 * 1024
_READING = ("country", "currency", "sheet", "head_row", "unit", "mapping")
"""What changes how a file is read; a new title alone makes no file stale."""
_TABLES = {"mapping": "column: field, one a line", "expected": "year: number of notices, one a line"}
"""Keys with several lines below them, and what these hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where files come from, and how their rows are read.

    Attributes:
        title: of the collection.
        publisher: the body that publishes it.
        address: where it was found.
        licence: under which it may be used.
        country: ISO 3166 code of two letters; tells the currency of sums that name none.
        currency: ISO 4217 code of sums that name none.
        sheet: name of the one sheet that holds the notices; empty for every sheet whose head is that of notices.
        head_row: row of the heads, from 1, as spreadsheets count; 0 where there are none, then columns are called
            ``A``, ``B``, …; None to look for it.
        unit: of sums that name none (``万元``, ten thousands of yuan).
        mapping: column -> a target of ``roles.TARGETS``. A column of nested records is ``parent.child``.
        expected: year -> how many notices of it the publisher says there are; only shown beside what is held.
    """

    title: str = ""
    publisher: str = ""
    address: str = ""
    licence: str = ""
    country: str = ""
    currency: str = ""
    sheet: str = ""
    head_row: int | None = None
    unit: str = ""
    mapping: dict[str, str] = field(default_factory=dict)
    expected: dict[str, int] = field(default_factory=dict)

    @property
    def roles(self) -> Roles:
        """The roles of the columns."""
        return Roles(tuple((" ".join(column.split()), target) for column, target in self.mapping.items()))

    @property
    def is_given(self) -> bool:
        """Whether anything is said about how to read: if not, everything is guessed."""
        return any(getattr(self, name) != getattr(UNKNOWN, name) for name in _READING)

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that change when rows would be read in another way; empty where nothing is said."""
        if not self.is_given:
            return ""
        said = {name: getattr(self, name) for name in _READING}
        return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()[:8]

    def to_json(self) -> str:
        """Return the text that travels to a worker; empty where nothing is said."""
        return msgspec.json.encode(asdict(self)).decode() if self.is_given else ""


UNKNOWN = Source()
"""A source that nobody has described."""


def from_json(text: str) -> Source:
    """Return the source that ``Source.to_json`` wrote."""
    return msgspec.json.decode(text, type=Source) if text else UNKNOWN


def load_source(path: Path) -> Source:
    """Return the source that a file describes; ``UNKNOWN`` where there is no file.

    Raises:
        UsageError: the file is no YAML, or says something unknown; the message names the line.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return UNKNOWN
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
    if len(raw) > _MOST_BYTES:
        raise UsageError(f"{path} is larger than {_MOST_BYTES:,} bytes: no description of a source. Move it away.")
    try:
        return _to_source(path, raw.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        reason = " ".join(str(error).split())
        raise UsageError(
            f"{path} is no YAML: {reason:.200}. Mend it, or write it anew: sousveil sources guess"
        ) from error


def load_sources(folder: Path) -> dict[str, Source]:
    """Return every source that is described under a folder, by name.

    Raises:
        UsageError: a file says something that cannot be understood.
    """
    return {path.parent.name: load_source(path) for path in sorted(folder.glob("*/source.yml"))}


def mapping_of(folder: Path, digest: str) -> str:
    """Return the mapping with this digest as a worker takes it; empty for none."""
    if not digest:
        return ""
    return next((source.to_json() for source in load_sources(folder).values() if source.digest == digest), "")


def _to_source(path: Path, text: str) -> Source:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is None:
        return UNKNOWN
    if not isinstance(node, yaml.MappingNode):
        raise UsageError(f"{path}, line 1: not a list of keys. Begin with title: and mapping:")
    said: dict[str, object] = {}
    for key, value in node.value:
        name = _key(path, key, said)
        if name == "mapping" and isinstance(value, yaml.MappingNode):
            said[name] = _to_mapping(path, value)
        elif name == "expected" and isinstance(value, yaml.MappingNode):
            said[name] = dict(_expected(path, year, count) for year, count in value.value)
        elif not isinstance(value, yaml.ScalarNode) or name in _TABLES:
            wanted = _TABLES.get(name, "one value")
            raise UsageError(f"{_where(path, value)}: {name} must be {wanted}.")
        else:
            said[name] = _value(path, name, value)
    return msgspec.convert({name: value for name, value in said.items() if value is not None}, Source)


def _expected(path: Path, year: yaml.Node, count: yaml.Node) -> tuple[str, int]:
    said = [node.value if isinstance(node, yaml.ScalarNode) else "" for node in (year, count)]
    if not (re.fullmatch(r"[12]\d{3}", said[0]) and re.fullmatch(r"\d{1,9}", said[1], re.ASCII)):
        raise UsageError(f"{_where(path, year)}: expected must be year: number of notices, as 2024: 1200.")
    return said[0], int(said[1])


def _where(path: Path, node: yaml.Node) -> str:
    return f"{path}, line {node.start_mark.line + 1}"


def _key(path: Path, node: yaml.Node, said: dict[str, object]) -> str:
    known = [item.name for item in fields(Source)]
    name = node.value if isinstance(node, yaml.ScalarNode) else ""
    if name not in known:
        raise UsageError(f"{_where(path, node)}: unknown key {str(name)[:60]!r}. Known are: {', '.join(known)}")
    if name in said:
        raise UsageError(f"{_where(path, node)}: {name} stands there twice. Keep one.")
    return name


def _value(path: Path, name: str, node: yaml.ScalarNode) -> object:
    text = node.value.strip()
    if node.tag.endswith(":null") or not text:
        return None
    if name == "head_row":
        if not text.isdecimal() or len(text) > 7:
            raise UsageError(f"{_where(path, node)}: head_row {text[:20]!r} is no row number: 1, 2, …, or 0 for none.")
        return int(text)
    if name == "country":
        return _checked(path, node, "country", to_country(text), "a code of two letters, as CN")
    if name == "currency":
        return _checked(path, node, "currency", to_currency(text), "a code of three letters, as CNY")
    if name == "unit":
        return _checked(path, node, "unit", text if unit_of(fold(f"({text})")) else None, "as 元, 万元, USD")
    return text


def _checked(path: Path, node: yaml.ScalarNode, name: str, value: str | None, wanted: str) -> str:
    if value is None:
        raise UsageError(f"{_where(path, node)}: {name} {node.value[:20]!r} is not known. Write {wanted}.")
    return value


def _to_mapping(path: Path, node: yaml.MappingNode) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in node.value:
        where = _where(path, key)
        column = key.value if isinstance(key, yaml.ScalarNode) else ""
        target = value.value if isinstance(value, yaml.ScalarNode) else ""
        if not column:
            raise UsageError(f"{where}: the name of a column is missing.")
        if column in found:
            raise UsageError(f"{where}: column {column[:60]!r} stands there twice. Keep one.")
        if target not in TARGETS:
            allowed = ", ".join(TARGETS)
            raise UsageError(
                f"{where}: column {column[:60]!r} goes to unknown field {target[:40]!r}. Allowed: {allowed}"
            )
        if target not in {PERSON, SKIP} and names_person(column):
            raise UsageError(
                f"{where}: column {column[:60]!r} is one of persons by its name, and sousveil shows no persons."
                " Write person or skip."
            )
        found[column] = target
    return found


def names_person(column: str) -> bool:
    """Return whether a column, or the record it is nested in, is one of persons by its name.

    >>> names_person("contact.name"), names_person("联系电话"), names_person("buyer.name")
    (True, True, False)
    """
    parts = ["", *column.split(".")]
    return any(role_of(parent, head)[0] == PERSON for parent, head in pairwise(parts))


def dump_source(source: Source, notes: dict[str, str] | None = None) -> str:
    """Return the YAML of a source; ``notes`` are remarks behind its columns."""
    said = asdict(source)
    mapping, expected = said.pop("mapping"), said.pop("expected")
    lines = ["# What this source is, and what the columns of its files are for: docs/sources.md says more."]
    lines += [f"{name}: {_scalar(value)}".rstrip() for name, value in said.items()]
    if expected:
        lines += ["expected:", *(f"  {year}: {count}" for year, count in expected.items())]
    lines.append("mapping:" if mapping else "mapping: {}")
    for column, target in mapping.items():
        note = "".join(char for char in (notes or {}).get(column, "") if char.isprintable()).strip()
        lines.append(f"  {_scalar(column)}: {target}" + (f"  # {note}" if note else ""))
    return "\n".join(lines) + "\n"


def _scalar(value: object) -> str:
    """Return a value as YAML on one line; nothing for what is not said."""
    if value is None or value == "":
        return ""
    text = yaml.safe_dump(value, allow_unicode=True, width=1_000_000, default_flow_style=True)
    return text.removesuffix("...\n").strip()

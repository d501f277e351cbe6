"""The user's own terms as a file gives them: read, checked, and every bad line named with what to do.

``terms.yml`` in the dataset folder holds them; ``sousveil glossary import`` also takes them from a CSV. A row has a
term, its capability, language and gloss, and may have a source, ``needs`` (then the term counts only near one of these
words) and ``unless``. ``state: off`` puts a shipped term aside, or a description of a function (``function:NAME``).
"""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from sousveil.data.functions import functions
from sousveil.data.own import SHIPPED, YOURS, OwnTerms
from sousveil.data.terms import Term, capabilities, contexts, spell_out, terms
from sousveil.exceptions import UsageError
from sousveil.find.lexicon import even, make_company

KEYS = ("term", "capability", "language", "gloss", "source", "needs", "unless", "state")
MOST_BYTES = 1024 * 1024
"""Largest file of terms; thrice the shipped ones."""
_MOST_LETTERS = 100
_WORDS = re.compile(r"\s*[;；|]\s*")
_LANGUAGE = re.compile(r"[a-z]{2,3}|codes")
_INNER_STAR = re.compile(r"\*(?=\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """A row as the user wrote it; ``state`` is ``on`` or ``off``."""

    term: str
    capability: str = ""
    language: str = ""
    gloss: str = ""
    source: str = ""
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    state: str = "on"

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two rows the same: the term as it is compared with texts, the capability, the language."""
        return even(self.term), self.capability, self.language


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What a file of terms holds: good rows, and for every bad one where it stands, what is wrong, what to do."""

    rows: tuple[OwnRow, ...]
    errors: tuple[str, ...]


def load_own(path: Path) -> OwnTerms:
    """Return the terms of a dataset's ``terms.yml``; ``SHIPPED`` where there is no such file.

    Raises:
        UsageError: a row cannot be used; the message names the line.
    """
    if not path.is_file():
        return SHIPPED
    found = read_own(path)
    if found.errors:
        more = f" ({len(found.errors) - 1} more such lines.)" if len(found.errors) > 1 else ""
        raise UsageError(f"{found.errors[0]}{more}")
    return to_terms(found.rows)


def read_own(path: Path) -> OwnFile:
    """Return the rows of a CSV or YAML file of terms, the good ones and what is wrong with the others.

    Raises:
        UsageError: the file cannot be read at all.
    """
    return parse_own(_text(path), path.name, is_csv=path.suffix.lower() in {".csv", ".tsv"})


def parse_own(text: str, name: str, *, is_csv: bool) -> OwnFile:
    """Return the rows of a text of terms.

    Args:
        text: of the file.
        name: of the file, for messages.
        is_csv: whether it is a CSV with a head, else YAML.

    Raises:
        UsageError: it is neither a table nor a list.
    """
    rows: dict[tuple[str, str, str], OwnRow] = {}
    errors: list[str] = []
    for line, said in (_csv_rows if is_csv else _yaml_rows)(text, name):
        row = _to_row(said)
        wrong = next(_faults(row, said), None)
        if wrong is None and row.key in rows:
            wrong = f"{row.term!r} stands there twice for one capability. Keep one"
        if wrong is None:
            rows[row.key] = row
        else:
            errors.append(f"{name}, line {line}: {wrong}" + ("" if wrong.endswith("?") else "."))
    return OwnFile(tuple(rows.values()), tuple(errors))


def to_terms(rows: Iterable[OwnRow]) -> OwnTerms:
    """Return rows that were found good as terms to look for."""
    kept, off = [], set()
    for row in rows:
        off |= set(_shipped_like(row))
        if row.state == "on":
            kept.append(_to_term(row))
    return OwnTerms(tuple(kept), frozenset(off))


def dump_own(rows: Iterable[OwnRow]) -> str:
    """Return the YAML of rows, one a line."""
    lines = ["# Your own terms, one a line; docs/adding-a-term.md says what the keys mean."]
    for row in rows:
        said = {name: getattr(row, name) for name in KEYS if getattr(row, name)}
        shown: dict[str, object] = {
            name: list(value) if isinstance(value, tuple) else value for name, value in said.items()
        }
        if row.state == "on":
            del shown["state"]
        text = yaml.safe_dump(shown, allow_unicode=True, width=1_000_000, default_flow_style=True, sort_keys=False)
        lines.append(f"- {text.strip()}")
    return "\n".join(lines) + "\n"


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise UsageError(f"{path} is larger than {MOST_BYTES:,} bytes. Split it, or leave out what is shipped.")
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}. Check its name and its permissions.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8. Save it as UTF-8 (in a spreadsheet: CSV UTF-8).") from error


def _csv_rows(text: str, name: str) -> Iterator[tuple[int, dict[str, object]]]:
    """Yield line and cells of each row below the head; the cells may be parted by commas, semicolons or tabs."""
    head = text.split("\n", 1)[0]
    marks = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=marks)
    try:
        names = [cell.strip().lower() for cell in next(reader, [])]
        if "term" not in names:
            raise UsageError(f"{name}, line 1: no column is called term. Write a head: {','.join(KEYS)}")
        begun = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begun, {key: cell.strip() for key, cell in zip(names, cells, strict=False) if cell.strip()}
            begun = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(f"{name}, line {reader.line_num}: {error}. Save the table as CSV again.") from error


def _yaml_rows(text: str, name: str) -> Iterator[tuple[int, dict[str, object]]]:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        raise UsageError(f"{name} is no YAML: {' '.join(str(error).split()):.200}. Mend that line.") from error
    if node is None:
        return
    if not isinstance(node, yaml.SequenceNode):
        raise UsageError(f"{name}, line 1: not a list of terms. Write one a line: - {{term: …, capability: …}}")
    for item in node.value:
        line = item.start_mark.line + 1
        pairs = item.value if isinstance(item, yaml.MappingNode) else []
        yield line, {str(key.value): _plain(value) for key, value in pairs}


def _plain(node: yaml.Node) -> object:
    """Return a value as text or as a list of texts; anything else as it stands, to be named as a fault."""
    if isinstance(node, yaml.SequenceNode):
        return [item.value for item in node.value]
    # YAML takes the bare word off for a truth value; as a node it is still the word that was written.
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else node


def _to_row(said: dict[str, object]) -> OwnRow:
    """Return what was said as a row, not checked yet."""
    plain = {name: str(said.get(name) or "") for name in ("term", "capability", "language", "gloss", "source")}
    return OwnRow(
        **plain,
        needs=_words(said.get("needs")),
        unless=_words(said.get("unless")),
        state=str(said.get("state") or "on").lower(),
    )


def _words(value: object) -> tuple[str, ...]:
    words = value if isinstance(value, list) else _WORDS.split(value) if isinstance(value, str) else []
    return tuple(str(word).strip() for word in words if str(word).strip())


def _faults(row: OwnRow, said: dict[str, object]) -> Iterator[str]:
    """Yield what is wrong with a row, and what to do; the first is shown."""
    for name in said:
        if name not in KEYS:
            yield f"unknown key {name[:40]!r}. Known are: {', '.join(KEYS)}"
    for name, value in said.items():
        if not isinstance(value, str) and not (name in {"needs", "unless"} and _is_words(value)):
            yield f"{name} is not written as a word. Write {name}: WORD; needs and unless also as [one, two]"
    yield from _term_faults(row.term)
    leaves = [leaf.id for leaf in capabilities()]
    if row.capability not in leaves and (row.capability or row.state == "on"):
        near = difflib.get_close_matches(row.capability, leaves, 1, 0.4)
        hint = f"Did you mean {near[0]}?" if near else f"Known are: {', '.join(leaves)}"
        yield f"there is no capability {row.capability[:40]!r}. {hint}"
    if row.state not in {"on", "off"}:
        yield f"state {row.state[:20]!r} is not known. Write on, or off to put a shipped term aside"
    yield from _FAULTS[row.state == "off"](row)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _term_faults(term: str) -> Iterator[str]:
    bare = term.strip("*").strip()
    if not any(char.isalnum() for char in bare):
        yield "the term is missing. Write it under the key, or in the column, term"
    if len(term) > _MOST_LETTERS:
        yield f"the term has {len(term)} characters. Write the shortest words that name it, at most {_MOST_LETTERS}"
    if len(bare) < 2:
        yield f"{term!r} is one character and stands in every text. Write a longer term"
    if _INNER_STAR.search(term.lstrip("*")):
        yield f"* in {term[:40]!r} must end a word, or begin the term"


def _on_faults(row: OwnRow) -> Iterator[str]:
    if not _LANGUAGE.fullmatch(row.language):
        yield f"language {row.language[:20]!r} is no tag. Write two small letters, as zh or en; codes for a number"
    if not row.gloss:
        yield f"{row.term!r} has no gloss. Say in plain English what it means: that is how a search finds it"
    for word in (*row.needs, *row.unless):
        if word.startswith("@") and word[1:] not in contexts():
            groups = ", ".join(f"@{name}" for name in contexts())
            yield f"there is no group {word[:40]!r}. Known are: {groups}"
    text = even(row.term.replace("*", ""))
    friend = make_company(_spelled(row, row.unless)).standing(text, 0, len(text), text)
    if friend is not None:
        yield f"{row.term!r} holds its own unless word {friend!r} and could never be found. Leave that word out"


def _off_faults(row: OwnRow) -> Iterator[str]:
    if not any(True for _ in _shipped_like(row)):
        known = [shipped.term for shipped in terms()] + [shipped.rule for shipped in functions()]
        near = difflib.get_close_matches(row.term, known, 1, 0.7)
        hint = f"Did you mean {near[0]!r}?" if near else "See those that are: sousveil glossary list WORD"
        yield f"no shipped term {row.term[:40]!r} to put aside. {hint}"


_FAULTS: dict[bool, Callable[[OwnRow], Iterator[str]]] = {True: _off_faults, False: _on_faults}


def _shipped_like(row: OwnRow) -> Iterator[tuple[str, str]]:
    """Yield term and capability of the shipped rows of the same term; of all its capabilities where none is named.

    A row that puts aside may name a description of a function by its rule, as ``why`` shows it.
    """
    key = even(row.term)
    shipped = [(one.term, one.capability) for one in terms() if even(one.term) == key]
    if row.state == "off":
        shipped += [(one.rule, one.capability) for one in functions() if one.rule == row.term]
    return (pair for pair in shipped if row.capability in ("", pair[1]))


def _to_term(row: OwnRow) -> Term:
    return Term(
        term=row.term,
        capability=row.capability,
        gloss=row.gloss,
        source=f"{YOURS}: {row.source}" if row.source else YOURS,
        language=row.language,
        strength="weak" if row.needs else "strong",
        needs=_spelled(row, row.needs),
        unless=_spelled(row, row.unless),
    )


def _spelled(row: OwnRow, words: tuple[str, ...]) -> tuple[str, ...]:
    known = tuple(word for word in words if not word.startswith("@") or word[1:] in contexts())
    return spell_out(row.term, known)

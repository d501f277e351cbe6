"""Nodes: spellings gathered under the keys of their names, before any two keys are made one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sousveil.data.bodies import bodies
from sousveil.data.operators import operators
from sousveil.resolve.grouping import Node, sound_code
from sousveil.resolve.judgement import Judgements, is_meant
from sousveil.resolve.mention import Mention, Spelling
from sousveil.resolve.name import parse_name, parse_spelling
from sousveil.resolve.parts import NameParts
from sousveil.resolve.place import division_of
from sousveil.resolve.spelling import split_members


def count_spellings(mentions: Iterable[Mention]) -> dict[Spelling, int]:
    """Return how often each spelling is printed."""
    return Counter(mention.spelling for mention in mentions)


def members_of(spelling: Spelling) -> tuple[Spelling, ...]:
    """Return the spellings of the bodies that a spelling names: itself, or the members of a consortium."""
    names = split_members(spelling.name)
    if names == (spelling.name,):
        return (spelling,)
    identifier = spelling.identifier if len(names) == 1 else ""
    return tuple(replace(spelling, name=name, identifier=identifier) for name in names)


def make_nodes(
    counts: Mapping[Spelling, int], judgements: Judgements
) -> tuple[dict[str, Node], dict[Spelling, str], dict[Spelling, str]]:
    """Return nodes by key, key by spelling, and why other spellings have none.

    Spellings that a judgement splits off have a key of their own.
    """
    nodes: dict[str, Node] = {}
    keys: dict[Spelling, str] = {}
    without: dict[Spelling, str] = {}
    split = [row.left for row in judgements.standing if row.decision == "split"]
    split_names = {named.name for named in split}
    for spelling in sorted(counts):
        parts = parse_spelling(spelling)
        code = sound_code(spelling)
        key = parts.key or (f"x|{code}" if code and parts.form == "vague" else "")
        if not key:
            without[spelling] = "; ".join(parts.reasons)
            continue
        if spelling.name in split_names and any(is_meant(named, spelling) for named in split):
            key = f"{key}#{spelling.name}"
        node = nodes.get(key)
        if node is None:
            node = nodes[key] = Node(key, parts)
        elif parts.whole_key and not node.parts.whole_key:
            node.parts = parts
        node.spellings.append(spelling)
        node.mentions += counts[spelling]
        if code:
            node.codes[code] += counts[spelling]
        keys[spelling] = key
    _part_by_code(nodes, keys, counts)
    _add_wholes(nodes)
    return nodes, keys, without


def _part_by_code(nodes: dict[str, Node], keys: dict[Spelling, str], counts: Mapping[Spelling, int]) -> None:
    """Part companies of one name that print several official numbers of one list: each number is a company."""
    for key in sorted(nodes):
        node = nodes[key]
        schemes = Counter(code.partition(":")[0] for code in node.codes)
        if (
            node.parts.form not in {"company", "foreign"}
            or not key.startswith(("c|", "f|"))
            or max(schemes.values(), default=0) < 2
        ):
            continue
        by_code: dict[str, list[Spelling]] = defaultdict(list)
        for spelling in node.spellings:
            by_code[sound_code(spelling)].append(spelling)
        del nodes[key]
        for code, spellings in sorted(by_code.items()):
            own = f"{key}!{code}" if code else key
            reasons = (
                *node.parts.reasons,
                f"several companies of this name; this one has the number {code or 'of none'}",
            )
            nodes[own] = Node(own, replace(node.parts, reasons=reasons), spellings)
            nodes[own].mentions = sum(counts[spelling] for spelling in spellings)
            if code:
                nodes[own].codes[code] = nodes[own].mentions
            keys.update(dict.fromkeys(spellings, own))


def _add_wholes(nodes: dict[str, Node]) -> None:
    """Add the institutions that others are a part of and that no notice names by itself."""
    asked = sorted(nodes)
    while asked:
        added = []
        for key in asked:
            parts = nodes[key].parts
            if parts.whole_key and parts.whole_key not in nodes:
                nodes[parts.whole_key] = Node(parts.whole_key, _whole_parts(parts), is_implied=True)
                added.append(parts.whole_key)
        asked = added


def _whole_parts(part: NameParts) -> NameParts:
    """Return the parts of the institution that a name is a part of, read from the name where it prints it."""
    reason = f"named only as the whole of {part.text}"
    name = part.whole or _whole_name(part)
    found = parse_name(name, country=part.country)
    if found.key.partition("@")[0] == part.whole_key.partition("@")[0]:
        return replace(found, key=part.whole_key, context=part.context, reasons=(*found.reasons, reason))
    return NameParts(
        text=name, form=part.form, key=part.whole_key, kind=part.kind, country=part.country, outline=part.outline,
        level=part.level, place=part.place, organ=part.organ, context=part.context, reasons=(reason,),
    )  # fmt: skip


def _whole_name(part: NameParts) -> str:
    """Return the usual name of the institution of a key: its place and the name of the organ."""
    fields = part.whole_key.partition("@")[0].split("|")
    if fields[0] == "o":
        row = next(row for row in operators() if row.id == fields[1])
        division = division_of(fields[2]) if len(fields) > 2 else None
        return f"{row.names[0]}{division.short}分公司" if division else row.names[0]
    if fields[0] != "p" or len(fields) < 3:
        return part.text
    code, _, local = fields[1].partition("/")
    division = division_of(code)
    place = (division.name if division else code.lstrip("~?")) + local.replace("/", "")
    body = bodies().get(fields[2])
    is_province = division is not None and division.level == "province"
    organ = fields[2] if body is None else body.province if is_province and body.province else body.zh[0]
    return "".join((place, organ, *fields[3:]))

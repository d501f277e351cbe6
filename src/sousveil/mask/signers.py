"""Names in Latin letters that the fields of a signature around them or a paper behind them announce."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sousveil.mask.labelled import Announced, Hit
from sousveil.mask.western import PARTICLE, TITLES, WORD, name_here

# (who is) identified by, holder of: between a name and the label of its paper
_BEFORE_PAPER = re.compile(
    rf"({WORD}(?:[ \u00a0](?:{PARTICLE}[ \u00a0]){{0,2}}{WORD}){{1,4}})[ ]?,?[ ]?\(?"
    r"(?:(?:identificad[oa]s?|identifié[e]?|inscrit[oa]|titular|titulaire|portadora?|provist[oa]|holder|holding"
    r"|bearing)[ ])?"
    r"(?:con|de|do|da|del|no|with|avec|of|mit|el|la|su|the)?[ ]?(?:el |la |número de )?$"
)
_PAPERS_OF_PERSONS = frozenset(
    {
        "dni",
        "d.n.i.",
        "nie",
        "n.i.e.",
        "cpf",
        "passport",
        "passport no",
        "passport number",
        "cédula de ciudadanía",
        "curp",
    }
)


_PAPER_NUMBER = re.compile(r"[ .:№°ºnNor]{0,8}[A-Za-z]?\d{2,}")


def iter_names_before_papers(text: str, hits: Sequence[Hit]) -> Iterator[Announced]:
    """Yield names directly before the label of a paper that only persons have: identificada con DNI."""
    for hit in hits:
        is_paper = hit.label.kind == "id" and hit.label.text in _PAPERS_OF_PERSONS
        if is_paper and _PAPER_NUMBER.match(text, hit.end):
            match = _BEFORE_PAPER.search(text, max(0, hit.start - 110), hit.start)
            name = name_here(text, match.start(1), least=2) if match else None
            if match and name and name[1] == match.end(1):
                yield Announced(name[0], name[1], is_strong=True)


REACH = 160
"""Characters looked at before and behind the field of a name."""
_NAME_FIELD = re.compile(
    r"(?:name|nombre|nome|nom|имя|фио)(?: \(print(?:ed)?\))?[ \t]{0,4}[:|][ \t]{0,6}", re.IGNORECASE
)
_FIELD_START = re.compile(r"(?:^|[\n|])[ \t]{0,8}(?:full |print(?:ed)? |block )?$", re.IGNORECASE)
# title, post, signature, capacity: fields that only a person's block has
_PERSON_FIELDS = re.compile(
    r"(?:^|[\n|])[ \t]{0,8}(?:job title|title|position|post|designation|signature|signed|signed by|capacity|role|cargo"
    r"|puesto|firma|fonction|qualité|função|assinatura|funktion|unterschrift|carica|должность|подпись)\b[^\n|:]{0,40}[:|\n]"
    r"|signed (?:for|on|by)",
    re.IGNORECASE,
)


def iter_signers(text: str) -> Iterator[Announced]:
    """Yield the names in blocks of signatures: Name: …, with a post or a signature on a line near."""
    for field in _NAME_FIELD.finditer(text):
        if not _FIELD_START.search(text, max(0, field.start() - 18), field.start()):
            continue
        low, high = max(0, field.start() - REACH), field.end() + REACH
        if _PERSON_FIELDS.search(text, low, field.start()) or _PERSON_FIELDS.search(text, field.end(), high):
            titles = TITLES.match(text, field.end())
            place = titles.end() if titles else field.end()
            name = name_here(text, place, least=2 - (place > field.end()))
            if name:
                yield Announced(name[0], name[1], is_strong=True)

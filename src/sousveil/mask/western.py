"""Names in Latin, Cyrillic, Greek and Arabic letters: after labels and honorifics, and by patronymic or initials."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator

from sousveil.mask.cover import Range
from sousveil.mask.labelled import Announced, Hit
from sousveil.mask.lexicon import lexicon
from sousveil.model import COVER
from sousveil.text.fold import is_han


def _class_of(category: str) -> str:
    """Return the letters of a category in Latin, Greek and Cyrillic, as the inside of a character class."""
    blocks = ((0x41, 0x250), (0x370, 0x530), (0x1E00, 0x2000))
    codes = [
        code
        for first, last in blocks
        for code in range(first, min(last, sys.maxunicode))
        if unicodedata.category(chr(code)) == category
    ]
    return "".join(map(chr, codes))


_UPPER, _LOWER = _class_of("Lu"), _class_of("Ll")
WORD = rf"(?:(?:[dl]['’])?[{_UPPER}][{_UPPER}{_LOWER}'’\-]{{1,24}}|[{_UPPER}]\.(?:[- ]?[{_UPPER}]\.){{0,2}})"
PARTICLE = (
    r"(?:de la|de los|de las|de|del|della|da|das|do|dos|di|van der|van den|van de|van|von der|von|vom|zu|den|ten|ter"
    r"|bin|ben|bint|ibn|abu|al|el|la|le|du|des|y|e)"
)
_NAME = re.compile(rf"(?:{PARTICLE}[ ])?{WORD}(?:,?[ \u00a0](?:{PARTICLE}[ \u00a0]){{0,2}}{WORD}){{0,4}}")
TITLES = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Ing|Dipl|Lic|Sr|Sra|Srta|D|Dª|Dña|Don|Doña|M|Mme|Mlle|MM|Me|Monsieur"
    r"|Madame|Herrn?|Frau|Hr|Fr|Dott|Dott\.ssa|Avv|Geom|Arch|Sig|Sig\.ra|Dhr|Mevr|mevr|dhr|mr|drs|ir|mgr|Mgr|inż|Pan|Pani"
    r"|г-н|г-жа|Dra|Eng|Exmo|Señor|Señora|Cllr|Councillor|Ông|Bà|Anh|Chị|D\.ª|Ministerialrat|Bürgermeister(?:in)?)"
    r"\b[.ª]{0,2}(?:-Ing\.)?[ \u00a0]){0,3}"
)
_GAP = re.compile(
    r"(?:[ ]?\([^()\n]{0,24}\))?[ \t\u00a0]{0,4}(?P<mark>[:：=|]|\n|[-–](?=[ ]))?[ \t\u00a0]{0,6}"
    r"(?P<below>\n[ \t]{0,8}|\|[ ]{0,2})?"
)
_NAME_HEAD = re.compile(
    r"(?:full name|name|nom|nombre|nome)[ \t]{0,3}(?:[:：|][ \t]{0,3}|\n)[ \t\n]{0,8}", re.IGNORECASE
)
"""The head of a field between the label and the name: Contact / Name / …, as forms of portals print it."""
_LIST_MARK = re.compile(
    r"(?:[ ]?\([^()\n]{0,60}\))?[ ]?(?:[,;/]|\n[ \t]{0,4}(?=[-•*]))?[ ]{0,2}(?:[-•*][ ])?"
    r"(?:and |und |et |y |e |i |и |та |en |& )?"
)
_AFTER = re.compile(r"[ ]?(?:&[ ]?|and |und |et |y |'s )?[\"“«(]?([\w.&/]{1,24})")
_BIG, _SMALL = "[А-ЯЁІЇЄҐ]", "[а-яёіїєґ'’]"
_CYRILLIC_WORD = rf"{_BIG}{_SMALL}{{1,20}}(?:-{_BIG}{_SMALL}{{1,20}})?"
_ENDS = rf"(?![{_UPPER}{_LOWER}0-9_])"
"""No letter of a script with words between blanks follows; Han characters may, as a mask may."""
_INITIALS = re.compile(
    rf"(?<![\w.])(?:{_CYRILLIC_WORD}[ \u00a0]?{_BIG}\.[ \u00a0]?{_BIG}\."
    rf"|{_BIG}\.[ \u00a0]?{_BIG}\.[ \u00a0]?{_CYRILLIC_WORD}){_ENDS}"
)
_PATRONYMIC = re.compile(
    rf"(?<!\w){_CYRILLIC_WORD}[ \u00a0]\n?{_BIG}{_SMALL}{{1,20}}[ \u00a0]{_BIG}{_SMALL}{{1,18}}"
    r"(?:вич|вича|вичу|вичем|виче|ич|ича|вна|вны|вне|вной|вну|чна|чны|івна|ївна|івни|ївни|їч)" + _ENDS
)
# 'named after', street, avenue, square: what follows is a place or an institution.
_NAMED_AFTER = re.compile(
    r"(?:им\.|имени|імені|ім\.|ул\.|улица|вул\.|проспект|пр-т|пл\.|площадь|переулок)[ \u00a0]?$", re.IGNORECASE
)
_ARABIC = "\u0621-\u064a\u066e-\u06d3"
_ARABIC_NAME = re.compile(rf"[{_ARABIC}]{{2,16}}(?:[ ][{_ARABIC}]{{2,16}}){{0,4}}")
_ARABIC_GAP = re.compile(
    r"[ \t]{0,4}(?P<mark>[:：/|])?[ \t]{0,4}\n?[ \t]{0,4}(?:(?:السيد|السيدة|الأستاذ|المهندس|الدكتور)[ /]{1,3})?"
)


def iter_western_names(text: str, hit: Hit) -> Iterator[Announced]:
    """Yield the names after a label or honorific that is not Chinese, from the text as printed."""
    if hit.label.language == "ar":
        yield from _iter_arabic_names(text, hit)
        return
    strength = hit.label.strength
    if strength == "honorific" and not _is_honorific(text, hit):
        return
    gap = _GAP.match(text, hit.end)
    place = gap.end() if gap else hit.end
    is_marked = bool(gap and (gap["mark"] or gap["below"]))
    if strength == "weak" and not is_marked:
        return
    if strength == "honorific" and is_marked and gap and gap["mark"] != ":":
        return
    head = _NAME_HEAD.match(text, place) if is_marked else None
    place = head.end() if head else place
    place = place if is_marked else _skip_office(text, hit, place)
    titles = TITLES.match(text, place)
    has_title = bool(titles and titles.group()) or strength in {"honorific", "trader"}
    place = titles.end() if titles else place
    is_strong = is_marked or has_title
    for _ in range(20):
        name = name_here(text, place, least=1 if has_title else 2)
        if not name:
            return
        yield Announced(name[0], name[1], is_strong=is_strong)
        if strength == "honorific":
            return
        mark = _LIST_MARK.match(text, name[1])
        if not mark or not mark.group().strip():
            return
        titles = TITLES.match(text, mark.end())
        has_title = bool(titles and titles.group())
        place = titles.end() if titles else mark.end()


# (by) its / the / his, then an office in small letters: representada por su gerente general Ana Pérez
_OFFICE = re.compile(
    r"(?:(?:su|its|the|el|la|le|son|sa|his|her|dem|den|der|ihren?|seinen?|il|lo|suo|o|a|seu|sua)[ \u00a0])?"
    rf"(?:[{_LOWER}][{_LOWER}'’\-]{{1,20}}[ \u00a0]|[ld]['’]){{1,5}},?[ \u00a0]?(?=[{_UPPER}])"
)
_REPRESENTS = re.compile(
    r"(?:représent|represent|reprezent|vertret|rappresent).*(?:por|by|par|durch|da|przez)$|^gerente$"
)
# manager, director, president, mayor, agent, administrator, secretary, minister, head, chair, officer, prefect, partner
_OFFICE_NOUN = re.compile(
    r"\b(?:gerente|general|ejecutiv[oa]|director[ae]?|direct(?:eur|rice)|direttore|diretora?|dyrektora?"
    r"|president[ea]?|présidente?|alcalde(?:sa)?|prefeit[oa]|mayor|maire|sindaco|apoderad[oa]|procuradora?|attorney|administradora?"
    r"|amministratore|representante|legal|secretári[oa]|secretari[oa]|secretary|secrétaire|ministr[oae]|minister|jef[ea]|head|chief|chair|officer|executive|manager|préfet|gérante?|dirigente"
    r"|responsabile|sóci[oa]|socio|partner|prezesa?|wójta?|burmistrza?|rector[a]?)\b"
)


def _skip_office(text: str, hit: Hit, place: int) -> int:
    """Return where a name may begin behind an office in small letters, after a label of representing."""
    office = _OFFICE.match(text, place) if _REPRESENTS.search(hit.label.text) else None
    return office.end() if office and _OFFICE_NOUN.search(office.group()) else place


def _is_honorific(text: str, hit: Hit) -> bool:
    """Return whether a short word is meant as Mr or Mrs: a capital first, and a blank after it."""
    is_cyrillic = hit.label.language == "ru"
    return (text[hit.start].isupper() or is_cyrillic or len(hit.label.text) > 3) and text[hit.end : hit.end + 1] in {
        " ",
        "\u00a0",
    }


def name_here(text: str, place: int, least: int) -> tuple[int, int] | None:
    """Return start and end of a capitalised name at ``place`` with at least that many words, cut before stop words."""
    if text.startswith(COVER, place):
        end = place
        while text.startswith((COVER, " "), end):
            end += 1
        return place, len(text[:end].rstrip())
    match = _NAME.match(text, place)
    if not match:
        return None
    words = lexicon()
    end, count = match.start(), 0
    for part in re.finditer(r"[^ \u00a0]+", match.group()):
        plain = part.group().rstrip(".,").casefold()
        if plain in words.latin_institutions:
            return None
        if (
            plain in words.latin_values
            and not re.fullmatch(PARTICLE, part.group())
            and not re.fullmatch(r"\w\.", part.group())
        ):
            break
        end = match.start() + part.end()
        count += part.group()[:1].isupper() or part.group()[1:2] in {"'", "’"}
        if part.group().endswith(",") and count > 1:
            end -= 1
            break
    name = text[match.start() : end].rstrip(" ,\u00a0")
    end = match.start() + len(name)
    if count < least or _is_institution_after(text, end) or (count == 1 and text[end : end + 1] in {":", "/"}):
        return None
    return match.start(), end


def latin_name_in(text: str, start: int, end: int) -> Announced | None:
    """Return the name in Latin letters that is all a cell says, with its title before it or not."""
    while start < end and text[start].isspace():
        start += 1
    titles = TITLES.match(text, start)
    place = titles.end() if titles else start
    name = name_here(text, place, least=1 if place > start else 2) if place < end else None
    if not name or name[1] > end or text[name[1] : end].strip():
        return None
    return Announced(name[0], name[1], is_strong=True)


_LATIN_BEHIND = re.compile(
    rf"[ ]?[(（/]?[ ]?([{_UPPER}][{_UPPER}{_LOWER}]{{1,12}},?[ ][{_UPPER}][{_UPPER}{_LOWER}\-]{{1,16}})"
    r"[ ]?(?=[)）\n,，;；|]|$)"
)


def latin_after(text: str, end: int) -> Range | None:
    """Return the same name in Latin letters, as documents print it behind the Chinese one: 吕怀瑾（Lü Huaijin）."""
    match = _LATIN_BEHIND.match(text, end) if end and is_han(text[end - 1]) else None
    return Range(match.start(1), match.end(1), "name") if match else None


def _is_institution_after(text: str, end: int) -> bool:
    after = _AFTER.match(text, end)
    if not after or "\n" in text[end : after.start(1)] or text[end : end + 1] in {",", ";"}:
        return bool(re.match(r",? (?:Ltd|Inc|LLC|GmbH|S\.A|S\.L|plc)\b", text[end : end + 8]))
    return after[1].rstrip(".").casefold() in lexicon().latin_institutions


def _iter_arabic_names(text: str, hit: Hit) -> Iterator[Announced]:
    gap = _ARABIC_GAP.match(text, hit.end)
    place = gap.end() if gap else hit.end
    if hit.label.strength != "honorific" and not (gap and (gap["mark"] or "\n" in gap.group())):
        return
    match = _ARABIC_NAME.match(text, place)
    if not match:
        return
    stops = lexicon().latin_values
    end = match.start()
    for part in re.finditer(r"\S+", match.group()):
        if part.group() in stops:
            break
        end = match.start() + part.end()
    if end > match.start():
        yield Announced(match.start(), end, is_strong=True)


def iter_cyrillic_names(text: str) -> Iterator[Announced]:
    """Yield surnames with initials (Иванов И.И.) and names with a patronymic, but not streets and schools named so."""
    for pattern in (_INITIALS, _PATRONYMIC):
        for match in pattern.finditer(text):
            if not _NAMED_AFTER.search(text, max(0, match.start() - 12), match.start()):
                yield Announced(match.start(), match.end(), is_strong=True)

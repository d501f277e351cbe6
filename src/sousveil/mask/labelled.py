"""Names after a label. One scan finds all labels of all languages; ``values`` reads their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sousveil.mask.chinese import Name, Trust, is_inside_institution, is_name, is_named_after, iter_names
from sousveil.mask.cover import Range
from sousveil.mask.lexicon import HAN, Label, lexicon
from sousveil.mask.numbers import PROVINCES
from sousveil.model import COVER


class Hit(NamedTuple):
    """A label in the text."""

    start: int
    end: int
    label: Label


class Announced(NamedTuple):
    """A name after a label: its range, and whether it is sure enough to be looked for elsewhere."""

    start: int
    end: int
    is_strong: bool


# Blanks and line ends, also as the escapes that badly unpacked JSON leaves in the text.
WS = r"(?:[ \t\r\n]|\\[rnt])"
GAP = re.compile(
    rf"(?:[ ]?/?[ ]?[a-z][a-z .]{{1,20}}(?=[ ]?:))?[ \t]{{0,8}}(?:(?P<cell>{WS}{{0,6}}\|{WS}{{0,8}})"
    rf"|(?P<colon>[\"”]?(?:[:=]|——|--)[;:.]{{0,2}}[ \t]{{0,12}}[\"“]?(?P<below>{WS}{{1,10}}|\|{WS}{{0,8}})?)"
    rf"|(?P<line>(?:\r?\n|\\n|\\r){WS}{{0,8}})|(?P<space>(?<=[ \t])))?"
)
_SMALL_LETTERS = re.compile(r"[^\W\d_\u2e80-\uffff]")
_TRADER_VALUE = re.compile(rf"[{HAN}0-9a-z·]{{2,30}}[ ]?\($")


def iter_labels(folded: str) -> Iterator[Hit]:
    """Yield the labels in folded text, in order of position, decoys left out; one scan for all."""
    words = lexicon()
    labels, passed = words.labels, words.passed
    for index, start, end in words.automaton.find_matches_as_indexes(folded):
        if index in passed:
            continue
        label = labels[index]
        if label.needs_edges and not _has_edges(folded, start, end):
            continue
        yield Hit(start, end, label)
    for match in words.spaced.finditer(folded):
        yield Hit(match.start(), match.end(), words.by_text[re.sub(r"\s", "", match.group())])


def _has_edges(folded: str, start: int, end: int) -> bool:
    """Return whether a word of letters is not part of a longer one; Han characters beside it do not matter."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    ends_open = not folded[end - 1].isalpha()
    return not (before.isdecimal() or _SMALL_LETTERS.match(before)) and (ends_open or not _SMALL_LETTERS.match(after))


def iter_chinese_names(folded: str, hit: Hit) -> Iterator[Announced]:
    """Yield the names that a Chinese label announces, on its line, in the next cell, or on the lines below."""
    words = lexicon()
    strength = hit.label.strength
    if strength == "title":
        yield from list(_name_before_title(folded, hit)) or _name_after_title(folded, hit)
        return
    if strength == "verb":
        yield from names_before(folded, hit.start, sizes=(4, 3, 2))
        return
    if strength == "lead":
        gap = _LEAD_GAP.match(folded, hit.end)
        found = [
            Announced(name.start, name.end, is_strong=False)
            for name in iter_names(folded, gap.end() if gap else hit.end, Trust.CAREFUL)
        ]
        yield from found or (_name_before_title(folded, hit) if hit.label.text in words.after_names else ())
        return
    tail = words.tail.match(folded, hit.end)
    place = tail.end() if tail else hit.end
    for attempt in dict.fromkeys((place, hit.end)):
        found = list(_after_gap(folded, hit, attempt))
        if found:
            yield from found
            return
    if hit.label.text in words.after_names:
        yield from _name_before_title(folded, hit)


_LEAD_GAP = re.compile(r"(?:为|是|有|分别为)?[ ]?[:|]?[ ]{0,4}")  # is, are, there are


_KEEPERS = frozenset({"经营者", "经营人", "业主姓名"})
"""Operator, owner: weak labels of names that trade names repeat."""


def _after_gap(folded: str, hit: Hit, place: int) -> Iterator[Announced]:
    """Yield the names after the gap that begins at ``place``; the gap decides how much a name must prove."""
    words = lexicon()
    is_weak = hit.label.strength == "weak"
    comma = _COMMA.match(folded, place)
    if comma and not is_weak and _ALONE.match(folded, comma.end()):  # a colon that recognition of a scan misread
        place = comma.end()
    gap = GAP.match(folded, place)
    assert gap is not None  # every part of the pattern may be empty
    place = gap.end()
    trust = Trust.CAREFUL
    is_list = hit.label.is_panel
    if gap["colon"] is not None or hit.label.text.endswith(":"):
        trust = Trust.FIRM if gap["below"] else Trust.SURE
        if is_weak:
            trust = Trust.PLAIN if _is_line_of_signers(folded, hit.start, place) else Trust.LIKELY
    elif gap["cell"] is not None:
        trust = Trust.LIKELY if is_weak else Trust.PLAIN
    elif gap["line"] is not None:
        if not _begins_line(folded, hit.start):
            return
        if is_weak:
            yield from _behind_blank(folded, hit, place)
            return
        trust = Trust.PLAIN if _ALONE.match(folded, place) else Trust.CAREFUL
    elif is_weak:
        yield from _behind_blank(folded, hit, place)
        return
    else:
        copula = words.copula.match(folded, place)
        place = copula.end() if copula else place
        if _BEFORE_NUMBER.match(folded, place):
            trust = Trust.FIRM
        elif (copula or gap["space"] is not None) and _begins_free(folded, hit.start) and _WHOLE.match(folded, place):
            trust = Trust.PLAIN
    last: Name | None = None
    place = _skip_office(folded, place, trust)
    for _ in range(
        8 if gap["cell"] is not None or is_list else 1
    ):  # members and candidates may fill the cells of a row
        for name in iter_names(folded, place, trust, is_panel=is_list):
            yield Announced(name.start, name.end, is_strong=not is_weak or hit.label.text in _KEEPERS)
            last = name
        cell = _NEXT_CELL.match(folded, last.after) if last else None
        if not cell:
            break
        place, trust = cell.end(), trust if is_list else Trust.CAREFUL
    if is_list and (last or gap["below"] or gap["line"] or gap["cell"]):
        yield from _iter_panel_lines(folded, last.after if last else place)


# section, place, office, room, bureau, brigade, centre, company, institute, station, group
_IN_OFFICE = re.compile(
    rf"[{HAN}()]{{2,14}}?(?:科|处|办|室|局|队|中心|公司|院|所|站|部|办公室|大队|支队)[ \t:/、\-]{{0,3}}"
    rf"(?=[{HAN}]{{2,4}}(?![{HAN}]))"
)


_IN_POST = re.compile(
    rf"[{HAN}]{{0,10}}?(?:长|书记|支书|主任|会计(?!师)|出纳|教导员|指导员|民警|辅警|警官|干事|专员"
    r"|经理|总监|工程师|助理|秘书|主管|代表)[ ]?"
    rf"(?=[{HAN}]{{2,4}}[ ]?(?:[,、;(|\n\d]|电话|手机|$))"
)
"""The post that a form puts between the label and the name: 联系人：村支书张三，电话 …"""


def _skip_office(folded: str, place: int, trust: Trust) -> int:
    """Return where the person begins behind the office or post that a form puts first: 联系人：装备科 张三."""
    if trust < Trust.LIKELY:
        return place
    office = _IN_OFFICE.match(folded, place)
    if not office:
        office = _IN_POST.match(folded, place)
        if not office or is_inside_institution(folded, office.end()):
            return place
    name = next(iter_names(folded, office.end(), Trust.PLAIN if office.re is _IN_POST else Trust.CAREFUL), None)
    is_whole = next(iter_names(folded, place, Trust.CAREFUL), None)
    return office.end() if name and not is_whole else place


_WHOLE = re.compile(
    rf"(?:[{HAN}]{{2,4}}|[{HAN}][ \t]{{1,3}}[{HAN}])(?=[ \t]{{0,4}}(?:[,、;(\n|)]|$)|[ \t]{{1,3}}[{HAN}a-z0-9(+])"
)


def _behind_blank(folded: str, hit: Hit, place: int) -> Iterator[Announced]:
    """Yield the names behind a weak label that only a blank or a line end parts from them; both must stand free."""
    copula = lexicon().copula.match(folded, place)
    place = copula.end() if copula else place
    if place == hit.end or not _begins_free(folded, hit.start) or not _WHOLE.match(folded, place):
        return
    for name in iter_names(folded, place, Trust.STRICT):
        yield Announced(name.start, name.end, is_strong=False)


def _begins_free(folded: str, start: int) -> bool:
    """Return whether no letter stands before a label."""
    return not folded[start - 1 : start].isalnum() or start == 0


_SIGNER = re.compile(rf"[{HAN}]{{2,4}}:[ \t]?(?:[{HAN}]{{2,4}}|{COVER}{{2,4}})(?=[ \t\n,;]|$)")


def _is_line_of_signers(folded: str, start: int, place: int) -> bool:
    """Return whether a label is one of several short ones on its line, each with two to four characters behind it.

    Drafts end so (拟稿:… 审核:… 签发:…: drafted, checked, issued); there a surname is proof enough.
    """
    line = folded.rfind("\n", max(0, start - 80), start) + 1 or max(0, start - 80)
    stop = folded.find("\n", place, place + 80)
    signers = list(_SIGNER.finditer(folded, line, stop + 1 if stop >= 0 else place + 80))
    return len(signers) > 1 and any(match.start() <= start < match.end() for match in signers)


_BEFORE_NUMBER = re.compile(
    rf"(?![和及与或的等])[{HAN}]{{2,4}}?[ ]?[,;(:、]{{0,2}}[ ]?"
    r"(?:联系电话|联系方式|电话|手机|tel|1[3-9]\d{9}(?!\d)|0\d{2,3}-?\d{7})"
)
"""A short run and a phone, or the word for one: behind a label nothing but a name stands so."""
_COMMA = re.compile(r"[ ]?[,;.][ ]?")
_NEXT_CELL = re.compile(r"[ \t]{0,8}\|[ \t]{0,8}")
_ALONE = re.compile(rf"(?:[{HAN}]{{2,4}}|[{HAN}][ \t]{{1,4}}[{HAN}])[ \t]{{0,4}}(?:\r?\n|[|(]|$|[ \t]{{2}})")
_IN_LIST = re.compile(rf"(?:[{HAN}]{{2,4}}|[{HAN}][ \t]{{1,4}}[{HAN}])[ \t]{{0,4}}(?:[\n、,;(|]|$)")
_LINE = re.compile(r"[^\n]{0,400}\n?")
# head, deputy head, member, member, chair, expert, juror, delegate: the part of a person before the name in a list
_ROW_START = re.compile(
    r"[ |\t]{0,12}(?:\(?\d{1,3}[.、) |\t]{1,3}|[\-*●•·][ ]?)?[ \t]{0,4}"
    r"(?:(?:副?组长|组员|副?主任委员|主任|委员|成员|专家|评委|代表|业主代表|采购人代表|招标人代表)[ \t:|]{1,6})?"
)
# 六、 'six,': the next heading ends a panel's list.
_HEADING = re.compile(
    r"[ \t]{0,4}(?:[一二三四五六七八九十]{1,3}[、.]|\(?[一二三四五六七八九十]\)|第[一二三四五六七八九十]{1,2}[章条])"
)
_ROW_END = re.compile(r"[ \t|,、(;:\n]|$")


def _iter_panel_lines(folded: str, place: int) -> Iterator[Announced]:
    """Yield the names that begin lines below a panel's label, until a heading or six lines without a name."""
    line = _LINE.match(folded, place)
    place = line.end() if line else place
    misses = 0
    for _ in range(80):
        line = _LINE.match(folded, place)
        if not line or not line.group() or _HEADING.match(folded, place) or misses > 6:
            return
        start = _ROW_START.match(folded, place)
        begin = start.end() if start else place
        names = list(iter_names(folded, begin, Trust.PLAIN if _IN_LIST.match(folded, begin) else Trust.LIKELY))
        names = [name for name in names if name.end <= line.end()]
        if names and _ROW_END.match(folded, names[0].after):
            misses = 0
            for name in names:
                yield Announced(name.start, name.end, is_strong=True)
        else:
            misses += 1
        place = line.end()


def _begins_line(folded: str, start: int) -> bool:
    """Return whether a label stands at the beginning of a line or cell, perhaps after a number."""
    before = (
        folded[max(0, start - 12) : start]
        .rpartition("\n")[2]
        .rpartition("|")[2]
        .strip(" \t0123456789.、()一二三四五六七八九十*●")
    )
    return not before


_LEADS = re.compile(
    r"(?:联系|找|与|请|由|致电|为|是|和|及|、|给|向|的|至|对|员|人|小|纪检|审计|财务"
    r"|程师|教授|经理|主任|书记|总监|主管|助理|秘书|[科处局所队院校站园部组行会]长)$"
)  # contact, with, ask, by, to, is, and, …, discipline, audit, finance; engineer, professor, manager, chief, head …


def _name_before_title(folded: str, hit: Hit) -> Iterator[Announced]:
    """Yield the name before a title: 张三先生; a surname alone (王主任) only after a mark or a leading word."""
    if not is_named_after(folded, hit.end):
        trust = Trust.PLAIN if hit.label.text in _POLITE else Trust.CAREFUL
        yield from names_before(folded, hit.start, sizes=(4, 3, 2, 1), trust=trust)


def _name_after_title(folded: str, hit: Hit) -> Iterator[Announced]:
    """Yield the name after a title, as reports of meetings have it: 副院长张三、; it must end at a mark."""
    match = _AFTER_TITLE.match(folded, hit.end) if hit.label.text[-1] in "长记任" else None  # head, secretary, chief
    if match and is_name(match[1], Trust.CAREFUL, lexicon()):
        yield Announced(match.start(1), match.end(1), is_strong=False)


_AFTER_TITLE = re.compile(rf"([{HAN}]{{2,3}})(?=[、,。;()\n])")


_POLITE = frozenset({"先生", "女士", "小姐", "同志", "老师"})
"""Mr, Ms, Miss, comrade, teacher: only persons are called so."""


_STEM = re.compile(f"[{HAN}]+")
# Behind an office that ends in a character of names: 工程师刘洋 is no 师刘洋.
_HOLDER = re.compile(rf"(?:工程师|教授|经理|主任|书记|总监|主管|助理|秘书)([{HAN}]{{2,3}})$")


def names_before(
    folded: str, end: int, sizes: tuple[int, ...], *, must_be_free: bool = False, trust: Trust = Trust.CAREFUL
) -> Iterator[Announced]:
    """Yield the name that ends at ``end``, the longest first; short ones need a mark or a leading word before them."""
    words = lexicon()
    if folded[end - 1 : end] == " ":
        end -= 1
    if COVER in folded[max(0, end - 1) : end]:
        return
    holder = _HOLDER.search(folded, max(0, end - 6), end)
    if holder and len(holder[1]) in sizes and is_name(holder[1], trust, words):
        yield Announced(holder.start(1), end, is_strong=False)
        return
    for only_free in (True,) if must_be_free else (True, False):
        for size in sizes:
            start = end - size
            stem = folded[max(0, start) : end]
            if len(stem) < size or (not only_free and size < 3) or not _STEM.fullmatch(stem):
                continue
            if only_free and not _is_free(folded, start, size):
                continue
            is_lone = size == 1 or stem in words.compounds
            is_person = (
                stem in words.lone or stem in words.compounds or (trust >= Trust.PLAIN and stem in words.surnames)
            )
            if is_person if is_lone else is_name(stem, trust if only_free else Trust.CAREFUL, words):
                yield Announced(start, end, is_strong=False)
                return


# section, division, department, office, bureau, room, brigade: 采购科王科长, 'head Wang of the purchasing section'
OFFICE_ENDS = frozenset("科处部办局室队")
"""What the names of offices end in."""


def _is_free(folded: str, start: int, size: int) -> bool:
    """Return whether a name may begin here: after a mark, a leading word, or (two characters on) an institution."""
    before = folded[start - 1 : start] if start else ""
    if not before or not "\u3400" <= before <= "\u9fff" or _LEADS.search(folded, max(0, start - 2), start):
        return True
    if before in OFFICE_ENDS:
        return True
    ends = lexicon().institution_ends
    return size > 1 and any(folded[max(0, start - length) : start] in ends for length in (1, 2, 3))


# After a name: 证书编号, 证号, 注册编号 (numbers of certificates and registrations); 豫1412… needs no such word.
_PAPER_BEHIND = re.compile(
    rf"[^\n]{{0,40}}?\n?[^\n]{{0,24}}?(?<!资质)(?<!许可)(?<!产品)"
    rf"(?:证书编号|证书号码?|资格证号|注册编号|注册证?号|证书|印章号|[岗核格]证号|注册[{HAN}]{{2,6}}师(?:\([{HAN}]{{2,6}}\))?)"
    rf"(?:(?:名称)?[及和与]?编号|信息)?[ ]?[:(| ][ ]?"
    rf"([{HAN}]{{0,4}}[a-z]{{0,4}}-?[0-9]?(?:\([0-9]{{4}}\))?[0-9a-z\-]{{5,24}})(?![0-9a-z])"
)
"""A number of a certificate up to a line behind the name, with words between; those of firms and goods left out."""
_BRACKETED = re.compile(rf"[ ]?\([ ]?([{HAN}]{{0,2}}[a-z]{{0,2}}\d[0-9a-z]{{6,20}})[ ]?\)")
"""A long number in brackets directly behind a name: nothing else stands there."""
_CERTIFICATE = re.compile(
    rf"[ ]?[,;、(|/]{{0,2}}[ ]?(?:(?:[{HAN}]{{0,8}}(?:证书编号|证书号|证号|注册编号|注册号|编号))[ ]?[:]?[ ]?"
    rf"([{HAN}]{{0,4}}[a-z]{{0,4}}[0-9]?(?:\([0-9]{{4}}\))?[0-9a-z\-]{{4,24}})|([{PROVINCES}][12]\d{{8,16}})(?!\d))"
)


def certificate_after(folded: str, end: int) -> Range | None:
    """Return the number of a certificate printed directly after a person's name, which leads to the person, too."""
    match = _CERTIFICATE.match(folded, end) or _BRACKETED.match(folded, end) or _PAPER_BEHIND.match(folded, end)
    return Range(*match.span(match.lastindex or 1), "id") if match else None


_IN_FORM = re.compile(
    r"(?:[^\n]{0,120}\n){1,4}[^\n]{0,80}?(?<![质可品])"
    r"(?:证书编号|证书号码?|证书名称及编号|注册编号|注册证?号|资格证号|执业证号)[ ]?[:|][ ]{0,3}"
    rf"([{HAN}]{{0,4}}[a-z]{{0,4}}-?(?:\([0-9]{{4}}\))?[0-9][0-9a-z\-]{{5,24}})(?![0-9a-z])"
)
_NAME_CELL = re.compile(r"姓[ ]{0,6}名[ ]?[:|][ ]{0,3}$")


def certificate_in_form(folded: str, name: Announced) -> Range | None:
    """Return the number of a certificate that a form gives some lines below the name it begins with: a résumé."""
    if not _NAME_CELL.search(folded, max(0, name.start - 16), name.start):
        return None
    match = _IN_FORM.match(folded, name.end)
    return Range(*match.span(1), "id") if match else None


def trader_before(folded: str, start: int) -> Range | None:
    """Return the name before ``start`` when what stands there says 'sole trader' in brackets: 张三（个体工商户）."""
    match = _TRADER_VALUE.search(folded, max(0, start - 34), start)
    if not match:
        return None
    return Range(match.start(), match.end() - 1, "name")

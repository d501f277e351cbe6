"""Names beside a phone number: 张三 138…, 138…（张三）, and behind a label that promises one: 联系方式：张三."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sousveil.mask.chinese import Trust, is_name, iter_names
from sousveil.mask.cover import Range
from sousveil.mask.labelled import GAP, OFFICE_ENDS, Announced, Hit, names_before
from sousveil.mask.lexicon import HAN, lexicon

# Between name and number: 电话 phone, 手机 mobile, 收 'to be received by', brackets and marks.
_BEFORE = re.compile(
    rf"(?<![{HAN}])([{HAN}]{{2,4}}|[{HAN}]{{1,8}}·[{HAN}]{{1,12}}|[{HAN}][ ]{{1,3}}[{HAN}])(?:[(]收[)]|收)?"
    r"[ \t]{0,3}(?:[(,;:/、\-]|联系电话|电话|手机|手机号|tel|微信同号){0,3}[ \t:.]{0,3}$"
)
# The same behind an office: 后勤处张三（138…
_GLUED = re.compile(rf"([{HAN}]{{2}})(?:[(]收[)]|收)?[ \t]{{0,3}}[(,;:/]?(?:电话|手机|联系电话)?[ \t:]{{0,3}}$")
_AFTER = re.compile(rf"[ \t]{{0,3}}[(,、]?[ ]?([{HAN}]{{2,4}})(?=[ ]?(?:[),、;。\n|]|$))")


def iter_names_beside(folded: str, phones: Iterable[Range]) -> Iterator[Announced]:
    """Yield names that stand directly before or after a phone number and hold a common surname."""
    words = lexicon()
    for phone in phones:
        before = _BEFORE.search(folded, max(0, phone.start - 30), phone.start)
        if before and ("·" in before[1] or _is_person(before[1].replace(" ", ""))):
            yield Announced(before.start(1), before.end(1), is_strong=False)
            continue
        glued = _GLUED.search(folded, max(0, phone.start - 30), phone.start)
        if glued and not words.titles.fullmatch(glued[1]):
            yield from names_before(folded, glued.end(1), sizes=(4, 3, 2), must_be_free=True)
            if glued[1][1] in words.short_titles and folded[glued.start() - 1 : glued.start()] in OFFICE_ENDS:
                yield from names_before(folded, glued.end(1) - 1, sizes=(1,), must_be_free=True)  # 后勤科李工 138…
        after = _AFTER.match(folded, phone.end)
        if after and _is_person(after[1], is_bracketed=folded[after.start(1) - 1] == "("):
            yield Announced(after.start(1), after.end(1), is_strong=False)


_MAIL_BEFORE = re.compile(rf"(?<![{HAN}])([{HAN}]{{2,4}})[ ]?[<(\[][ ]?$")
_MAIL_AFTER = re.compile(rf"[ ]?\([ ]?([{HAN}]{{2,4}})[ ]?\)")


def iter_names_at_mails(folded: str, mails: Iterable[Range]) -> Iterator[Announced]:
    """Yield names that brackets join with an address of e-mail: 张三 <…@…>, …@…（张三）."""
    words = lexicon()
    for mail in mails:
        before = _MAIL_BEFORE.search(folded, max(0, mail.start - 8), mail.start)
        for match in (before, _MAIL_AFTER.match(folded, mail.end)):
            if match and is_name(match[1], Trust.PLAIN, words):
                yield Announced(match.start(1), match.end(1), is_strong=False)


# 联系 contact, 联络 liaison: such labels announce a name as often as a number.
_WAYS = frozenset({"联系方式", "联系方法", "联络方式"})
_PHONE_AHEAD = re.compile(r"[ \t]{0,4}(?:[,;:、(/\-]|电话|手机|联系电话){0,3}[ \t:]{0,3}[(+]?\d{3}")


def iter_contact_names(folded: str, hit: Hit) -> Iterator[Announced]:
    """Yield the names between a label of phones and the number: 联系方式：张三 0571…; 联系方式 needs no number."""
    gap = GAP.match(folded, hit.end)
    if gap is None or (gap["colon"] is None and gap["cell"] is None):
        return
    if "0" <= folded[gap.end() : gap.end() + 1] <= "9":
        return
    is_way = hit.label.text in _WAYS
    trust = Trust.SURE if is_way and gap["colon"] is not None and not gap["below"] else Trust.PLAIN
    names = list(iter_names(folded, gap.end(), trust))
    if names and (is_way or _PHONE_AHEAD.match(folded, names[-1].after)):
        for name in names:
            yield Announced(name.start, name.end, is_strong=is_way)


def _is_person(word: str, *, is_bracketed: bool = False) -> bool:
    """Return whether a word beside a phone is a name, with or without its title (the title need not be cut off)."""
    words = lexicon()
    title = words.titles.search(word, 1)
    if title and title.end() == len(word):
        return False  # 王主任: found by its title, and only the surname is covered
    if word[-1] in words.short_titles and len(word) == 2:
        return word[0] in words.lone
    is_plain = is_bracketed and len(word) == 3 and word[0] in words.lone  # in brackets nothing but a name is likely
    return is_name(word, Trust.PLAIN if is_plain else Trust.CAREFUL, words)

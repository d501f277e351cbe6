"""The place of a Chinese public body: from its name, and from its notice where the name says only 市 or 县."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sousveil.data.xpcc import corps_divisions
from sousveil.resolve.place import Division, division_of, read_head
from sousveil.text.numerals import parse_han

_CORPS = re.compile(
    r"(?:新疆生产建设兵团|新疆兵团|兵团)?第?(?P<number>[一二三四五六七八九十\d]{1,3})师(?!范|大)(?P<city>阿拉尔市|铁门关市|图木舒克市|可克达拉市|双河市|五家渠市|胡杨河市|石河子市|白杨市|北屯市|新星市|昆玉市)?"
)
_CORPS_WHOLE = re.compile(r"(?:新疆生产建设兵团|新疆兵团|兵团)(?!第?[一二三四五六七八九十\d]{1,3}师)")
_REGIMENT = re.compile(
    r"第?(?P<number>[一二三四五六七八九〇零十百\d]{1,5})团(?![体结支])(?P<name>[\u4e00-\u9fff]{1,4}镇)?"
)
_CLASSED = re.compile(
    r"(?P<word>[省市县区州旗])(?=公安|人民|政府|委|教育|财政|司法|检察|法院|卫生|民政|交通|水利|自然|生态|城|住|市场|大数据|应急|发|工|农|文|信访|退役|行政|政法|融媒|综)"
)


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a body while its name is read."""

    division: Division | None
    formed: str
    """A place that no table has, in the division: 岷阳市, or 岷阳市/大河县."""
    reasons: tuple[str, ...]
    outer: str = ""
    """Code of the province that name or notice tell."""
    prefecture: str = ""
    """The city that the notice tells, for a county that no table has."""
    local: str = ""
    """Zone, town, village or regiment inside, outermost first, parted by slashes."""
    is_shared: bool = False
    """Whether the name belongs to several divisions and nothing says which."""
    printed_short: bool = False
    """Whether the place stands without its class word."""

    @property
    def is_known(self) -> bool:
        """Whether a place is known at all."""
        return self.division is not None or bool(self.formed)

    @property
    def token(self) -> str:
        """What stands for the place in a key."""
        place = f"~{self.formed.rpartition('/')[2]}" if self.formed else self.division.code if self.division else ""
        return f"{place}/{self.local}" if self.local else place

    @property
    def context(self) -> tuple[str, str]:
        """Province and prefecture around a place that no table has, as far as they are told."""
        if not self.formed:
            return "", ""
        inside = self.division.code if self.division and self.division.level == "prefecture" else ""
        return self.outer, self.formed.rpartition("/")[0] or inside or self.prefecture

    def inside(self, local: str) -> Where:
        """Return the zone, town or village in this place."""
        return replace(self, local=f"{self.local}/{local}" if self.local else local)


def read_where(body: str, context: Division | None, city: str) -> tuple[Where, str]:
    """Return the place that a name begins with, and the rest of the name.

    Args:
        body: the name, tidied, without what stands before its place.
        context: the division that the notice is about.
        city: the city that the notice prints.

    >>> where, rest = read_where("岷阳市大河县公安局", None, ""); where.formed, rest
    ('岷阳市/大河县', '公安局')
    >>> read_where("市公安局", None, "岷阳市")[0].formed
    '岷阳市'
    """
    corps = _read_corps(body)
    if corps:
        return corps
    head = read_head(body, context)
    if head.is_shared:
        return Where(None, "", head.reasons, is_shared=True), body[head.end :]
    if head.division is None and not head.formed:
        classed = _CLASSED.match(body)
        told = _told_by_notice(classed["word"], context, city) if classed else None
        return (told, body[1:]) if told else (Where(None, "", ()), body)
    outer = head.division.province if head.division else context.province if context else ""
    is_county = bool(head.formed) and "/" not in head.formed and city != head.formed
    prefecture = city if is_county and city.endswith(("市", "州", "盟")) else ""
    where = Where(head.division, head.formed, head.reasons, outer, prefecture, printed_short=head.is_short)
    return where, body[head.end :]


def is_classed(text: str) -> bool:
    """Return whether a name begins with the bare class word of a place: 市教育局 (the city's education bureau)."""
    return _CLASSED.match(text) is not None


def _told_by_notice(word: str, context: Division | None, city: str) -> Where | None:
    """Return the place of the notice where a name says only 市 or 县 and that fits; None where it does not."""
    if word == "省":
        if context is None or context.level != "province":
            return None
        return Where(context, "", (f"省 is {context.name}, the place of the notice",))
    if not city.endswith(word):
        return None
    reason = f"{word} is {city}, the place of the notice"
    if context is not None and context.name == city:
        return Where(context, "", (reason,))
    return Where(None, city, (reason,), context.province if context else "")


def _read_corps(body: str) -> tuple[Where, str] | None:
    """Return the division of the Xinjiang Production and Construction Corps that a name begins with, and the rest."""
    whole = _CORPS_WHOLE.match(body)
    if whole:
        corps = Division("XPCC", "新疆生产建设兵团", "兵团", "province", "650000", "XPCC")
        return Where(corps, "", ("the Xinjiang Production and Construction Corps",)), body[whole.end() :]
    match = _CORPS.match(body)
    if not match:
        return None
    number = _number(match["number"])
    row = next((row for row in corps_divisions() if row.division == number), None)
    if row is None:
        return None
    division = division_of(row.code) or Division(
        row.code, f"第{match['number']}师", "", "prefecture", "650000", row.code
    )
    reason = f"division {number} of the Corps" + (f" is one with {row.city} ({row.code})" if row.city else "")
    rest = body[match.end() :]
    regiment = _REGIMENT.match(rest)
    if regiment:
        name = f"{_number(regiment['number'])}团"
        return Where(division, "", (reason, f"regiment {name}"), local=name), rest[regiment.end() :]
    return Where(division, "", (reason,)), rest


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    if "十" not in text and "百" not in text:
        return int("".join(str("〇一二三四五六七八九".find(char.replace("零", "〇"))) for char in text))
    return parse_han(text) or 0

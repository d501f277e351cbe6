"""The parties: who buys, who carries out the purchase for the buyer, who won or is proposed.

Labels come first. Without one the buyer is the body at the head of the title (厦门电信, 某市公安局), the one on whose
behalf the agency writes (受…委托), or the company whose own portal it is.
"""

from __future__ import annotations

import re

from sousveil.model import Field
from sousveil.read.announcer import find_agent, find_alone, find_opening, find_signature
from sousveil.read.bodies import find_body_line
from sousveil.read.draft import Draft, Found
from sousveil.read.headline import Headline
from sousveil.read.names import (
    company_portal,
    has_company_form,
    head_organ,
    is_agency,
    is_agency_company,
    is_company,
    name_span,
    split_names,
)
from sousveil.read.prose import find_body, find_customer, find_firm, find_won_lots
from sousveil.read.sheet import Sheet

_BEHALF = re.compile(  # 受 … 委托: on behalf of …
    r"(?<![接承])受\s?(?P<buyer>(?![^,。;:]{0,40}(?:公告|序号|项目名称))[^\s,。;:]{4,40}?)(?:\([^()]{1,20}\))?的?委托"
)
_CALLED = re.compile(  # … (hereinafter: buyer, tenderer, inquirer)
    r"(?P<buyer>[\u4e00-\u9fff()]{4,40})\((?:以下)?(?:简?称)?[\"“']?(?:采购人|招标人|比选人|询价人)[\"”']?\)"
)
_THIS_IS = re.compile(r"本(?:项目|工程|次采购)(?:为|是|系)(?=[\u4e00-\u9fff])")
"""This project is … : the name of the body follows, and what it buys."""
_ON_BEHALF = re.compile(r"受\s?[^\s,。;:]{4,40}?委托")
_AGENT = re.compile(  # company or centre (hereinafter: …) before 受 (on behalf of)
    r"(?P<agency>[\u4e00-\u9fff()]{2,38}(?:公司|中心))(?:\([^()\n]{0,20}\)?)?\s?$"
)
_CHARGED = re.compile(  # commissions … to (organise, carry out, hold); agency: …; at the head of a headline: … about
    r"委托\s?(?P<agency>[\u4e00-\u9fff()]{4,40}?(?:公司|中心))(?=组织|进行|就|对|采用|代理|以|为|,|。|开展|实施|公开)"
    r"|(?<![\u4e00-\u9fff])(?:招标|采购)?代理(?:机构|单位|公司)?(?:名称)?"
    r" (?P<agency2>[\u4e00-\u9fff()]{4,40}(?:公司|中心))"
    r"|(?:^|\n)(?P<agency3>[\u4e00-\u9fff()]{2,38}(?:公司|中心))关于"
)
_MAX_AGENT = 64
_LATIN_CUT = re.compile(
    r"[;]|(?<=[^\W\d_]{4})\. (?!s r)(?=\w)"
    r"|, (?=contact|address|attn|[^,\n]{0,30}\d)|(?<=\S)  +| [—–-] (?=[a-z$€£]{0,3} ?\d)"
)
_AND = re.compile(r"(?:^|[ ])(?:and|y|e|et|und|en|og|och|i|&|и|та)[ ]")
"""Words that join the last member of a list: Ministry of Trade, Markets and Cooperatives is one name."""
_WHEN = re.compile(r"\d{4}-\d\d-\d\d (?:a|to|to:|à) ")
_NUMBERED = re.compile(r"\(?\d{1,2}[.、)]\s*(?=[\u4e00-\u9fff()]{4,40}公司)")
_MAX_LIST = 40
"""Members of a framework agreement that one list names."""
_LABEL_WORD = re.compile(  # kind, class, number, time, date, sum, manner, count, term, document, matter, result, price
    r"^[|]|(?:类型|类别|编号|时间|日期|金额|方式|个数(?:[ ]?\d+)?|数量|年限|文号|事项|结果|内容|价格|预算|代码)$"
)
"""A label whose own value is empty: the next label of a form is no name."""
_NOTE = re.compile(r" \([^()]{2,40}\)$")
_LEAST_BODY = 8
"""Characters of the shortest name before a comma: INPE, or a town alone, is no whole name."""
_PROSE = 4_000
"""Characters in which the sentences that name the parties stand: they open the notice."""


def read_buyer(draft: Draft, headline: Headline | None, title: Field | None) -> Field | None:
    """Return the buyer with its span, or None."""
    labelled = _first_name(draft, draft.of("buyer"), skip_agencies=True)
    named = _at_head(draft, headline, title) if draft.is_han else None
    if labelled is not None:
        is_branch = (
            named is not None and labelled.value != named.value and _is_branch_of(str(named.value), str(labelled.value))
        )
        return named if is_branch else labelled
    if named is not None:
        return named
    told = (_in_prose(draft) or _by_place(draft)) if draft.is_han else _in_sentence(draft)
    if told is None and not draft.of("agency"):  # a centre that carries out purchases of others may buy for itself
        found = _first_name(draft, draft.of("buyer", rank=1), skip_agencies=False)
        told = None if found is not None and is_agency_company(str(found.value)) else found
    return told


def _in_sentence(draft: Draft) -> Field | None:
    """Return the buyer where names have capitals: an official name, else a body in the first sentences."""
    official = [item for item in draft.of("name") if "name" in item.entry.label and item.entry.context in {"", "buyer"}]
    field = _first_name(draft, official, skip_agencies=False)
    if field is not None or not draft.sheets:
        return field
    span = find_customer(draft.sheets[0]) or find_body_line(draft.sheets[0]) or find_body(draft.sheets[0])
    return None if span is None else draft.text_field(draft.sheets[0], *span, "in a sentence")


def _first_name(draft: Draft, found: list[Found], *, skip_agencies: bool) -> Field | None:
    for item in found:
        entry = item.entry
        if entry.start == entry.end:
            continue
        span = _name(item, is_han=draft.is_han)
        if span is None or (skip_agencies and is_agency(item.sheet.folded[span[0] : span[1]])):
            continue
        return draft.text_field(item.sheet, *span, f"label {entry.label.strip()}")
    return None


def _name(item: Found, *, is_han: bool) -> tuple[int, int] | None:
    folded, start, end = item.sheet.folded, item.entry.start, item.entry.end
    if not is_han:
        cut = _LATIN_CUT.search(folded, start, end)
        if cut and cut.start() > start:
            end = cut.start()
        end = _before_place(folded, start, end)
    elif item.entry.layout in {"colon", "line"} and end - start >= 10 and not is_company(folded[start:end]):
        end = _wrapped(item.sheet, end)
    span = name_span(folded, start, end)
    if span is not None and is_han and _LABEL_WORD.search(folded[span[0] : span[1]]):
        return None
    if span is not None and not any(char.isalpha() for char in folded[span[0] : span[1]]):
        return None
    return span


def _before_place(folded: str, start: int, end: int) -> int:
    """Return the end of a body's name before a comma and its unit or town (Police Authority, Procurement, Aueburg).

    A comma before the form of a company (, S.A.) or inside a list (Trade, Markets and Cooperatives) belongs to it.
    """
    comma = folded.find(", ", start, end)
    rest = folded[comma + 2 : end]
    if comma - start < _LEAST_BODY or _AND.search(rest) or has_company_form(rest):
        return end
    return comma


def _wrapped(sheet: Sheet, end: int) -> int:
    """Return the end of a name that a page's width broke: the next line is its ending and nothing else."""
    place = sheet.line_at(end - 1)
    if sheet.lines[place].end != end or place + 1 >= len(sheet.lines):
        return end
    line = sheet.lines[place + 1]
    text = sheet.folded[line.start : line.end]
    return line.end if len(text) <= 12 and line.colon < 0 and text.endswith(("公司", "中心", "委员会")) else end


def _at_head(draft: Draft, headline: Headline | None, title: Field | None) -> Field | None:
    """Return the body that the headline or title begins with."""
    places: list[tuple[Sheet, int, int]] = []
    if headline is not None:
        places.append((headline.sheet, headline.start, headline.end))
    if title is not None:
        sheet = next((sheet for sheet in draft.sheets if sheet.page.number == title.span.page), None)
        if sheet is not None:
            places.insert(0, (sheet, title.span.start, title.span.end))
    alone = find_alone(draft.sheets[0]) if draft.sheets else None
    for sheet, start, end in places:
        match = head_organ().match(sheet.folded, start, end)
        if match and not is_agency(match["organ"]) and "某" not in match["organ"]:
            name = "" if alone is None else draft.sheets[0].folded[slice(*alone)]
            if alone is not None and name != match["organ"] and match["organ"].endswith(name):
                return draft.text_field(draft.sheets[0], *alone, "alone on a line")  # what is bought stands before it
            return draft.text_field(sheet, match.start("organ"), match.end("organ"), "head of title")
    return None


def _is_branch_of(named: str, labelled: str) -> bool:
    """Return whether the body in the title is a branch of the one under the label (中国电信: 厦门电信, …分公司)."""
    is_company_head = labelled.endswith("公司") and named.startswith(labelled)
    is_operator = company_portal().match(labelled + "电子采购") is not None
    return is_company_head or (is_operator and labelled[-2:] in named)  # 中国电信 (China Telecom): 电信


def _in_prose(draft: Draft) -> Field | None:
    for sheet in draft.sheets[:3]:
        for pattern in (_BEHALF, _CALLED):
            match = pattern.search(sheet.folded, 0, _PROSE)
            if match and not is_agency(match["buyer"]) and name_span(sheet.folded, *match.span("buyer")):
                return draft.text_field(sheet, match.start("buyer"), match.end("buyer"), "on behalf of")
        for start in (match.end() for match in _THIS_IS.finditer(sheet.folded, 0, _PROSE)):
            named = head_organ().match(sheet.folded, start)
            if named and not is_agency(named["organ"]) and "某" not in named["organ"]:
                return draft.text_field(sheet, *named.span("organ"), "this project is")
        portal = company_portal().search(sheet.folded, 0, 600)
        if portal:
            return draft.text_field(sheet, portal.start("organ"), portal.end("organ"), "company portal")
    return None


def _by_place(draft: Draft) -> Field | None:
    """Return the body that opens the first sentences, stands alone over or under the headline, or signs."""
    if not draft.sheets:
        return None
    first, last = draft.sheets[0], draft.sheets[-1]
    agent = _agent(draft)
    found = (
        ("opens a sentence", first, find_opening(first)),
        ("alone on a line", first, find_alone(first)),
        ("signature", last, find_signature(last) if draft.is_whole else None),
    )
    for rule, sheet, span in found:
        if span is not None:
            field = draft.text_field(sheet, *span, rule)
            if agent is None or agent.value != field.value:
                return field
    return None


def read_agency(draft: Draft, buyer: Field | None) -> Field | None:
    """Return the body that carries out the purchase, or None; never the buyer itself."""
    found = [item for item in draft.of("agency") if item.entry.start < item.entry.end]
    field = _first_name(draft, found, skip_agencies=False)
    if field is None and draft.is_han:
        field = _agent(draft) or _on_cover(draft)
    if field is None:
        field = next(
            (
                draft.text_field(item.sheet, *span, f"label {item.entry.label.strip()}")
                for item in draft.of("buyer")
                if (span := _name(item, is_han=draft.is_han)) and is_agency(item.sheet.folded[span[0] : span[1]])
            ),
            None,
        )
    return None if field is None or (buyer is not None and field.value == buyer.value) else field


def _on_cover(draft: Draft) -> Field | None:
    """Return the agency whose name stands alone on a cover page."""
    span = find_agent(draft.sheets[0]) if draft.sheets else None
    return None if span is None else draft.text_field(draft.sheets[0], *span, "alone on a cover")


def _agent(draft: Draft) -> Field | None:
    """Return the company that writes on behalf of a buyer: … 公司受 … 委托."""
    for sheet in draft.sheets[:3]:
        for behalf in _ON_BEHALF.finditer(sheet.folded, 0, _PROSE):
            begin = max(0, behalf.start() - _MAX_AGENT)
            match = _AGENT.search(sheet.folded[begin : behalf.start()])
            if match and name_span(match["agency"], 0, len(match["agency"])):
                return draft.text_field(
                    sheet, begin + match.start("agency"), begin + match.end("agency"), "on behalf of"
                )
    return _charged(draft)


def _charged(draft: Draft) -> Field | None:
    """Return the body that a sentence says is commissioned, or that a headline names as the one who writes."""
    for sheet in draft.sheets[:1]:
        for match in _CHARGED.finditer(sheet.folded, 0, _PROSE):
            name = match.lastgroup or "agency"
            if name != "agency3" or is_agency(match[name]):
                return draft.text_field(sheet, *match.span(name), "commissioned")
    return None


def read_suppliers(draft: Draft, kind: str | None, headline: Headline | None) -> tuple[tuple[Field, ...], bool]:
    """Return the winners, or the candidates where no one has won yet, and whether they are candidates."""
    if kind == "tender" and draft.is_han:
        fields = names_of(draft, [item for item in draft.of("candidate") if item.entry.context == "candidate"])
        return fields, bool(fields)
    if kind not in {"award", "contract", "other", None}:
        return (), False
    is_proposal = headline is not None and "候选" in headline.folded
    winners = [] if is_proposal else _winners(draft)
    fields = names_of(draft, winners)
    if fields:
        return fields, False
    candidates = [*draft.of("candidate"), *(draft.of("supplier") if is_proposal else ())]
    fields = names_of(draft, candidates) or (names_of(draft, draft.of("bidder")) if is_proposal else ())
    if fields or is_proposal:
        return fields, bool(fields)
    return _told_winner(draft), False


def _told_winner(draft: Draft) -> tuple[Field, ...]:
    """Return the winner that a sentence names, where no label does."""
    for sheet in draft.sheets[:1]:
        lots = find_won_lots(sheet) if draft.is_han else []
        if lots:
            named = {sheet.folded[slice(*span)]: span for span, _, _ in reversed(lots)}
            return tuple(draft.text_field(sheet, *span, "in a sentence") for span in reversed(named.values()))
        span = find_firm(sheet, is_han=draft.is_han)
        if span is not None:
            return (draft.text_field(sheet, *span, "in a sentence"),)
    return ()


def _winners(draft: Draft) -> list[Found]:
    """Return the entries that name winners: stage words in the label, or a bare label where the award is told."""
    found = draft.of("supplier")
    awards = {(id(item.sheet), item.entry.group[0]) for item in draft.of("award_amount") if item.entry.group}
    best = [
        item
        for item in found
        if item.entry.rank == 1 or (item.entry.group and (id(item.sheet), item.entry.group[0]) in awards)
    ]
    if best:
        return best
    bare = [
        item for item in found if item.entry.rank == 2 and item.entry.context in {"supplier", "", "buyer", "agency"}
    ]
    tables = [item.entry.group[0] for item in bare if item.entry.group]
    if tables:
        bare = [item for item in bare if item.entry.group and item.entry.group[0] == tables[0]]
    return bare or [item for item in found if item.entry.rank == 4]


def names_of(draft: Draft, found: list[Found]) -> tuple[Field, ...]:
    """Return the names of suppliers that values hold, each once, in order of position."""
    fields: dict[str, Field] = {}
    for item in sorted(found, key=lambda item: (item.sheet.page.number, item.entry.start)):
        folded, entry = item.sheet.folded, item.entry
        if draft.is_han:
            spans = [*split_names(folded, entry.start, entry.end), *_listed(item)]
        else:
            spans = [_latin(folded, entry.start, entry.end)]
        for start, end in spans:
            span = name_span(folded, start, end)
            if span is None or (draft.is_han and not _is_supplier(folded[span[0] : span[1]], entry.layout)):
                continue
            field = draft.text_field(item.sheet, *span, f"label {entry.label.strip()}")
            fields.setdefault(str(field.value), field)
    return tuple(fields.values())


def _listed(item: Found) -> list[tuple[int, int]]:
    """Return the further lines of a numbered list (1.…公司, 2.…公司) whose first line is the value of a label."""
    sheet, entry = item.sheet, item.entry
    if entry.layout == "column" or not _NUMBERED.match(sheet.folded, entry.start):
        return []
    found = []
    for line in sheet.lines[sheet.line_at(entry.start) + 1 :][:_MAX_LIST]:
        if not _NUMBERED.match(sheet.folded, line.start):
            break
        found.append((line.start, line.end))
    return found


def _latin(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of a name without a date before it, a sum or place after it."""
    when = _WHEN.match(folded, start, end)
    if when:
        start = when.end()
    cut = _LATIN_CUT.search(folded, start, end)
    if cut and cut.start() > start:
        end = cut.start()
    note = _NOTE.search(folded, start, end)
    return start, note.start() if note and when else end


def _is_supplier(name: str, layout: str) -> bool:
    if is_company(name):
        return True
    return layout != "column" and len(name) >= 4 and not any(char in name for char in ",:0123456789") and name.isascii()

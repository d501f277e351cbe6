"""Statements in sentences, where no label stands: the public body that buys, the budget, in languages with capitals.

Read only for what a sentence says outright: a body's full name, and a sum that follows a word for a budget. Sums
beside words for a deposit, a fee or a fine are passed over.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from sousveil.data.organs import organ_words
from sousveil.read.sheet import Sheet
from sousveil.text.money import Money, iter_money

SAMPLE = 2_000
"""Characters in which sentences are read: who buys what for how much is said first."""

_BUDGET = re.compile(
    # English; Spanish; French; German; Italian, Portuguese, Polish; Arabic; Russian (starting, maximum price);
    # Ukrainian (expected cost)
    r"\b(?:budget|estimate[ds]?|estimated cost|worth|valued? at|tender value|contract value|ceiling"
    r"|up to a maximum|not[- ]to[- ]exceed)\b"
    r"|\bfunding\b|\bset aside\b|\bearmarked\b|\ballocated\b|\bprice tag\b|\bcost(?:ing)? (?:of|up to|about|around)\b"
    r"|\b(?:presupuesto|partida|importe base|valor estimado)\b"
    r"|\b(?:inversi[oó]n|contrato por|máximo de|licitaci[oó]n (?:por|de)|valorad[oa] en)\b"
    r"|\b(?:budget prévisionnel|montant estimé|estimé à|à hauteur de|à concurrence de|enveloppe|coûter|coût de)\b"
    r"|\b(?:haushaltsmittel|kosten (?:von|in höhe)|kostet|investition(?:en)?)\b"
    r"|\b(?:importo (?:a base|complessivo|stimato)|base d'asta|investimento|orçamento|szacunkow[a-z]{1,3})\b"
    r"|قيمة قدرها|بقيمة|بتكلفة|بكلفة|بميزانية"
    r"|\b(?:начальн|стартов|максимальн)[а-я]{2,4}\b|стоимост[ьию]{1,2}\b|выдел[а-я]{2,5}\b|потрат[а-я]{1,3}\b"
    r"|очікуван[а-я]{1,3} вартість|\bgeschätzt[a-z]{0,3}\b"
)
_NOT_BUDGET = re.compile(  # guarantee, deposit (Spanish, French, Russian, Arabic), fine, booklet of conditions
    r"bond|security|deposit|fee\b|penalty|per (?:year|month|unit|annum)"
    r"|garantía|fianza|caution|обеспечени|штраф|تأمين|كراس"
)
_SETTLED = re.compile(
    r"\b(?:not[- ]to[- ]exceed|in (?:an|the) amount of|purchase order of|for a total of|at a cost of"
    r"|contract value(?: for [^£$€.\n]{1,24})?(?: of)?)\b[: ]?"
    r"|\b(?:adjudicad[oa]|adjudicataria|adjudicar|adjudicó|attribué)\b[^\n]{0,160}?"
    r"(?:importe de|cantidad de|montant de|por|pour) "
    r"|\b(?:han? adquirido|adquirió|compró|contrató)\b[^\n]{0,240}? por (?:un )?(?:importe|valor|total)(?: total)? de "
    r"|\b(?:awarded|won|signed|secured)\b[^.\n]{0,80}?\b(?:contract|deal|order)\b[^.\n]{0,40}?\b(?:worth|valued at|of) "
    r"|\b(?:zuschlag|beauftragt)\b[^.\n]{0,80}?\b(?:für|von|zum preis von) (?:rund |knapp |etwa )?(?=\d)"
    r"|(?:победил|выиграл)[а-я]{0,3}[^.\n]{0,120}?цена "  # won …, price
)
_ABOUT = re.compile(r"\b(?:about|around|approximately|nearly|circa)[ ]$")
_SHORT_REACH = 12
_BESIDE = re.compile(r"\b(?:with|and|or) (?:the )?$")
"""A body that another one works with is not the one that buys."""
_CUSTOMER = re.compile(  # the customer is «…»; customer – the body; the body (hereinafter: customer)
    r"[Зз]аказчик(?:ом|ами)? (?:выступает|выступила?|является|стал[ао]?) «?(?P<body>[^«»,.\n]{6,110})"
    r"|[Зз]аказчик[а]? [-–—] (?P<body3>[А-ЯЁ][^,.\n]{8,140})"
    r"|(?:действия |действий |^|\n)(?P<body2>[А-ЯЁ][^,;:.\n()]{5,110}?) \(далее\s?[-–—]?\s?(?:также )?[Зз]аказчик"
)
_CONTRACT = re.compile(
    r"[ ](?:(?:contract|tender|procurement|purchase|project)\b"
    r"|(?:is |was |were |are )?(?:set aside|earmarked|allocated)\b|выделят|потратят|направят|обойд)"
)
_REACH = 72
_LEAD = 600
"""Characters in which a bare sum before the word contract counts: the lead of a report."""


_FIRM = (
    r"(?:Inc\.?|Ltd\.?|LLC|Corp\.?|Corporation|Limited|plc|PLC|GmbH|AG|S\.A\.|S\.L\.|SAS|S\.A\.S\.|B\.V\.|AB|A/S|Oy)"
)
_WORD = r"[A-Z][\w&.'-]*"
_WITH_FIRM = re.compile(  # awarded to, contract with, from
    rf"(?:(?<=\) )|(?<=\. )|^)(?P<firm2>[^\W\d_][\w«»\" &-]{{2,40}}?)(?=[ ](?:победил|выиграл))"  # … has won
    rf"|\b(?:[Aa]djudicad[oa]|[Aa]djudicataria|[Aa]djudicar|[Aa]djudicó|[Aa]ttribué)[^.\n]{{0,24}}? (?:a|à)(?: la| el)?"
    rf"(?: empresa| mercantil| société)? (?P<firm4>{_WORD}(?:[ ](?:{_WORD}|de|y|&)){{0,5}}"
    r"(?:, (?:S\.[AL]\.?U?\.?|S[AL]U?))?)"
    rf"|\b(?:a|con|por) la (?:empresa|firma|mercantil|compañía|sociedad) "
    rf"(?P<firm5>{_WORD}(?:[ ](?:{_WORD}|de|y|&)){{0,4}})"
    rf"|\b(?:retenu|choisi|sélectionné|attribué à|confié à|notifié à) (?:la société|l'entreprise|le groupement) "
    rf"(?P<firm6>{_WORD}(?:[ ](?:{_WORD}|et|&)){{0,4}})"
    rf"|\b(?:Zuschlag|Auftrag)[^.\n]{{0,40}}? (?:an|erhielt|erhält|bekam) (?:die )?(?:Firma )?"
    rf"(?P<firm7>{_WORD}(?:[ ]{_WORD}){{0,4}})"
    r"|(?:победител|подрядчик|исполнител|поставщик)[а-я]{0,3}[^.\n]{0,40}? "  # winner, contractor … company «…»
    r"(?:компани[а-я]{1,2}|фирм[а-я]|ООО|АО|ПАО) "
    r"[«\"](?P<firm8>[^»\"\n]{3,60})[»\"]"
    rf"|\bfrom (?P<firm9>{_WORD}(?:[ ]{_WORD}){{0,4}}) (?=in the amount of|at a cost of|for an? (?:total|amount))"
    rf"|\b(?:was|were|been|is|bid) awarded to (?:the )?(?P<firm3>{_WORD}(?:[ ](?:{_WORD}|of|and|&)){{0,6}})"
    rf"|\b(?:with|from|to|by)[ ](?P<firm>{_WORD}(?:[ ,]{{1,2}}(?:{_WORD}|of|and|&)){{0,6}}?,?[ ]{_FIRM})(?!\w)"
)
_FIRM_GROUPS = ("firm", "firm2", "firm3", "firm4", "firm5", "firm6", "firm7", "firm8", "firm9")
_NEXT_SENTENCE = re.compile(r"(?<=[a-zß-ÿ]{4})\. (?=[A-ZÀ-Þ])")
"""A name that runs over the end of its sentence: SIRIS-protection. Cette …"""
_FORM_END = re.compile(rf"[ ]{_FIRM}$")
_NAME = r"(?P<firm>[\u4e00-\u9fff()]{4,40}?公司)"  # company
_WINNER = re.compile(
    rf"(?:由|确定)\s?{_NAME}\s?(?:以[^,。;\n]{{3,24}})?(?:为)?(?:中标|成交|中选|承建)"  # won by … (for …)
    rf"|(?:中标|成交)(?:人|单位|供应商)?(?:为|是)\s?{_NAME.replace('firm', 'firm2')}"  # the winner is …
    rf"|(?<![\u4e00-\u9fff]){_NAME.replace('firm', 'firm3')}[^;。\n]{{0,20}}第[1一]名"  # …, ranked first
)
_FIRM_AND_SUM = re.compile(  # … company, won (accepted, contract) price, sum: told lot by lot
    r"(?<![\u4e00-\u9fff])(?P<firm>[\u4e00-\u9fff()]{4,40}?公司),[ ]?(?:中标|成交)总?(?:金额|价格|价|报价)"
    r"(?:为|是|:){0,2}(?=[ ¥]{0,2}\d)"
)
MAX_LOTS = 40
"""Lots that a paragraph tells one after the other."""
_WON_AT = re.compile(  # for … yuan (price, bid): won
    r"以(?=[\d.,]{1,16}[万亿]?元的?(?:价格|报价|总价|中标价|成交价)?(?:中标|成交|中选))"
)
_WON_FOR = re.compile(  # won, contract: sum, price, total; is, about, yuan
    r"(?:(?:中标|成交|合同)(?:总)?(?:金额|价格|价|报价|总价)|(?<=年)总价(?=人民币)"
    r"|(?<=[\n、.: ])总价(?=人民币|为|是|:))(?:\([^()]{0,12}\))?"
    r"(?:为|是|人民币|约|共计|:|\s){0,4}(?=[\d¥零壹贰叁肆伍陆柒捌玖拾])"
)


def _without_stop(sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """Return the span of a name without the stop of its sentence; the stop of S.L. or Inc. belongs to it."""
    stop = _NEXT_SENTENCE.search(sheet.page.text, start, end)
    end = stop.start() if stop else end
    is_form = _FORM_END.search(sheet.page.text, start, end) is not None
    return (start, end) if is_form or sheet.page.text[end - 1] != "." else (start, end - 1)


def find_firm(sheet: Sheet, *, is_han: bool) -> tuple[int, int] | None:
    """Return the span of the company that a sentence says has won, or None."""
    if not is_han:
        match = _WITH_FIRM.search(sheet.page.text, 0, SAMPLE)
        name = next((name for name in _FIRM_GROUPS if match[name]), None) if match else None
        return None if match is None or name is None else _without_stop(sheet, *match.span(name))
    match = _WINNER.search(sheet.folded, 0, 2 * SAMPLE)
    if match is None:
        return None
    return next(match.span(name) for name in ("firm", "firm2", "firm3") if match[name])


def find_won_lots(sheet: Sheet) -> list[tuple[tuple[int, int], int, Money]]:
    """Return the firms that sentences name with the sum each has won: span, offset of the text of the sum, sum."""
    found = []
    for match in islice(_FIRM_AND_SUM.finditer(sheet.folded, 0, 2 * SAMPLE), MAX_LOTS):
        money = next(iter_money(sheet.folded[match.end() : match.end() + _REACH].replace("\n", " ")), None)
        if money is not None and _is_next(money) and not money.per:
            found.append((match.span("firm"), match.end(), money))
    return found


def find_won_sum(sheet: Sheet) -> tuple[int, Money] | None:
    """Return the offset of the text a sum won was found in, and the sum, or None."""
    match = _WON_FOR.search(sheet.folded, 0, 2 * SAMPLE) or _WON_AT.search(sheet.folded, 0, 2 * SAMPLE)
    if match is None:
        return None
    money = next(iter_money(sheet.folded[match.end() : match.end() + _REACH].replace("\n", " ")), None)
    return None if money is None or not _is_next(money) or money.per else (match.end(), money)


def _is_next(money: Money) -> bool:
    """Return whether a sum stands next to the words before it; of a sum written twice the words do."""
    return money.start <= 2 or (money.words_agree is not None and money.start <= _REACH // 2)


@cache
def _body() -> re.Pattern[str]:
    kinds = [word.title() for word in organ_words("public", "en") if " " not in word]
    of = [word.title().removesuffix(" Of") for word in organ_words("public", "en") if word.endswith(" of")]
    spanish = [word.title().replace(" De", " de") for word in organ_words("public", "es")]
    russian = [f"(?:{word[0].upper()}|{word[0]}){word[1:]}" for word in organ_words("public", "ru")]
    arabic = organ_words("public", "ar")
    capital = r"[A-Z][\w&.-]*"
    two_words = [word.title() for word in organ_words("public", "en") if " " in word and not word.endswith(" of")]
    some_kind = "|".join(kinds + two_words)
    past = "ил|ал|ел|ла|ло|ли|лся|лась|лось|лись"
    verb = rf"[а-яё]{{1,20}}(?:{past}|ет|ит|ют|ят|ется|ится|ются|ятся)\b"  # Russian: what the body did, does
    return re.compile(
        rf"(?<!\w)(?:(?:{'|'.join(of)}|Office|Bureau|Agency|Directorate|Commission) (?:of|for) (?:the )?{capital}"
        rf"(?:,? (?:and |of |the |for |& ){{0,2}}{capital}){{0,6}}"
        rf"|(?!The |A |An |In ){capital}(?: {capital}){{0,5}} (?:{some_kind})(?!\w)(?: (?:Service|Department|Limited))?"
        rf"|(?!The ){capital} (?:Office|Ministry)(?!\w)"
        r")(?: \([A-Z]{2,8}\))?"
        rf"|(?<!\w)(?:{'|'.join(spanish)})(?: (?:la |las |los |el |del |de ){{0,2}}[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+){{1,5}}"
        rf"|(?<!\w)(?:{'|'.join(russian)})(?: (?!{verb})[А-ЯЁа-яё-]{{3,30}}){{0,4}}"
        rf"|(?<!\w)(?:{'|'.join(arabic)}) [ء-ي]{{3,20}}(?: ال[ء-ي]{{2,18}}ية)?"
    )


def find_body(sheet: Sheet) -> tuple[int, int] | None:
    """Return the span of the first public body named in the sentences of a page, or None."""
    matches = _body().finditer(sheet.page.text, 0, SAMPLE)
    match = next(
        (each for each in matches if not _BESIDE.search(sheet.folded, max(0, each.start() - 12), each.start())), None
    )
    if match is None:
        return None
    end = match.end()
    while sheet.page.text[end - 1] in " .,":
        end -= 1
    return match.start(), end


def find_customer(sheet: Sheet) -> tuple[int, int] | None:
    """Return the span of the body that a Russian sentence calls the customer, or None."""
    match = _CUSTOMER.search(sheet.page.text, 0, SAMPLE)
    return None if match is None else match.span(next(name for name in ("body", "body2", "body3") if match[name]))


def find_settled(sheet: Sheet) -> tuple[int, Money] | None:
    """Return the offset and the sum that a sentence says was agreed: not to exceed, purchase order of; or None."""
    for match in _SETTLED.finditer(sheet.folded, 0, SAMPLE):
        money = next(iter_money(sheet.folded[match.end() : match.end() + _REACH]), None)
        if money is not None and money.start <= _SHORT_REACH and not money.per:
            return match.end(), money
    return None


def find_budget(sheet: Sheet, *, is_settled: bool = False) -> tuple[int, Money] | None:
    """Return the offset of the text a budget was found in, and the sum, or None.

    Args:
        sheet: the page.
        is_settled: the notice tells of a purchase that was agreed: its value is no budget.
    """
    folded = sheet.folded[:SAMPLE]
    for match in _BUDGET.finditer(folded):
        if is_settled and _SETTLED.match(folded, match.start()):
            continue
        window = folded[match.end() : match.end() + _REACH]
        money = next(iter_money(window), None)
        if money is None or money.per:
            continue
        between = window[: money.start]
        if "." not in between.rstrip(". ") and not _NOT_BUDGET.search(between + window[money.end : money.end + 12]):
            return match.end(), money
    for money in () if is_settled else iter_money(folded[:_LEAD]):
        is_told = _CONTRACT.match(folded, money.end) or _ABOUT.search(folded, 0, money.start)
        if is_told and not money.per and not _NOT_BUDGET.search(folded[max(0, money.start - 30) : money.end + 12]):
            return 0, money
    return None

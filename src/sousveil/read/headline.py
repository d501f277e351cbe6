"""The headline of a page: the line that names the notice, and whether a portal's date line stands under it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sousveil.read.bodies import is_body_line
from sousveil.read.draft import Draft
from sousveil.read.grammar import meaning_of
from sousveil.read.kind import has_type_word, without_type_words
from sousveil.read.sheet import Line, Sheet

MAX_HEADLINE = 320
MAX_HEAD_LINES = 14
"""Lines in which a headline is looked for; menus that survive parsing are breadcrumbs of one or two lines."""
_LABELS_ABOVE = 2
_MAX_NAME = 160
"""A longer line below a bare headline is the first paragraph, not the name."""
_LEAST_NAME = 24
"""Letters that a headline in another script has besides the kind of notice, where it names a purchase."""
_CRUMB = re.compile(r"首页|当前位置|您的位置|您现在|home\s*[>/]|[>»›/]\s*[^>»›\n]{1,20}\s*[>»›]")
_NOT_HEAD = re.compile(
    r"(?:\d{1,4}|第\s?\d+\s?页.{0,12}|公告概要:?|目\s*录|[-=_*]{3,}.{0,3}|附件.{0,6}|打印|关闭|分享.{0,10}|正文:?"
    r"|[\u4e00-\u9fff]{2,20}(?:网|网站|采购平台|交易平台|招标平台|商务平台|发布平台|服务平台)"  # a portal's name
    r"(?:\([^()]{1,6}\))?)$"
)
_LATIN_PORTAL = re.compile(  # the name of a portal: at most five words, the last one for a service
    r"(?:\S+ ){0,4}(?:service|portal|platform|finder|website|plataforma|contrataci[oó]n|plattform|vergabeportal)"
    r"(?: \([^()]{1,12}\))?$"
)
_WORK = re.compile(r"项目|采购|工程|服务|设备|系统|平台|建设|维护|租赁|购置|改造|更新")
_ENDS = re.compile(r"(?:公告|公示|文件|通知|意向|公开|结果|邀请|邀请函|告知|更正|告示|预告|书)(?:\([^()]{1,12}\))?$")
_DATE_LINE = re.compile(
    r"(?:发布|发表|公告|公布|信息)(?:时间|日期)|来源"  # time or date of publication; source
    r"|^\[[\u4e00-\u9fff]{2,8}\][ ]*20\d\d[-年/.]\d{1,2}[-月/.]"  # [福建] 2026-08-18
    r"|20\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ ]*(?:\d{1,2}:\d\d(?::\d\d)?)?[ ]*[^\d\s]{0,24}$"
)
_BRACKET = re.compile(r"\([^()]{0,20}\)")
_FORM = re.compile(
    r"[\u4e00-\u9fff]{2,9}?[省市县区](?=政府采购|公共资源)|政府采购|公共资源|货物和服务|(?:范围|内容|功能)及要求|用户需求书?|货物|服务|工程|项目|文件|示范文本|中心|交易|www\S+|电子|标准|格式|文本|通用|\s|\d|类"
)
_SENTENCE = re.compile(
    r"受[^。\n]{4,40}委托|[。;]$|签订本合同|公告如下|公示如下|特此"
    r"|^[一二三四五六七八九十]{1,3}、(?:.*:$|[^:]{2,12} [^:]{2,10}:)"
)
"""A line that says in a sentence what is done (on behalf of, as follows, hereby) and names nothing."""
_LATIN_SENTENCE = re.compile(
    r", \d{1,5} [^,\d]+, |^\d{1,2}[.)] |\binvites\b|rights reserved|:$"
    r"|^[^.]{4,}\b(?:is|are|was|were|shall|will|must|may|has|have)\b[^.]*\.$"
)
"""An address, a numbered paragraph, a sentence that goes on below."""
_SENTENCES = re.compile(r"^(?=.{120}).*[a-z]{4}\. [A-Z].*\.$")
"""A paragraph: a headline of several sentences is short."""
_NO_NAME = re.compile(
    r"[←→↗↑↓»]|^#|^[ ]*(?:[$€£¥]|[a-z]{3} )[ ]?\d|^issue - "
    r"|^(?:reasons? for (?:the )?decisions?|executive summary|decisions? taken|background|summary|recommendations?)$"
    r"|^(?:council|agenda) item\b.{0,30}$"
    r"|^(?:report of|presented by|meeting:|posted by|published by|to be introduced)\b"
)
"""Links to other pages, sums, headings of the papers of councils, who reports to whom."""
_SECTION = re.compile(r"(?:[一二三四五六七八九十]{1,3}、|\d{1,2}(?:\.\d{1,2}){1,3}[. ])")
"""A numbered section of a document: its heading names the section."""
_LIST = re.compile(r"^[a-z\d一二三四五六七八九十]{1,3}[.、)][^:]{0,40}(?:清单|一览表|明细表)$")
"""The heading of a list: it names its rows."""
_MAX_HAN = 120
"""The longest Chinese title is a line; beyond it, with stops inside, a paragraph that a page runs together."""
_STOPS = re.compile(r"[。;,]")
_NAMES = re.compile(r"[\u4e00-\u9fff]{0,8}(?:目录|名称|主题|标的|下载|标题):$")
"""Words before a colon that announce a name: table of contents, name, subject, download, title."""
_TAG = re.compile(r"(?:\[[^\[\]\n]{1,14}\]|<[^<>\n]{1,14}>)\s*")


@dataclass(frozen=True, slots=True)
class Headline:
    """The line that names the notice.

    Attributes:
        sheet: its page.
        start: first character, without a tag such as [招标] (tender) or 【福建】.
        end: end, exclusive; a headline broken over lines is taken whole.
        tag: the tag before it.
        has_date_line: a line with date and source stands under it: it is the portal's own headline.
        has_stage: it holds a word of the kind of notice.
    """

    sheet: Sheet
    start: int
    end: int
    tag: str
    has_date_line: bool
    has_stage: bool

    @property
    def is_bare(self) -> bool:
        """Whether it says no more than the kind of notice."""
        return len(without_type_words(self.folded).strip(" .-:")) < _LEAST_NAME

    @property
    def is_announcement(self) -> bool:
        """Whether it ends in a word for an announcement, a file, a letter."""
        return _ENDS.search(self.folded) is not None

    @property
    def folded(self) -> str:
        """The headline as folded."""
        return self.sheet.folded[self.start : self.end]


def find_headline(draft: Draft) -> Headline | None:
    """Return the headline of the first page that has one among its first lines, or None."""
    for sheet in draft.sheets[:2]:
        best: Headline | None = None
        labels = 0
        for place, line in enumerate(sheet.lines[:MAX_HEAD_LINES]):
            labels += line.meaning is not None
            if labels >= _LABELS_ABOVE and not draft.is_han and best is None:
                break  # what stands below the labels of a form is one of its values
            candidate = _candidate(sheet, place, line, is_han=draft.is_han)
            if candidate is None:
                continue
            if candidate.has_date_line or (draft.is_han and (candidate.has_stage or _WORK.search(candidate.folded))):
                return candidate
            is_name = line.end - line.start <= _MAX_NAME and not candidate.is_bare
            if best is None or (best.is_bare and not draft.is_han and is_name):
                best = candidate
        if best:
            return best
    return None


def _candidate(sheet: Sheet, place: int, line: Line, *, is_han: bool) -> Headline | None:
    text, raw = sheet.folded[line.start : line.end], sheet.page.text[line.start : line.end]
    if not 5 <= len(text) <= MAX_HEADLINE or line.has_cells or line.meaning is not None:
        return None
    if _CRUMB.search(text) or _NOT_HEAD.match(text) or (line.colon >= 0 and _is_label_line(sheet, line)):
        return None
    if (
        _SENTENCE.search(text)
        if is_han
        else (_LATIN_PORTAL.match(text) or _LATIN_SENTENCE.search(text) or _SENTENCES.search(raw))
    ):
        return None
    if _NO_NAME.search(text) or (
        is_han
        and (
            _SECTION.match(text) or "。" in text or _LIST.match(text) or (len(text) > _MAX_HAN and _STOPS.search(text))
        )
    ):
        return None
    if _is_date_line(text) or (is_form(text) if is_han else is_body_line(sheet, line.start, line.end)):
        return None
    tag = _TAG.match(text)
    start = line.start + (tag.end() if tag else 0)
    if not (_WORK.search(text) or has_type_word(text)) if is_han else not _is_phrase(text):
        return None
    end, after = _whole(sheet, place, line)
    follows = sheet.lines[after] if after < len(sheet.lines) else None
    has_date_line = (
        is_han
        and follows is not None
        and follows.end - follows.start < 90
        and "。" not in sheet.folded[follows.start : follows.end]
        and bool(_DATE_LINE.search(sheet.folded, follows.start, follows.end))
    )
    return Headline(
        sheet,
        start,
        end,
        tag.group().strip() if tag else "",
        has_date_line,
        has_type_word(sheet.folded[start:end]),
    )


def _is_date_line(text: str) -> bool:
    """Return whether a line is the date and source under a headline: little stands before the date."""
    match = _DATE_LINE.search(text)
    return match is not None and len(text) < 60 and match.start() <= 12 and not _ENDS.search(text)


def _is_phrase(text: str) -> bool:
    """Return whether a line says more than a kind of notice and a number."""
    words = [word for word in without_type_words(text).split() if word.isalpha() and len(word) > 2]
    return len(words) >= 2 and sum(map(len, words)) >= 10


def is_form(text: str, least: int = 5) -> bool:
    """Return whether a line names only a kind of document (某市政府采购公开招标文件), not what is bought.

    Args:
        text: the line, folded.
        least: letters that a name has besides the words of forms.
    """
    rest = _FORM.sub("", without_type_words(_BRACKET.sub("", text)))
    return len(rest.strip()) < least


def _is_label_line(sheet: Sheet, line: Line) -> bool:
    """Return whether a line is ``label: value`` rather than a headline with a colon in it."""
    folded = sheet.folded
    label = folded[line.start : line.colon].strip()
    if meaning_of(label) is not None:
        return True
    if label.isascii():
        return len(label) <= 40 and folded[line.colon + 1 : line.colon + 2] == " " and not has_type_word(label)
    return len(label) <= 12 and not _ENDS.search(folded[line.start : line.end])


def _whole(sheet: Sheet, place: int, line: Line) -> tuple[int, int]:
    """Return the end of a headline that may go on in the next line or two, and the line after it."""
    if _ENDS.search(sheet.folded[line.start : line.end]):
        return line.end, place + 1
    for number in range(place + 1, min(place + 3, len(sheet.lines))):
        follow = sheet.lines[number]
        text = sheet.folded[follow.start : follow.end]
        if (
            follow.has_cells
            or follow.colon >= 0
            or follow.meaning is not None
            or _DATE_LINE.search(text)
            or _CRUMB.search(text)
            or len(text) > 60
        ):
            break
        if _ENDS.search(text) and len(text) > 3:
            joined = sheet.folded[line.start : follow.end]
            return (follow.end, number + 1) if joined.count("\n") <= 3 else (line.end, place + 1)
    return line.end, place + 1

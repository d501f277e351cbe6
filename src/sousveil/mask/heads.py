"""Heads of table columns: which say that names, phones, accounts or personal numbers stand below them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sousveil.mask.lexicon import lexicon

MAX_HEAD = 30
"""Characters of a head of a column, with the blanks that forms print between them."""
_MARKS = re.compile(r"[\s:*]+")
_SIGNED = re.compile(r"\(?(?:签字|签名|签章|姓名|名字|签到)\)?$")  # signature, signature, seal, name, name, present
# person, member, delegate, expert, juror: what ends a label that can only head names
_PERSONS = ("人", "员", "代表", "专家", "评委")
# number of a certificate, of a registration, licence to practise, identity card; only beside a column of names
_PAPERS = re.compile(r"证书|证号|注册编号|注册号|执业|身份证|证件")
_ANY_NAME = frozenset({"name", "nombre", "nom", "nome", "имя"})
"""Name, of whom or what is open: a person's where another head of the row says so."""
_OF_PERSONS = frozenset(
    [
        "role",
        "position",
        "function",
        "phone",
        "telephone",
        "tel",
        "mobile",
        "title",
        "email",
        "e-mail",
        "qualification",
        "qualifications",
        "signature",
        "cargo",
        "puesto",
        "teléfono",
        "firma",
        "fonction",
        "téléphone",
        "funktion",
        "telefon",
        "unterschrift",
        "должность",
        "телефон",
    ]
)


def plain_head(cell: str) -> str:
    """Return what a cell says without blanks and marks, or an empty text where it is too long for a head."""
    cell = cell.strip()
    if len(cell) > MAX_HEAD:
        return ""
    return "".join(_MARKS.split(cell)) if not cell.isascii() else cell.rstrip(":")


@lru_cache(maxsize=4096)
def head_kind(plain: str) -> str:
    """Return what stands below a head: ``name``, ``phone``, ``bank``, ``id``, ``paper``, ``any name``, or nothing.

    >>> [head_kind(head) for head in ("授权代表签字", "银行卡号", "执业资格证书", "数量")]
    ['name', 'bank', 'paper', '']
    """
    words = lexicon()
    if plain in words.columns:
        return "name"
    if plain in _ANY_NAME:
        return "any name"
    stem = _NOTE.sub("", plain)
    if stem != plain and stem:
        return head_kind(stem)
    longer = _longer_head(plain)
    if longer:
        return longer
    stem = _SIGNED.sub("", plain)
    label = words.by_text.get(stem)
    if label and label.kind == "name" and label.strength == "strong" and label.language == "zh":
        return "name" if stem != plain or plain.endswith(_PERSONS) else ""
    if label and stem == plain and label.kind in {"phone", "bank", "id"}:
        return label.kind
    return "paper" if _PAPERS.search(plain) else ""


_NOTE = re.compile(r"\([^()]*\)")
"""What stands in brackets in a head: 项目经理（建造师）."""
_MORE_NAMES = re.compile(
    "(?:联系人|经办人?|负责人|项目经理|代表人?|代理人|姓名|名字|专家|评委|委员|监督人员?|评审人员|参会人员|工作人员|法人|经营者|联络人)$"
)
"""Contact, handler, in charge, manager, delegate, agent, name, expert, juror …: what longer heads of names end in."""
_MORE_PHONES = re.compile("(?:手机号?码?|电话号?码?|联系方式|联系电话)$")
_NO_PERSON = re.compile("单位|公司|机构|数量|人数|资格|要求|意见|评分|得分|类别|费")
"""Unit, company, body, number, qualification, opinion, score, kind, fee: the head is not of names for all that."""
MAX_LONGER = 14
"""Characters of such a head."""


def _longer_head(plain: str) -> str:
    """Return the kind of a head that only ends in a known word: 采购单位联系人, 拟任项目经理, 经办人手机."""
    if not 2 < len(plain) <= MAX_LONGER or plain.isascii():
        return ""
    if _MORE_PHONES.search(plain):
        return "phone"
    names = _MORE_NAMES.search(plain)
    return "name" if names and not _NO_PERSON.search(plain, names.start()) else ""


@lru_cache(maxsize=8192)
def kind_of_cell(cell: str) -> str:
    """Return what a cell read as a head says of what stands below or behind it; see ``head_kind``."""
    return head_kind(plain_head(cell))


def heads_in_row(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the kind of each cell of a row read as heads; numbers of papers and bare names count beside persons only.

    >>> heads_in_row(["name", "role", "phone"]), heads_in_row(["name", "quantity"])
    (('name', '', 'phone'), ('', ''))
    """
    return _kinds_of_row(tuple([cell if len(cell) <= 2 * MAX_HEAD else "" for cell in cells]))


@lru_cache(maxsize=4096)
def _kinds_of_row(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of a row's cells; names and numbers are each looked for in the lines and in the table."""
    kinds = [kind_of_cell(cell) if cell else "" for cell in cells]
    if "any name" in kinds:
        plain = [plain_head(cell) for cell in cells]
        named = "name" if not _OF_PERSONS.isdisjoint(plain) else ""
        kinds = [named if kind == "any name" else kind for kind in kinds]
    if "paper" in kinds:
        paper = "id" if "name" in kinds else ""
        kinds = [paper if kind == "paper" else kind for kind in kinds]
    return tuple(kinds)

"""Labelled notices of invented purchases (bench/purchases/*.yml), and the text of each as a portal would print it.

The skeletons follow the order of headings that Chinese portals use since 2020, an older run of labels, and an English
one; what says nothing about the purchase (who may bid, where to ask) is the same on every page of one skeleton, as on
real portals, so that texts of different purchases have much in common.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).with_name("purchases")
TYPES = {
    "i": "intention",
    "r": "requirements",
    "t": "tender",
    "x": "correction",
    "e": "termination",
    "a": "award",
    "c": "contract",
    "v": "contract",
}


@dataclass(frozen=True)
class Case:
    """A notice with what it prints, and the purchase that it is of."""

    id: str
    purchase: str
    trap: str
    values: dict[str, Any]
    text: str

    @property
    def type(self) -> str:
        """Type of the notice as the labels have it."""
        return TYPES[self.values["t"]]


@dataclass(frozen=True)
class Truth:
    """A purchase as labelled: its known amount and the rule, None where nothing was bought or said."""

    id: str
    trap: str
    total: float | None
    rule: str | None
    country: str
    currency: str


def load() -> tuple[list[Case], list[Truth]]:
    """Return all notices and all purchases."""
    cases: list[Case] = []
    truths: list[Truth] = []
    for path in sorted(FOLDER.glob("*.yml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            country = row.get("country", "CN")
            truths.append(Truth(row["id"], row["trap"], row["total"], row["rule"], country, row.get("cur", "CNY")))
            cases.extend(_cases(row))
    return cases, truths


def _cases(row: dict[str, Any]) -> Iterator[Case]:
    made: list[dict[str, Any]] = []
    for place, notice in enumerate(row["notices"]):
        shared = {
            "num": row["num"],
            "by": row["buyer"],
            "cur": row.get("cur", "CNY"),
            "country": row.get("country", "CN"),
            "need": row["need"],
        }
        base = made[notice["copy"]] if "copy" in notice else shared
        days = {key: str(notice[key]) for key in ("d", "dl") if key in notice}
        values = {**base, **notice, **days}
        if "copy" in notice:
            values["printed"] = base  # what the original page prints stands in the copy's text
        made.append(values)
        yield Case(f"{row['id']}/{place}", row["id"], row["trap"], values, render(values))


def render(values: dict[str, Any]) -> str:
    """Return the page of a notice."""
    printed = {**values.get("printed", values)}
    if values.get("blind"):
        printed.update(num="******", by="某单位")
    body = "\n".join(_english(printed) if printed["country"] not in {"CN", "TW"} else _chinese(printed))
    if values.get("blind"):
        body = body.replace(values["by"], "某单位")
    body = body[: int(len(body) * values.get("cut", 1))]
    before, after = FRAMES[values.get("frame", "")]
    title = values["title"]
    return (
        f"{before}{title}\n发布时间：{values['d']}\n{body}\n{after}"
        if printed["country"] in {"CN", "TW"}
        else (f"{before}{title}\nPublication date: {values['d']}\n{body}\n{after}")
    )


FRAMES = {
    "": ("", ""),
    "province": (
        "首页 | 政采法规 | 购买服务 | 监督检查 | 信息公告 | 国际专栏\n当前位置：首页 » 政采公告 » 地方公告\n",
        "主办单位：省财政厅 技术支持：省政府采购中心 网站标识码 版权所有 未经许可不得转载\n",
    ),
    "aggregator": (
        "招标信息网 首页 招标 中标 拟建 企业 会员中心 登录 注册 免费试用\n【查看更多同类信息】\n",
        "来源：互联网 免责声明：本站信息来自公开网络，仅供参考，以原发布网站为准。相关推荐 猜你喜欢 联系客服\n",
    ),
}
_WHO = (
    "二、申请人的资格要求：满足《中华人民共和国政府采购法》第二十二条规定；未被列入失信被执行人、重大税收违法失信主体名单；"
    "单位负责人为同一人或者存在直接控股、管理关系的不同供应商，不得参加同一合同项下的政府采购活动；本项目不接受联合体投标。\n"
    "三、获取采购文件：供应商登录政府采购云平台在线申请获取，免费。"
)
_ASK = (
    "五、公告期限：自本公告发布之日起5个工作日。\n六、其他补充事宜：供应商认为采购文件使自己的权益受到损害的，可以在知道或者应"
    "知其权益受到损害之日起七个工作日内，以书面形式向采购人和采购代理机构提出质疑。\n"
    "七、对本次采购提出询问，请按以下方式联系：采购人信息、采购代理机构信息、项目联系方式见采购文件。"
)


def _chinese(values: dict[str, Any]) -> list[str]:
    """Return the lines of a notice in the skeleton of its kind."""
    is_old = int(hashlib.sha256(str(values["need"]).encode()).hexdigest(), 16) % 4 == 0
    lines = [] if is_old else ["项目概况", f"{values['need']}。"]
    lines += ["一、项目基本情况"] if values["t"] in "itrx" else []
    label = "原公告的采购项目编号" if values["t"] == "x" and values.get("rel") else "项目编号"
    if values["num"]:
        lines.append(f"项目编号：{values['num']}")
    if values.get("rel"):
        lines.append(f"{label if values['t'] == 'x' else '框架协议项目编号'}：{values['rel']}")
    if values.get("con"):
        lines.append(f"合同编号：{values['con']}")
    lines.append(f"采购人：{values['by']}")
    lines += _sums(values)
    lines += _lots(values)
    if is_old:
        lines.append(f"采购内容：{values['need']}。")
    if values.get("dl"):
        year, month, day = values["dl"].split("-")
        lines.append(f"四、提交投标文件截止时间：{year}年{int(month)}月{int(day)}日09时30分")
    if values["t"] == "e":
        lines.append("终止原因：有效供应商不足三家，本次采购活动终止。")
    return [*lines, *([_WHO] if values["t"] == "t" else []), _ASK]


def _sums(values: dict[str, Any]) -> Iterator[str]:
    unit = {"CNY": "元", "USD": "美元", "TWD": "元"}.get(values["cur"], "元")
    if values.get("bud"):
        yield f"预算金额：{values['bud']:.2f}{unit}"
    if values.get("ceil"):
        yield f"最高限价：{values['ceil']:.2f}{unit}"
    names = values.get("sup", [])
    if values.get("cand"):
        yield from (f"第{place}中标候选人：{name}" for place, name in zip("一二三", names, strict=False))
    elif values["t"] in "cv":
        yield from (f"供应商（乙方）：{name}" for name in names)
        if "won" in values:
            yield f"合同金额：{values['won']:.2f}{unit}"
    elif names:
        yield from (f"中标（成交）供应商：{name}" for name in names)
        if "won" in values:
            yield f"中标（成交）金额：{values['won']:.2f}{unit}"


def _lots(values: dict[str, Any]) -> Iterator[str]:
    for number, budget, *rest in values.get("lots", []):
        won, name = [*rest, None, None][:2]
        if name == "failed":
            yield f"包{number}：废标，有效供应商不足三家"
        elif won is not None:
            yield f"包{number} 中标供应商：{name} 中标金额：{won:.2f}元"
        else:
            yield f"包{number} 预算金额：{budget:.2f}元"


def _english(values: dict[str, Any]) -> Iterator[str]:
    yield f"Contracting authority: {values['by']}"
    if values["num"]:
        yield f"Reference number: {values['num']}"
    if values.get("rel"):
        yield f"Framework reference: {values['rel']}"
    yield f"Short description: {values['need']}."
    for word, key in (("Estimated value", "bud"), ("Total value of the contract", "won")):
        if values.get(key):
            yield f"{word}: {values[key]:.2f} {values['cur']}"
    for name in values.get("sup", []):
        yield f"Contractor: {name}"
    for number, budget, *rest in values.get("lots", []):
        won, name = [*rest, None, None][:2]
        yield f"Lot {number}: {won or budget:.2f} {values['cur']} {name or ''}"
    if values.get("dl"):
        yield f"Time limit for receipt of tenders: {values['dl']}"
    yield "Economic operators may ask for review within the time limits set by national law. Tenders may be submitted"
    yield "electronically. The procurement documents are available for unrestricted and full access, free of charge."

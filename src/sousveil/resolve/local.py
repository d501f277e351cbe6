"""Places below the county in names of bodies: development zones, towns, subdistricts, villages; and city branches."""

from __future__ import annotations

import re

# kinds of zones: economic and technological development, high-tech, economic development, bonded, export processing,
# tourism, scenic, demonstration, industrial park, science park, logistics park, pilot, cooperation, new area, cluster
_ZONE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,10}?(?:经济技术开发区|高新技术产业开发区|高新技术开发区|高新技术产业园区|高新技术产业园"
    r"|经济开发区|高新区|经开区|开发区|综合保税区|保税区|保税港区|出口加工区|旅游度假区|度假区|风景名胜区|风景区"
    r"|示范区|工业园区|产业园区|科技园区|产业园|工业园|物流园区|园区"
    r"|自由贸易试验区|试验区|合作区|新区|新城|集聚区|功能区))"
)
_ZONE_NAMES = (
    ("高新技术产业开发区", "高新区"), ("高新技术开发区", "高新区"),
    ("高新技术产业园区", "高新区"), ("高新技术产业园", "高新区"),
    ("经济技术开发区", "经开区"), ("风景名胜区", "风景区"), ("旅游度假区", "度假区"),
)  # fmt: skip
# town, township, subdistrict, sumu; behind it government, office, Party committee. Not where 镇 begins a name: 镇江
TOWNSHIP = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,8}?(?:镇(?!区|江|远|海|安|平|宁|康|雄|赉|坪|巴|沅|原|痛|级)"
    r"|(?<!城)乡(?!村|镇|土|宁|城)|街道(?!口)|苏木))"
    r"(?P<rest>人民政府|政府|办事处|党工委|党委|$|(?=[\u4e00-\u9fff()]{2,}))"
)
# community, village, gacha; behind it villagers' or residents' committee, cooperative
VILLAGE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{1,8}?(?:社区|村|嘎查))(?P<rest>村民委员会|居民委员会|村委会|居委会|股份经济合作社|经济合作社|$)"
)


def branch_name(printed: str) -> str:
    """Return the usual spelling of a branch: without 区 (district) behind a proper name, zones in their short form.

    >>> branch_name("大河区分局"), branch_name("经济技术开发区分局")
    ('大河分局', '经开区分局')
    """
    name = printed.removesuffix("分局").removesuffix("公安")
    for long, usual in _ZONE_NAMES:
        name = name.replace(long, usual)
    if name.endswith("区") and not name.endswith(_ZONE_ENDS):
        name = name[:-1]
    return f"{name}分局"


_ZONE_ENDS = (
    "开发区",
    "高新区",
    "经开区",
    "新区",
    "景区",
    "园区",
    "保税区",
    "度假区",
    "示范区",
    "库区",
    "矿区",
    "林区",
)


def find_zone(rest: str) -> tuple[str, str] | None:
    """Return the development zone that a text begins with, in its usual spelling, and the rest.

    >>> find_zone("经济技术开发区管理委员会"), find_zone("高新区分局")
    (('经开区', '管理委员会'), None)
    """
    match = _ZONE.match(rest)
    if not match:
        return None
    name = match["name"]
    for long, usual in _ZONE_NAMES:
        name = name.replace(long, usual)
    after = rest[match.end() :]
    if after.startswith(("分局", "支队", "大队", "有限", "建设", "投资", "学校", "小学", "中学", "派出所")):
        return None
    return name, after

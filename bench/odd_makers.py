"""Makers for the sets of odd layouts: each half has its own names, bodies and ways to write numbers.

Nobody real is meant. Given names are drawn character by character from lists that no rule was made with, so that a
known given name proves little; bodies are new, too, and a part of them is spelt like persons.
"""

# ruff: noqa: E501 (lists of invented names read best on one line)

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from invented_numbers import digits, resident_id
from masking_makers import Maker, pick
from notice_makers import NOTICE_MAKERS

_DEV_SURNAMES = "王王王李李张张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武莫孔向汤褚靳纪骆翁路冉仲游房柯隋岑瞿鞠卓湛敖"
_BLIND_SURNAMES = "王王李李李张张张刘刘陈陈杨黄赵周吴徐孙马胡朱高林何郭马罗梁郑谢宋韩唐冯董于程袁邓许曾蔡彭潘吕苏蒋贾丁魏薛叶阎杜夏汪田任方石熊白毛邱秦侯江尹黎易常武贺赖龚文尚温庄申耿关焦左柳甘祝包宁舒阮项纪梅盛童霍翟葛安邢裴翁华路倪俞牟凌连鄢呼展楚逯"
_DEV_GIVEN = "建国华明强伟平军红英海峰丽玲芳涛勇波斌辉超鹏飞磊鑫洋浩宇杰俊凯旭东阳亮刚毅力诚信义仁礼智谦逊博雅静怡欣悦婷娟燕莉萍霞虹琴瑶琪璐莹颖菲薇蕾岩松柏桐林森泉溪源河湖清澜冬秋春夏晨曦暖晴雯云雨雪霜山川田野朗昊天佑成功达康宁安泰隆昌盛荣贵富有才德福禄寿喜长青永恒久远小大中正元亨利贞"
_BLIND_GIVEN = "志宏兵民生文武斌彬勤俭学问书香墨砚琴棋画诗词歌赋美娜敏慧兰菊梅竹桂荷莲芬芝萌蓉苹艳秀珍珠玉瑾瑜璇玑璟琨珂珊瑞祥和顺吉庆宝善良忠孝廉耻勇敢坚定根基岭峻峭崇岳昆仑洁润泽浩瀚涌汇津渡航帆舟楫鸿雁鹤凤鸣翔羽翼腾跃驰骋骏骁晓昕晖晗煜炜焕灿熠烨炎兴旺茂繁荟萃可凡非若如思念忆存心意之子夫君一二三五九十千百万"
_DEV_BODIES = [
    "云溪县公安局",
    "白河市公安局交警支队",
    "金沙区人民检察院",
    "高平县司法局",
    "于田镇人民政府",
    "马陵山监狱",
    "康平县公安局",
    "万年县财政局",
    "安国市第一中学",
    "雷山县公安局",
    "方庄街道办事处",
    "詹家岭派出所",
    "陶行知实验小学",
    "冯如航空职业学院",
]
_DEV_FIRMS = [
    "启衡数据有限公司",
    "东明安防工程有限公司",
    "李斯特（河北）智能技术有限公司",
    "安博通信股份有限公司",
    "江海建业工程咨询有限公司",
    "高远项目管理有限公司",
    "方达律师事务所",
    "胡庆堂医药连锁有限公司",
    "金利来招标代理有限公司",
    "汪小禾网络科技工作室（有限合伙）",
]
_BLIND_BODIES = [
    "青岚县公安局",
    "江口市公安局特警支队",
    "石门区人民法院",
    "黄陵县公安局",
    "温宿县公安局",
    "常山戒毒管理所",
    "武功县教育体育局",
    "白石洲街道办事处",
    "何家湾社区居民委员会",
    "竺可桢学院",
    "左权县公安局",
    "杨柳青镇人民政府",
    "毛家沟派出所",
    "任弼时纪念中学",
]
_BLIND_FIRMS = [
    "远澜信息技术有限公司",
    "明德阳光建设集团有限公司",
    "陆克文（上海）商务咨询有限公司",
    "高思远达智能科技有限公司",
    "安泰华信工程管理有限公司",
    "程汉律师事务所",
    "许留山餐饮管理有限公司",
    "中恒信招标有限公司",
    "万众文化传媒（集团）股份有限公司",
    "梁子服饰实业股份有限公司",
]
_DEV_DOTTED = [
    "吐尔逊·艾合买提",
    "古丽娜尔·巴拉提",
    "艾尼瓦尔·司马义",
    "祖丽皮亚·依布拉音",
    "多吉·次旺",
    "叶尔兰·努尔旦",
]
_BLIND_DOTTED = ["买买提江·沙吾提", "阿依努尔·肉孜", "库尔班·托乎提", "热依拉·木合塔尔", "贡布·泽仁", "加米拉·哈德尔"]
_DEV_PLAIN = ["次旦卓嘎", "索朗多吉", "吾买尔江", "巴特尔", "乌日娜", "扎西顿珠"]
_BLIND_PLAIN = ["洛桑益西", "德吉央宗", "热合曼江", "苏日娜", "那日松", "吉克阿依"]
_DEV_COMPOUND = ["欧阳", "上官", "司徒", "诸葛", "令狐", "端木", "尉迟"]
_BLIND_COMPOUND = ["欧阳", "司马", "皇甫", "慕容", "夏侯", "东方", "公孙"]


def _name(surnames: str, given: str, compound: Sequence[str]) -> Callable[[random.Random], str]:
    """Return a maker of names: one in four of two characters, one in thirty with a surname of two."""

    def make(r: random.Random) -> str:
        surname = r.choice(compound) if r.random() < 1 / 30 else r.choice(surnames)
        return surname + "".join(r.choices(given, k=1 if r.random() < 0.25 else 2))

    return make


def _two(surnames: str, given: str, between: Sequence[str]) -> Callable[[random.Random], str]:
    return lambda r: r.choice(surnames) + r.choice(between) + r.choice(given)


def _apart(r: random.Random) -> str:
    """Return a mobile number with a blank behind each digit."""
    return " ".join(r.choice(["138", "159", "187", "177"]) + f"{r.randint(0, 99999999):08d}")


def _wide_mobile(r: random.Random) -> str:
    number = r.choice(["136", "152", "189"]) + f"{r.randint(0, 99999999):08d}"
    return number.translate({48 + i: 0xFF10 + i for i in range(10)})


def _area(r: random.Random) -> str:
    """Return a landline number as careless typing leaves it."""
    area, first, last = r.choice(["0999", "0371", "0898"]), r.randint(200, 899), f"{r.randint(0, 9999):04d}"
    return r.choice(
        [
            f"（{area}）{first} {last}",
            f"{area}－{first}{last}",
            f"{area}--{first}{last}",
            f"{area} - {first}{last}",
            f"({area}) {first}-{last}",
            f"{area}/{first}{last}",
        ]
    )


def _extended(r: random.Random) -> str:
    first = f"0{r.choice(['10', '28', '757', '532'])}-{r.randint(20000000, 89999999)}"
    return r.choice(
        [
            f"{first}转{digits(r, 3)}",
            f"{first} 转 {digits(r, 4)}",
            f"{first}（转{digits(r, 3)}）",
            f"{first}-{digits(r, 4)}",
            f"{first}*{digits(r, 3)}",
        ]
    )


def _several(r: random.Random) -> str:
    """Return two numbers of one office, the second without its area code."""
    return f"0{r.choice(['571', '912', '25'])}-8{digits(r, 6)}{r.choice(['、', '/', '，', ' '])}8{digits(r, 6)}"


def _spaced_id(r: random.Random) -> str:
    number = resident_id(r)
    return r.choice(
        [
            f"{number[:6]} {number[6:14]} {number[14:]}",
            number.lower(),
            f"{number[:6]}-{number[6:14]}-{number[14:]}",
            f"{number[:3]} {number[3:6]} {number[6:10]} {number[10:14]} {number[14:]}",
        ]
    )


def _half(which: str) -> dict[str, Maker]:
    """Return the makers of one half."""
    is_dev = which == "dev"
    surnames, given, compound = (
        (_DEV_SURNAMES, _DEV_GIVEN, _DEV_COMPOUND) if is_dev else (_BLIND_SURNAMES, _BLIND_GIVEN, _BLIND_COMPOUND)
    )
    return {
        **NOTICE_MAKERS,
        "w": ("name", _name(surnames, given, compound)),
        "w2": ("name", _two(surnames, given, [""])),
        "w3": ("name", lambda r: r.choice(surnames) + "".join(r.choices(given, k=2))),
        "wc": ("name", lambda r: r.choice(compound) + r.choice(given)),
        "wsp": ("name", _two(surnames, given, [" ", "　", "  ", "   "])),
        "wm": ("name", pick(_DEV_DOTTED if is_dev else _BLIND_DOTTED)),
        "wu": ("name", pick(_DEV_PLAIN if is_dev else _BLIND_PLAIN)),
        "s": ("name", pick(sorted(set(surnames)))),
        "org": ("org", pick(_DEV_BODIES if is_dev else _BLIND_BODIES)),
        "co": ("org", pick(_DEV_FIRMS if is_dev else _BLIND_FIRMS)),
        "mobsp": ("phone", _apart),
        "mobfw": ("phone", _wide_mobile),
        "area": ("phone", _area),
        "ext": ("phone", _extended),
        "two": ("phone", _several),
        "idsp": ("id", _spaced_id),
        "law": ("id", lambda r: f"1{r.choice(['3301', '4201', '6501'])}{r.randint(1998, 2020)}{digits(r, 8)}"),
    }


ODD_DEV, ODD_BLIND = _half("dev"), _half("blind")

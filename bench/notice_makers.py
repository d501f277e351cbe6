"""Makers for the sets ``notices_dev`` and ``notices_test``: lists of names that no rule and no other set was made with.

Nobody real is meant. Surnames are drawn wider than they are spread, so that rare and two-character ones weigh in.
"""

# ruff: noqa: E501 (lists of invented names read best on one line)

from __future__ import annotations

import random
from collections.abc import Callable

from invented_numbers import digits, resident_id
from masking_makers import MAKERS, Maker, pick

_FREQUENT = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_SELDOM = "覃阮齐庞樊殷施洪翟倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢骆岳涂欧祁凌柴蒲瞿闵冉桂植卞阳车昝褚娄晋苗池敖甄燕冀尚农柏沙屈项苑匡宁丛席卓植麦巫简占商苟闻辛谌窦"
_COMPOUND = ["欧阳", "司马", "上官", "诸葛", "皇甫", "尉迟", "公孙", "端木", "东方", "慕容", "澹台", "宇文"]
_TWO = [
    "建军",
    "志强",
    "春梅",
    "丽华",
    "国平",
    "秀兰",
    "永红",
    "晓东",
    "文斌",
    "海涛",
    "雪梅",
    "金凤",
    "德胜",
    "玉珠",
    "世杰",
    "子轩",
    "雨涵",
    "梓涵",
    "佳琪",
    "一鸣",
    "思源",
    "天佑",
    "启航",
    "若曦",
    "宇航",
    "昊天",
    "语桐",
    "锦程",
    "明远",
    "立群",
    "培根",
    "尚武",
    "继业",
    "守信",
    "怀仁",
    "敬之",
    "仲谋",
    "叔平",
    "季陶",
    "伯钧",
    "芷若",
    "疏影",
    "映雪",
    "凌云",
    "乘风",
    "长卿",
    "如海",
    "怀瑾",
    "握瑜",
    "其琛",
    "可为",
    "大勇",
    "小东",
    "爱民",
    "卫国",
    "援朝",
    "跃进",
    "新民",
    "东升",
    "红旗",
    "解放",
    "向阳",
    "丰收",
    "满仓",
    "有才",
    "来福",
    "招娣",
    "桂花",
    "月娥",
    "银珠",
    "翠莲",
    "淑芬",
    "玉梅",
    "美玲",
    "艳红",
    "彩霞",
    "晓燕",
    "婷婷",
    "倩倩",
    "圆圆",
    "媛媛",
    "丹丹",
    "冰冰",
    "晶晶",
    "莉莉",
    "莎莎",
]
_ONE = [
    "炜",
    "烨",
    "煜",
    "琪",
    "璇",
    "璐",
    "瑶",
    "瑜",
    "骏",
    "骁",
    "驰",
    "翀",
    "翔",
    "翰",
    "颖",
    "颢",
    "毓",
    "懿",
    "祎",
    "祺",
    "禾",
    "秋",
    "稳",
    "竞",
    "笛",
    "策",
    "简",
    "箐",
    "粟",
    "纯",
    "纲",
    "绢",
    "维",
    "罡",
    "羽",
    "耘",
    "聪",
    "胤",
    "臻",
    "舟",
    "良",
    "芮",
    "芸",
    "苗",
    "茜",
    "菲",
    "萌",
    "蓓",
    "蕾",
    "薇",
    "虹",
    "蛟",
    "行",
    "衡",
    "裕",
    "豪",
    "赫",
    "越",
    "跃",
    "轲",
    "辰",
    "迅",
    "进",
    "逸",
    "遥",
    "鄂",
    "酉",
    "钊",
    "钰",
    "铎",
    "铮",
    "锋",
    "镇",
    "闯",
    "阔",
    "陶",
    "隽",
    "雁",
    "霁",
    "靓",
    "韬",
    "韵",
    "顺",
    "颂",
    "飞",
    "驿",
    "鲲",
    "鸣",
    "麟",
    "黛",
    "鼎",
    "齐",
]
_MINORITY = [
    "阿不力克木·吐尔地",
    "麦麦提依明·阿卜拉",
    "迪丽努尔·亚森",
    "木拉提·哈力克",
    "哈孜依拉·托合塔尔",
    "热孜万古丽•喀迪尔",
    "欧日古丽．伊明",
    "加娜尔·沙依拉西",
    "玉素甫江·麦合木提",
    "白玛·旺堆",
]
_UNDOTTED = [
    "阿里木江",
    "帕尔哈提",
    "古丽巴哈尔",
    "叶尔肯别克",
    "巴合提别克",
    "旦增罗布",
    "格桑旺姆",
    "平措次仁",
    "才让扎西",
    "乌云塔娜",
    "哈斯巴根",
    "额尔德尼",
    "阿依木汗",
    "曲比阿乌",
    "马海伍呷",
]
_TRADITIONAL = [
    "陳",
    "林",
    "黃",
    "張",
    "李",
    "吳",
    "劉",
    "蔡",
    "楊",
    "許",
    "鄭",
    "謝",
    "郭",
    "洪",
    "邱",
    "曾",
    "廖",
    "賴",
    "葉",
    "顏",
    "盧",
    "鍾",
    "游",
    "簡",
    "魏",
    "歐陽",
]
_TRADITIONAL_GIVEN = [
    "志豪",
    "雅雯",
    "冠宇",
    "怡君",
    "淑芬",
    "建宏",
    "俊賢",
    "美玲",
    "家瑋",
    "佩珊",
    "宗穎",
    "鈺婷",
    "文彬",
    "麗卿",
    "國棟",
    "秀鳳",
    "永慶",
    "詩涵",
    "柏翰",
    "瑞麟",
]
_PINYIN = [
    "Wang",
    "Li",
    "Zhang",
    "Chen",
    "Zhao",
    "Qian",
    "Ouyang",
    "Xu",
    "Lü",
    "Deng",
    "Xiao",
    "Guo",
    "Shen",
    "Peng",
    "Yan",
]
_PINYIN_GIVEN = [
    "Wei",
    "Jianguo",
    "Xiaoming",
    "Li",
    "Haiyan",
    "Zhiqiang",
    "Yifan",
    "Mengyao",
    "Guoqing",
    "Lei",
    "Ting",
    "Zihan",
]
_LATIN: dict[str, tuple[list[str], list[str]]] = {
    "en": (
        [
            "Margaret",
            "Declan",
            "Aisha",
            "Nigel",
            "Chidi",
            "Harriet",
            "Ravi",
            "Gwyneth",
            "Stephen",
            "Xin",
            "Marcus",
            "Deborah",
        ],
        [
            "Hargreaves",
            "Okonkwo",
            "O'Sullivan",
            "Fitzgerald",
            "Singh",
            "Whitcombe",
            "MacLeod",
            "Ng",
            "Abernathy",
            "Diaz-Reyes",
            "Featherstone",
            "Blackwood",
        ],
    ),
    "es": (
        ["Rosa", "Miguel Ángel", "María Jesús", "Iker", "Concepción", "Álvaro", "Nuria", "José Luis"],
        [
            "Domínguez Vega",
            "del Río Santos",
            "Quintana Soler",
            "Ortega y Mora",
            "Zabala Etxeberria",
            "Cabrera Peña",
            "Navarro",
        ],
    ),
    "fr": (
        ["Élodie", "Thierry", "Marie-Claude", "Bertrand", "Aurélie", "Yannick", "Solène"],
        ["BOUCHARD", "Delacroix", "Le Bihan", "d'Estienne", "Roussel", "GARNIER", "Diallo", "Vasseur-Petit"],
    ),
    "de": (
        ["Heike", "Torsten", "Hans-Joachim", "Annegret", "Björn", "Katja", "Dietmar"],
        ["Schröder", "Weiß", "von der Heide", "Kowalczyk", "Lindemann", "Brückner-Voss", "Yıldız", "Zimmermann"],
    ),
    "ar": (
        ["سعيد", "ليلى", "مصطفى", "نادية", "عبد الرحمن", "سميرة"],
        ["بن علي", "المنصوري", "الإدريسي", "أبو زيد", "القاسمي"],
    ),
}
_RUSSIAN = [
    ("Петрова", "Ольга", "Николаевна"),
    ("Смирнов", "Дмитрий", "Алексеевич"),
    ("Гольдштейн", "Лев", "Маркович"),
    ("Хасанова", "Гульнара", "Рашидовна"),
    ("Щербаков", "Юрий", "Эдуардович"),
    ("Римский-Лобов", "Илья", "Фёдорович"),
]


def chinese(r: random.Random) -> str:
    """Return an invented name: frequent, seldom (one in six) or two-character (one in twenty) surnames."""
    x = r.random()
    surname = r.choice(_COMPOUND) if x < 0.05 else r.choice(_SELDOM if x < 0.22 else _FREQUENT)
    return surname + r.choice(_ONE if r.random() < 0.3 else _TWO)


def short(r: random.Random) -> str:
    """Return a name of two characters."""
    return r.choice(_FREQUENT + _SELDOM) + r.choice(_ONE)


def compound(r: random.Random) -> str:
    """Return a name with a surname of two characters."""
    return r.choice(_COMPOUND) + r.choice(_ONE + _TWO)


def parted(r: random.Random) -> str:
    """Return a name of two characters with blanks between, as forms align it."""
    return short(r)[0] + r.choice([" ", "　", "  "]) + r.choice(_ONE)


def torn(r: random.Random) -> str:
    """Return a name that a line break cuts."""
    name = chinese(r)
    at = r.randint(1, len(name) - 1)
    return f"{name[:at]}\n{name[at:]}"


def spread(maker: Callable[[random.Random], str]) -> Callable[[random.Random], str]:
    """Return a maker of the same with a blank behind each character, as recognition of scans leaves it."""
    return lambda r: " ".join(maker(r))


def plain_mobile(r: random.Random) -> str:
    """Return a mobile number in one run."""
    return r.choice(["131", "137", "155", "176", "180", "191", "198"]) + f"{r.randint(0, 99999999):08d}"


def certificate(r: random.Random) -> str:
    """Return a number of a personal certificate of a builder, engineer or safety officer."""
    place, year = r.choice("鄂豫苏粤浙川湘皖"), r.randint(2008, 2023)
    return r.choice(
        [
            f"{place}1{digits(r, 2)}{year}{digits(r, 6)}",
            f"{place}2{digits(r, 3)}{year}{digits(r, 5)}",
            f"{place}建安B({year}){digits(r, 7)}",
            f"{place}建安C（{year}）{digits(r, 7)}",
            f"42{digits(r, 6)}",
            f"{digits(r, 4)}{year}0{digits(r, 5)}",
        ]
    )


def body_code(head: str) -> Callable[[random.Random], str]:
    """Return a maker of unified social credit codes with that head and a valid check character."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

    def make(r: random.Random) -> str:
        body = head + r.choice(["420106", "330102", "510104", "440303"]) + "MA" + "".join(r.choices(alphabet, k=7))
        rest = sum(alphabet.index(letter) * 3**place % 31 for place, letter in enumerate(body)) % 31
        return body + alphabet[(31 - rest) % 31]

    return make


def latin(language: str) -> Maker:
    """Return a maker of names of that language."""
    first, last = _LATIN[language]
    return "name", lambda r: f"{r.choice(first)} {r.choice(last)}"


def pinyin(r: random.Random) -> str:
    """Return a Chinese name in Latin letters, in one of its orders."""
    surname, given = r.choice(_PINYIN), r.choice(_PINYIN_GIVEN)
    return r.choice([f"{surname} {given}", f"{surname.upper()} {given}", f"{given} {surname}"])


def initials(r: random.Random) -> str:
    """Return a Russian surname with initials, in one of its orders."""
    last, first, father = r.choice(_RUSSIAN)
    return r.choice(
        [f"{last} {first[0]}.{father[0]}.", f"{first[0]}.{father[0]}. {last}", f"{first[0]}. {father[0]}. {last}"]
    )


def taiwan_phone(r: random.Random) -> str:
    """Return a landline or mobile number as written in Taiwan."""
    return r.choice(
        [
            f"({r.choice(['02', '04', '07'])}){digits(r, 4)}-{digits(r, 4)}",
            f"02-{digits(r, 4)}-{digits(r, 4)}",
            f"09{digits(r, 2)}-{digits(r, 3)}-{digits(r, 3)}",
            f"07-{digits(r, 7)}#{digits(r, 3)}",
        ]
    )


NOTICE_MAKERS: dict[str, Maker] = {
    **MAKERS,
    "w": ("name", chinese),
    "tn": ("name", chinese),
    "w2": ("name", short),
    "wc": ("name", compound),
    "wsp": ("name", parted),
    "wl": ("name", torn),
    "wo": ("name", spread(chinese)),
    "mobo": ("phone", spread(plain_mobile)),
    "mobp": ("phone", plain_mobile),
    "wm": ("name", pick(_MINORITY)),
    "wu": ("name", pick(_UNDOTTED)),
    "s": ("name", pick(list(_FREQUENT + _SELDOM))),
    "cs": ("name", pick(_COMPOUND)),
    "py": ("name", pinyin),
    "cert": ("id", certificate),
    "id": ("id", resident_id),
    "uscc": ("keep", body_code("91")),
    "usc92": ("id", body_code("92")),
    "ht": ("name", lambda r: r.choice(_TRADITIONAL) + r.choice(_TRADITIONAL_GIVEN)),
    "hs": ("name", pick(_TRADITIONAL)),
    "twtel": ("phone", taiwan_phone),
    "mr": ("", pick(["Mr", "Ms", "Mrs", "Dr", "Mr."])),
    "en2": ("name", lambda r: r.choice(_LATIN["en"][1])),
    "rup": ("name", lambda r: " ".join(r.choice(_RUSSIAN))),
    "rus": ("name", initials),
    **{language: latin(language) for language in _LATIN},
}

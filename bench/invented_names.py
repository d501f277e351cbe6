"""Makers of invented persons' names, for the cases of the masks."""

# ruff: noqa: E501 (lists of invented names read best on one line)

from __future__ import annotations

import random
from collections.abc import Callable

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔向常汤"
RARE = "仝逄雒亓缑牟佘麻管路项时安成单水米明计应连游鞠晏蔺揭暴苟撒储栗隆谷丛晁原芦鹿巩盖冉桑畅幸解宣邸冀辛年战铁相宫温万文易强初"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英建华文辉玲海燕红梅志国庆春生兰玉珍凤洁琳晨宇轩浩然子涵梓萱雨桐思远嘉怡俊凯欣妍佳慧晓峰立新永康学东继先宝光彦博振邦弘毅沛霖竞择昱珩祺瑾霏笑盈亦可心悦和正方圆以宁长河大川小满望舒"
BOOKISH = [
    "若谷",
    "未央",
    "望川",
    "定波",
    "知否",
    "无咎",
    "不器",
    "格非",
    "行简",
    "见深",
    "拾遗",
    "审言",
    "采薇",
    "去非",
    "之问",
    "及第",
    "备之",
    "核之",
    "规远",
    "同尘",
    "归鸿",
    "抱朴",
    "守拙",
    "听澜",
    "枕流",
    "既白",
    "惊蛰",
    "谷雨",
    "半夏",
    "忍冬",
    "计然",
    "标云",
    "观澜",
    "问渠",
    "锦峰",
    "松涛",
    "识途",
    "令仪",
    "攸宁",
    "司晨",
    "破虏",
    "攀",
    "昶",
    "彧",
    "翊",
    "骞",
    "箴",
    "砺",
    "楫",
    "嵩",
    "峤",
    "蕤",
    "濯",
    "沅",
    "溦",
    "昉",
    "晞",
    "弈",
    "奕",
    "煊",
    "赟",
    "嫣",
    "姝",
    "婵",
]
"""Given names that characters of every day make, and rare single ones: no list of common names holds them."""
COMPOUND = ["欧阳", "上官", "司马", "诸葛", "令狐", "皇甫", "慕容", "司徒", "夏侯", "尉迟"]
MINORITY = [
    "阿卜杜热西提·买买提",
    "古丽娜尔·艾合买提",
    "努尔兰·叶尔肯",
    "帕提古丽·吐尔逊",
    "艾力•卡德尔",
    "扎西多吉",
    "次仁卓玛",
    "洛桑旦增",
    "乌兰其其格",
]
UNDOTTED = [
    "阿布都赛买提",
    "吐尔逊江",
    "玛依拉",
    "热依汗古丽",
    "赛力克",
    "叶尔江",
    "多杰才让",
    "格桑卓嘎",
    "呷么阿支",
    "那仁满都拉",
    "苏德毕力格",
    "阿依古丽",
    "买买提明",
    "木合塔尔",
    "索南扎西",
    "德吉央宗",
    "朝格图",
    "巴雅尔",
    "沙玛拉毅",
    "库尔班江",
]
"""Transcribed names without a dot."""
TRADITIONAL = [
    "陳志宏",
    "林淑惠",
    "黃俊傑",
    "張雅婷",
    "吳國華",
    "蔡宗翰",
    "楊麗雲",
    "許家豪",
    "鄭惠玲",
    "謝佩蓉",
    "劉建國",
    "蘇偉誠",
]
LATIN: dict[str, tuple[list[str], list[str], str]] = {
    "en": (
        [
            "Jane",
            "John",
            "Maria",
            "Ahmed",
            "Wei",
            "Priya",
            "Olga",
            "Kwame",
            "Siobhan",
            "Tomasz",
            "Fatima",
            "Lars",
            "Amélie",
            "Oluwaseun",
        ],
        [
            "Doe",
            "Smith",
            "O'Neill",
            "Al-Sayed",
            "Zhang",
            "Patel",
            "Ivanova",
            "Mensah",
            "Byrne",
            "Kowalski",
            "Haddad",
            "Jørgensen",
            "Lefèvre",
            "McAllister",
            "Hughes-Brown",
        ],
        "{0} {1}",
    ),
    "es": (
        ["José María", "Juan Carlos", "Lucía", "Ana Isabel", "Francisco Javier", "Begoña", "Íñigo", "María del Carmen"],
        [
            "García López",
            "Martínez de la Torre",
            "Pérez Fernández",
            "Muñoz Gutiérrez",
            "Ibáñez Núñez",
            "Echeverría Ruiz",
        ],
        "{0} {1}",
    ),
    "fr": (
        ["Jean", "Amélie", "Jean-Pierre", "Hélène", "François", "Océane"],
        ["DUPONT", "Lefèvre", "de La Tour", "MARTIN", "Le Goff", "N'Diaye"],
        "{0} {1}",
    ),
    "de": (
        ["Jürgen", "Ulrike", "Karl-Heinz", "Maximilian", "Änne", "Sabine"],
        ["Müller", "von Bülow", "Schäfer", "Groß", "Meyer-Landrut", "Öztürk"],
        "{0} {1}",
    ),
    "pt": (["João", "Conceição", "Luís"], ["da Silva", "Gonçalves", "dos Santos"], "{0} {1}"),
    "nl": (["Jan", "Marieke", "Sjoerd"], ["van der Berg", "de Vries", "Jansen"], "{0} {1}"),
    "pl": (["Łukasz", "Małgorzata", "Zofia"], ["Wiśniewski", "Dąbrowska", "Żak"], "{0} {1}"),
    "it": (["Giuseppe", "Niccolò", "Chiara"], ["Rossi", "D'Angelo", "De Luca"], "{0} {1}"),
    "ar": (["محمد", "فاطمة", "أحمد", "خالد"], ["عبد الله العلوي", "بنت سالم", "الحسيني", "بن يوسف"], "{0} {1}"),
}
CYRILLIC = [
    ("Иванов", "Сергей", "Петрович"),
    ("Кузнецова", "Анна", "Викторовна"),
    ("Ёлкин", "Пётр", "Ильич"),
    ("Шевчук", "Олег", "Андреевич"),
    ("Салтыкова-Щедрина", "Мария", "Львовна"),
]
UKRAINIAN = [
    ("Іваненко", "Олена", "Петрівна"),
    ("Ґалаґан", "Юрій", "Миколайович"),
    ("Коваль", "Тарас", "Ігорович"),
    ("Єфименко", "Їва", "Богданівна"),
]


def chinese_name(r: random.Random) -> str:
    """Return an invented Chinese name; one in eight has a rare, two-character or double surname."""
    x = r.random()
    if x < 0.03:
        return r.choice(COMPOUND) + "".join(r.choices(GIVEN, k=r.choice([1, 2])))
    if x < 0.10:
        return r.choice(RARE) + "".join(r.choices(GIVEN, k=r.choice([1, 2, 2])))
    if x < 0.12:
        return r.choice(SURNAMES) + r.choice(SURNAMES) + "".join(r.choices(GIVEN, k=2))
    return r.choice(SURNAMES) + "".join(r.choices(GIVEN, k=r.choice([1, 2, 2])))


def spaced_name(r: random.Random) -> str:
    """Return a two-character name with a blank inside."""
    return r.choice(SURNAMES) + r.choice([" ", "\u3000", "  "]) + r.choice(GIVEN)


def bookish_name(r: random.Random) -> str:
    """Return an invented name of a common or rare surname and a rare given name."""
    return r.choice(SURNAMES + SURNAMES + RARE) + r.choice(BOOKISH)


def latin(language: str) -> Callable[[random.Random], str]:
    """Return a maker of names of that language."""
    first, last, form = LATIN[language]
    return lambda r: form.format(r.choice(first), r.choice(last))


def initials(people: list[tuple[str, str, str]]) -> Callable[[random.Random], str]:
    """Return a maker of surname and initials."""

    def make(r: random.Random) -> str:
        last, first, father = r.choice(people)
        return r.choice(
            [f"{last} {first[0]}.{father[0]}.", f"{first[0]}. {father[0]}. {last}", f"{last} {first[0]}. {father[0]}."]
        )

    return make

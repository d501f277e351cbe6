"""Fills the case templates of ``tests/mask/cases`` with invented persons and numbers.

Run ``python bench/make_masking_cases.py``: it writes ``dev.txt``, ``blind.txt``, ``blind2.txt`` and ``blind3.txt`` there, the same
on every machine. Persons are drawn from lists below, numbers are computed with valid check digits; nobody real is
meant. ``⟦kind:words⟧`` marks what must be covered, ``⟦org:words⟧`` an institution that must stay.
"""

# ruff: noqa: E501 (lists of invented names read best on one line)

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "mask" / "cases"
FILLS = {"dev": 4, "blind": 4, "blind2": 4, "blind3": 2}

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
ORGS = [
    "李宁体育用品有限公司",
    "张小泉剪刀（杭州）有限公司",
    "张小泉股份有限公司",
    "周大福珠宝金行有限公司",
    "马应龙药业集团股份有限公司",
    "王府井集团股份有限公司",
    "王老吉大健康产业有限公司",
    "石家庄市公安局",
    "马鞍山市公安局花山分局",
    "张家界市公安局",
    "高德红外股份有限公司",
    "方正科技集团",
    "中山大学附属第一医院",
    "白求恩国际和平医院",
    "黄山市公安局交通警察支队",
    "曹妃甸区公安分局",
    "何氏眼科医院",
    "杨凌示范区公安局",
    "徐州市公安局",
    "高新兴科技集团股份有限公司",
    "万达信息股份有限公司",
    "孙中山故居纪念馆",
    "毛泽东同志纪念馆",
    "夏津县公安局",
    "郑州市金水区人民法院",
    "罗湖区公安分局",
    "唐山市公安局",
    "宋庆龄基金会",
    "贺兰县公安局",
    "康佳集团股份有限公司",
    "常熟市公安局",
    "汤阴县公安局",
    "余杭区公安分局",
    "董家渡派出所",
    "詹天佑大街社区居民委员会",
    "刘伯承同志纪念馆",
    "安徽方圆招标咨询有限公司",
    "温州安防科技有限公司",
    "成都金盾电子工程有限公司",
    "江苏金智科技股份有限公司",
    "任丘市公安局",
    "安吉县财政局",
    "平安科技（深圳）有限公司",
    "云从科技集团股份有限公司",
]
COMPANIES = [
    "浙江云某网络科技有限公司",
    "北京数安认证工程有限公司",
    "深圳智视视频技术有限公司",
    "新疆天盾信息工程有限公司",
    "四川蜀安智能系统有限公司",
    "河南豫警电子有限公司",
    "江城高泰安防工程有限公司",
    "马建国建筑设计咨询（上海）有限公司",
    "中通服某某信息技术有限公司",
]
ORGS_HANT = ["臺北市政府警察局", "新北市政府交通局", "高雄市立圖書館", "國立某某大學"]
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
LATIN_ORGS = {
    "eorg": [
        "Kent Police",
        "City of Springfield",
        "Ministry of Interior",
        "Metropolitan Borough of Stockport",
        "Martin Luther King Jr. County",
        "St. Mary's Hospital",
    ],
    "eco": [
        "Axon Public Safety UK Limited",
        "Anglo Secure Systems plc",
        "Cellebrite Inc.",
        "John Smith & Sons Ltd",
        "Marks and Spencer plc",
    ],
    "sorg": ["Ayuntamiento de Alcalá", "Diputación Foral de Bizkaia", "Universidad Carlos III de Madrid"],
    "sco": ["Cámaras Seguras del Sur, S.A.U.", "Videovigilancia Ibérica S.L."],
    "forg": ["Ville de Nice", "Conseil départemental du Var", "Lycée Victor Hugo"],
    "fco": ["Thales SIX GTS France SAS", "Société Martin Frères"],
    "gorg": ["Landeshauptstadt München", "Polizeipräsidium Köln", "Konrad-Adenauer-Stiftung e.V."],
    "gco": ["Müller Sicherheitstechnik GmbH", "Robert Bosch GmbH"],
    "rorg": ["Администрация города Томска", "ГУ МВД России по Иркутской области"],
    "rco": ["ООО «Безопасный город»", "АО «Ростелеком»"],
    "uorg": ["Київська міська рада", "Головне управління Національної поліції"],
    "aorg": ["وزارة الداخلية", "جماعة الدار البيضاء"],
    "porg": ["Câmara Municipal de Lisboa"],
    "norg": ["Gemeente Rotterdam"],
    "plorg": ["Komenda Wojewódzka Policji w Krakowie"],
    "iorg": ["Comune di Firenze"],
}


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


def digits(r: random.Random, count: int) -> str:
    """Return that many digits, the first not zero."""
    return str(r.randint(1, 9)) + "".join(str(r.randint(0, 9)) for _ in range(count - 1))


def resident_id(r: random.Random) -> str:
    """Return an 18-character resident number with a valid check character."""
    place = r.choice(["110105", "330106", "440305", "610113", "650102", "320583", "510107", "420111"])
    body = f"{place}{r.randint(1955, 2002)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}{r.randint(1, 999):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11]


def mobile(r: random.Random) -> str:
    """Return a mobile number in one of its writings."""
    n = (
        r.choice(["138", "139", "150", "186", "177", "199", "133", "158", "192", "166"])
        + f"{r.randint(0, 99999999):08d}"
    )
    return r.choice(
        [n, n, n, n, f"{n[:3]} {n[3:7]} {n[7:]}", f"{n[:3]}-{n[3:7]}-{n[7:]}", "+86 " + n, "86-" + n, f"(+86){n}"]
    )


def landline(r: random.Random) -> str:
    """Return a landline number in one of its writings, some with an extension."""
    a = r.choice(["010", "0571", "021", "0991", "0755", "029", "0851", "0379"])
    n = f"{r.randint(2, 8)}{r.randint(0, 9999999):07d}"
    if len(a) == 4 and r.random() < 0.3:
        n = n[:7]
    return r.choice(
        [
            f"{a}-{n}",
            f"{a}-{n}",
            f"（{a}）{n}",
            f"({a}){n}",
            f"{a} {n}",
            f"{a}-{n}转{r.randint(100, 8999)}",
            f"{a}-{n}-{r.randint(100, 999)}",
            f"{a}{n}",
            f"{a}—{n}",
            f"{a}－{n}",
        ]
    )


def bank_account(r: random.Random) -> str:
    """Return an account number, in one run or in fours."""
    n = r.choice(["622202", "621700", "330016", "110060", "1202"]) + digits(r, r.choice([11, 12, 13]))
    return r.choice([n, " ".join(n[i : i + 4] for i in range(0, len(n), 4))])


def mail(r: random.Random) -> str:
    """Return an e-mail address."""
    return (
        r.choice(["zhangwei", "cgzx", "li.ming88", "wang_fang", "hz-zb"])
        + str(r.randint(1, 999))
        + "@"
        + r.choice(["163.com", "qq.com", "ga.example.gov.cn", "example.co.uk", "126.com"])
    )


def mail_obfuscated(r: random.Random) -> str:
    """Return an e-mail address written so that machines miss it."""
    user, host = mail(r).split("@")
    return r.choice(
        [
            f"{user}#{host}",
            f"{user}[at]{host}",
            f"{user}(at){host}",
            f"{user} @ {host}",
            f"{user}＠{host}",
            f"{user} at {host}",
        ]
    )


def plate(r: random.Random) -> str:
    """Return a number plate."""
    head = r.choice("京浙粤新苏川渝沪") + r.choice("ABCDEF") + r.choice(["", "·", " ", "-"])
    if r.random() < 0.25:
        return head + r.choice("DF") + digits(r, 5)
    tail = list(digits(r, 5))
    for _ in range(r.choice([0, 1, 2])):
        tail[r.randrange(5)] = r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
    return head + "".join(tail)


def iban(r: random.Random) -> str:
    """Return a Spanish IBAN with valid check digits."""
    b = digits(r, 20)
    check = 98 - int(b + "142800") % 97
    return f"ES{check:02d} {b[:4]} {b[4:8]} {b[8:12]} {b[12:16]} {b[16:]}"


def dni(r: random.Random) -> str:
    """Return a Spanish identity number with its letter."""
    n = r.randint(10**7, 10**8 - 1)
    return f"{n}{r.choice(['', '-'])}{'TRWAGMYFPDXBNJZSQVHLCKE'[n % 23]}"


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


def wide(maker: Callable[[random.Random], str]) -> Callable[[random.Random], str]:
    """Return a maker of the same in full-width digits."""
    return lambda r: maker(r).translate({48 + i: 0xFF10 + i for i in range(10)})


def pick(choices: list[str]) -> Callable[[random.Random], str]:
    """Return a maker that draws from a list."""
    return lambda r: r.choice(choices)


MAKERS: dict[str, tuple[str, Callable[[random.Random], str]]] = {
    "n": ("name", chinese_name),
    "sp": ("name", spaced_name),
    "s": ("name", pick(list(SURNAMES))),
    "rn": ("name", bookish_name),
    "mu": ("name", pick(UNDOTTED)),
    "del": ("name", pick(["Mücke", "Haßler", "von Trott", "Özdemir"])),
    "enl": ("name", pick(["Pennington", "Okafor", "Lindqvist", "Tremayne"])),
    "ruf": ("name", pick(["Ёлкин Пётр", "Салтыкова Мария", "Кузнецова Анна"])),
    "mn": ("name", pick(MINORITY)),
    "nt": ("name", pick(TRADITIONAL)),
    "mob": ("phone", mobile),
    "tel": ("phone", landline),
    "telfw": ("phone", wide(landline)),
    "qq": ("phone", lambda r: digits(r, r.randint(6, 10))),
    "wx": ("phone", lambda r: r.choice(["wxid_", "lao", "a"]) + digits(r, 6)),
    "mail": ("mail", mail),
    "mailobf": ("mail", mail_obfuscated),
    "id": ("id", resident_id),
    "idfw": ("id", wide(resident_id)),
    "pp": ("id", lambda r: r.choice("EG") + digits(r, 8)),
    "ssn": ("id", lambda r: f"{r.randint(100, 665)}-{r.randint(10, 99)}-{r.randint(1000, 9999)}"),
    "dni": ("id", dni),
    "inn12": ("id", lambda r: digits(r, 12)),
    "rnokpp": ("id", lambda r: digits(r, 10)),
    "cf": ("id", lambda r: f"RSSGPP{r.randint(50, 99)}M{r.randint(10, 31)}D612{r.choice('ABCXZ')}"),
    "usc92": ("id", lambda r: f"92{digits(r, 6)}MA{digits(r, 7)}X"),
    "bank": ("bank", bank_account),
    "iban": ("bank", iban),
    "plate": ("plate", plate),
    "addr": (
        "address",
        lambda r: f"江城市东湖区紫阳路{r.randint(1, 300)}号{r.randint(1, 20)}栋{r.randint(101, 1808)}室",
    ),
    "entel": (
        "phone",
        lambda r: r.choice(
            [
                f"+44 20 {r.randint(7000, 7999)} {r.randint(1000, 9999)}",
                f"+1 (202) {r.randint(555, 559)}-{r.randint(1000, 9999)}",
                f"020 7{r.randint(100, 999)} {r.randint(1000, 9999)}",
            ]
        ),
    ),
    "estel": (
        "phone",
        lambda r: r.choice(
            [
                f"+34 9{r.randint(10, 99)} {r.randint(100, 999)} {r.randint(100, 999)}",
                f"91{r.randint(1000000, 9999999)}",
                f"6{r.randint(10, 99)} {r.randint(10, 99)} {r.randint(10, 99)} {r.randint(10, 99)}",
            ]
        ),
    ),
    "frtel": (
        "phone",
        lambda r: r.choice(
            [
                f"+33 4 {r.randint(10, 99)} {r.randint(10, 99)} {r.randint(10, 99)} {r.randint(10, 99)}",
                f"04.{r.randint(10, 99)}.{r.randint(10, 99)}.{r.randint(10, 99)}.{r.randint(10, 99)}",
            ]
        ),
    ),
    "detel": (
        "phone",
        lambda r: r.choice(
            [f"+49 89 {digits(r, 6)}-{digits(r, 2)}", f"0221/{digits(r, 6)}-0", f"(0221) {digits(r, 7)}"]
        ),
    ),
    "rutel": (
        "phone",
        lambda r: r.choice(
            [
                f"+7 (495) {digits(r, 3)}-{digits(r, 2)}-{digits(r, 2)}",
                f"8 ({digits(r, 3)}) {digits(r, 3)}-{digits(r, 2)}-{digits(r, 2)}",
            ]
        ),
    ),
    "uatel": ("phone", lambda r: f"+380{digits(r, 9)}"),
    "artel": ("phone", lambda r: r.choice([f"+212 5{digits(r, 2)} {digits(r, 6)}", f"05{digits(r, 8)}"])),
    "pttel": ("phone", lambda r: f"+351 21{digits(r, 7)}"),
    "nltel": ("phone", lambda r: f"010-{digits(r, 7)}"),
    "pltel": ("phone", lambda r: f"12 {digits(r, 3)} {digits(r, 2)} {digits(r, 2)}"),
    "ittel": ("phone", lambda r: f"055 {digits(r, 7)}"),
    "rup": ("name", lambda r: " ".join(r.choice(CYRILLIC))),
    "ukp": ("name", lambda r: " ".join(r.choice(UKRAINIAN))),
    "rus": ("name", initials(CYRILLIC)),
    "org": ("org", pick(ORGS)),
    "co": ("org", pick(COMPANIES)),
    "orgt": ("org", pick(ORGS_HANT)),
    **{language: ("name", latin(language)) for language in LATIN},
    **{name: ("org", pick(choices)) for name, choices in LATIN_ORGS.items()},
    **{f"d{count}": ("", lambda r, count=count: digits(r, count)) for count in (1, 2, 3, 4)},
}


def fill(template: str, r: random.Random) -> str:
    """Return the template with invented values in marks."""

    def value(match: re.Match[str]) -> str:
        kind, maker = MAKERS[match.group(1)]
        made = maker(r)
        return f"⟦{kind}:{made}⟧" if kind else made

    return re.sub(r"\{([a-z0-9]+)\}", value, template)


def main() -> None:
    """Write the case files."""
    for which, fills in FILLS.items():
        parts = re.split(r"(?m)^%% ?", (FOLDER / f"{which}.templates").read_text(encoding="utf-8"))[1:]
        lines = []
        for number in range(fills):
            for index, part in enumerate(parts):
                r = random.Random(f"{which}-{number}-{index}")
                title, body = part.split("\n", 1)
                lines.append(f"%% {title}\n{fill(body, r)}")
        (FOLDER / f"{which}.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

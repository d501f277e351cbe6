"""Fills the layouts of ``tests/mask/cases/field.templates`` with invented persons and splits them in two sets.

Run ``python bench/field_cases.py``; it writes ``field_dev.txt`` and ``field_blind.txt`` beside the layouts. The layouts
follow real notices read for the purpose (portals of provinces, universities, operators, other countries); every person,
body and number is invented here, from lists that share nothing with those of the other sets. Halves are drawn by
layout, so no layout stands in both. Each layout is filled twice, every third one three times.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "mask" / "cases"
SEED = 62114

COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
RARE = "佘仝仇笪逄郗郜阚阙邬邸訾缪隗隋麻逯禚牟冼岑靳亓桑苑尚卜揭鹿晁冀党戚巩宁盖束明时相买水能佟支粟揣东花平计经线补"
COMPOUND = ["欧阳", "司马", "上官", "诸葛", "皇甫", "令狐", "尉迟", "慕容", "宇文", "司徒", "端木", "夏侯"]
GIVEN_TWO = list(
    re.split(
        " ",
        "志刚 晓东 海燕 丽华 国栋 玉兰 文博 思远 子涵 雨桐 建平 永红 秀英 春生 "
        "立新 爱民 长江 卫国 明哲 佳怡 梓轩 一鸣 若曦 宏伟 庆丰 凤霞 桂芳 俊杰 "
        "家豪 婷婷 欣然 金龙 世昌 德胜 成林 云飞 振宇 继先 保田 满仓 小红 大勇 "
        "学军 红卫 跃进 援朝 亚男 晶晶 玉成 泽民 润泽 星辰 向阳 东方 青山 方圆 "
        "高远 兴业 和平 光明 如意 正义 安全 建设 科技 新华 长城 立功 胜利 开放",
    )
)
GIVEN_ONE = list("伟芳敏静磊洋勇艳杰娟涛超霞平刚桂浩凯琳璐昊瑶倩薇旭炜烨翀彧骞垚嘉钰祺珂")
FOUR = ["欧阳秀芝", "司马光远", "诸葛瑞年", "张王晓丽", "刘陈思琪", "上官婉清", "范徐丽泰", "李杨若彤"]
MINORITY = [
    "阿依夏木·托合提",
    "艾尔肯·吐尔逊",
    "买合木提江·依明",
    "古丽娜尔·哈德尔",
    "玛依拉·阿布都拉",
    "叶尔兰·努尔别克",
    "乌云其其格",
    "巴特尔",
    "萨仁高娃",
    "斯琴",
    "吉克阿木",
    "沙马拉日",
    "阿布都热依木",
    "玉素甫·买买提艾力",
]
TIBETAN = ["旦增多吉", "次仁央宗", "格桑平措", "扎西", "达瓦卓玛", "索朗罗布", "白玛", "洛桑"]
TRAD_SUR = "陳林黃張李王吳劉蔡楊許鄭謝洪郭邱曾廖賴周葉蘇莊呂江何羅高蕭潘簡朱鍾彭游詹胡施沈余趙盧梁顏柯翁魏孫戴"
TRAD_GIVEN = [
    "志明",
    "淑芬",
    "家豪",
    "雅婷",
    "俊傑",
    "美玲",
    "建宏",
    "怡君",
    "冠宇",
    "承翰",
    "宗翰",
    "麗華",
    "國榮",
    "秀鳳",
    "詩涵",
    "彥廷",
    "佩珊",
    "啟賢",
    "慧敏",
    "嘉欣",
    "偉倫",
    "頌恩",
]
HK = ["CHAN Tai-ming", "WONG Siu Fong", "Lau Ka-yan", "CHEUNG Mei Ling Vivian", "Ho Wing-sze", "YIP Chun-kit Jason"]
PLACES = ["云溪县", "临川区", "青泽市", "石门坎县", "海棠区", "安远州", "北岭市", "沙湾县", "金川区", "雁栖县"]
ORG_TAILS = [
    "公安局",
    "公安局交通警察支队",
    "教育体育局",
    "人民医院",
    "第一中学",
    "应急管理局",
    "大数据发展中心",
    "人民检察院",
    "城市管理综合执法局",
    "看守所",
    "人民政府办公室",
    "职业技术学院",
    "疾病预防控制中心",
    "司法局",
    "水务局",
]
CO_HEADS = [
    "华讯安",
    "中科慧眼",
    "天启",
    "博远达",
    "瑞通",
    "金盾兴",
    "江河",
    "云川",
    "恒信智联",
    "大唐永安",
    "海纳",
    "新元",
    "万里鹏",
    "明德",
]
CO_TAILS = [
    "科技有限公司",
    "信息技术股份有限公司",
    "建设工程有限公司",
    "智能系统有限责任公司",
    "电子有限公司",
    "集团有限公司",
    "安防工程有限公司",
]
AGENCIES = [
    "招标代理有限公司",
    "工程咨询有限公司",
    "项目管理有限公司",
    "招投标服务有限公司",
    "工程造价咨询事务所（普通合伙）",
]
UNITS = [
    "大学",
    "师范大学",
    "设计研究院",
    "信息中心",
    "测绘院",
    "通信管理局",
    "广播电视台",
    "中医院",
    "第二建筑工程公司",
    "律师事务所",
    "会计师事务所",
]
GOODS = [
    "视频监控",
    "人脸识别门禁",
    "执法记录仪",
    "警用无人机",
    "机房运维",
    "雪亮工程设备",
    "指挥调度系统",
    "体检设备",
    "网络安全",
]
ROADS = ["解放西路", "人民东路", "兴业大道", "滨河南路", "学府街", "凤凰大道"]
WEST = {
    "en": [
        "Harriet Okonjo",
        "Peter J. Langdale",
        "Siobhan O'Rourke",
        "David Whitcombe-Hale",
        "Aisha Rahman",
        "Tom Brackley",
    ],
    "es": [
        "Lucía Barrenechea Soto",
        "Íñigo Urdaneta Paz",
        "Rosa María Quispe Mamani",
        "Hernán Cifuentes",
        "Julián de la Cueva Ríos",
    ],
    "fr": ["Maëlle Vasseur", "Jean-Baptiste Kerouédan", "Fatou Diagne", "Hélène de Saint-Aubin", "Luc Moreau-Petit"],
    "de": ["Annegret Pohlmann", "Jörg Wiesinger", "Matthias von der Heide", "Sabine Öttl", "Çelik Yıldız"],
    "it": ["Gianluca Ferraris", "Ornella D'Amico", "Pier Paolo Bassanini"],
    "pl": ["Grażyna Wiśniewska-Kos", "Łukasz Brzozowski", "Jadwiga Nowakowska"],
    "pt": ["João Carlos Menezes", "Tânia Figueiredo da Luz", "Eduardo Sant'Anna"],
    "nl": ["Marieke van den Akker", "Joost Hoekstra", "Sanne de Wit"],
    "tr": ["Gülşen Karahan", "Mehmet Ali Öztürk", "Burak Şahinoğlu"],
    "vi": ["Nguyễn Thị Thu Hà", "Trần Quốc Bảo", "Lê Văn Khánh"],
    "ja": ["田中美咲", "小笠原 健一", "佐々木", "長谷川翔太"],
    "ko": ["김서연", "박준호", "남궁민수", "이하은"],
    "ru": ["Савельева Ирина Павловна", "Кузнецов Артём Олегович", "Гаджиев Руслан Магомедович"],
    "rui": ["Савельева И.П.", "Кузнецов А. О.", "Р.М. Гаджиев", "Тихонова-Белая Е.С."],
    "rug": ["Савельевой Ирины Павловны", "Кузнецова Артёма Олеговича", "Гаджиева Руслана Магомедовича"],
}
BODIES = {
    "orgen": [
        "Northfield County Council",
        "Ministry of Public Works",
        "Harrow Vale Police Authority",
        "Department of Home Safety",
    ],
    "coen": ["Brightlens Systems Ltd", "Orbis Vision Inc.", "Talon Security GmbH", "Clearpath Analytics LLC"],
    "orges": ["Ayuntamiento de Valdeflores", "Ministerio del Interior", "Municipalidad Provincial de San Telmo"],
    "coes": ["Sistemas Visuales del Sur S.A.C.", "Tecnovigía S.L.", "Grupo Redes S.A. de C.V."],
    "orgfr": ["Commune de Saint-Vran", "Préfecture de la Haute-Lande", "Conseil départemental du Morvan"],
    "cofr": ["Optivision SARL", "Société Réseaux du Nord SAS"],
    "orgde": ["Stadtverwaltung Neuhain", "Polizeipräsidium Oberland", "Landratsamt Wiesental"],
    "code": ["Sichttechnik GmbH", "Videowerk Nord GmbH & Co. KG"],
    "orgru": ["ГУ МВД России по Заречной области", "Администрация города Новогорска"],
    "coru": ["ООО «ВидеоЛайн»", "АО «Системы наблюдения»"],
    "orgit": ["Comune di Montefiore", "Prefettura di Val d'Ema"],
    "orgpl": ["Gmina Miasto Zalesie", "Komenda Powiatowa Policji w Borku"],
    "copt": ["Visão Total Ltda", "Câmeras do Norte S.A."],
    "orgnl": ["Gemeente Waterland-Oost", "Politie Eenheid Noordkust"],
    "orgtr": ["Karataş Belediyesi", "İl Emniyet Müdürlüğü"],
    "orgvi": ["Công an tỉnh Hà Sơn", "Ủy ban nhân dân huyện Tân Lập"],
    "orgja": ["青葉市役所総務課", "北山県警察本部"],
    "orgko": ["한빛시청", "새울지방경찰청"],
    "orgt": ["雲林縣青溪鄉公所", "臺北市政府警察局安和分局", "國立海濱大學"],
    "cot": ["鼎泰科技股份有限公司", "安捷資訊有限公司", "立群營造股份有限公司"],
    "unitt": ["國立海濱大學資訊系", "長河科技大學", "中山工程顧問公司"],
    "orghk": ["機電工程署", "香港海關物料組"],
    "orghken": ["Electrical and Mechanical Services Department", "Customs and Excise Department"],
    "cohk": ["安達保安系統有限公司", "置富工程（香港）有限公司"],
}


class Filler:
    """Fills the places of one layout; each place becomes a marked stretch of the right kind."""

    def __init__(self, draw: random.Random) -> None:
        """Take the source of chance; the same source gives the same lines."""
        self.draw = draw

    def fill(self, layout: str) -> str:
        """Return the layout with its places filled; places inside a marked stretch are filled without marks."""

        def whole(match: re.Match[str]) -> str:
            inner = re.sub(r"\{(\w+)\}", lambda place: self.place(place[1])[1], match[2])
            return f"⟦{match[1]}:{inner}⟧"

        layout = re.sub(r"⟦([a-z]+):([^⟧]*)⟧", whole, layout)
        return re.sub(r"\{(\w+)\}", lambda place: self.mark(*self.place(place[1])), layout)

    @staticmethod
    def mark(kind: str, text: str) -> str:
        """Return the text in marks; a text with its own marks or without a kind stays as it is."""
        return f"⟦{kind}:{text}⟧" if kind else text

    def place(self, key: str) -> tuple[str, str]:
        """Return kind and text for a place of this name."""
        makers: dict[str, Callable[[], tuple[str, str]]] = {
            "n": lambda: ("name", self.name()),
            "ns": lambda: ("name", self.spaced()),
            "nm": lambda: ("name", self.draw.choice(MINORITY)),
            "tib": lambda: ("name", self.draw.choice(TIBETAN)),
            "s": lambda: ("name", self.draw.choice(COMMON) if self.draw.random() < 0.9 else self.draw.choice(COMPOUND)),
            "nt": lambda: ("name", self.draw.choice(TRAD_SUR) + self.draw.choice(TRAD_GIVEN)),
            "hk": lambda: ("name", self.draw.choice(HK)),
            "ent": lambda: self.titled(["Ms", "Mr", "Dr"], "en"),
            "frt": lambda: self.titled(["M.", "Mme", "Madame", "Monsieur"], "fr"),
            "det": lambda: self.titled(["Frau", "Herr", "Herr Dr.", "Frau Dipl.-Ing."], "de"),
            "m": lambda: ("phone", self.mobile()),
            "t": lambda: ("phone", self.landline()),
            "fw": lambda: ("phone", self.mobile().translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
            "msp": lambda: ("phone", re.sub(r"(...)(....)(....)", r"\1 \2 \3", self.mobile())),
            "id": lambda: ("id", self.identity()),
            "idsp": lambda: ("id", re.sub(r"(.{6})(.{8})(.{4})", r"\1 \2 \3", self.identity())),
            "id6": lambda: ("id", f"0{self.digits(5)}"),
            "cert": lambda: ("id", self.certificate()),
            "bank": lambda: (
                "bank",
                self.draw.choice(["6217", "6228", "1503", "4400"]) + self.digits(self.draw.choice([11, 13, 15])),
            ),
            "plate": lambda: (
                "plate",
                self.draw.choice("赣湘桂云京粤")
                + self.draw.choice("ABCDE")
                + self.draw.choice(["", "D"])
                + self.digits(5),
            ),
            "mail": lambda: ("mail", self.mail(["163.com", "qq.com", "126.com", "yunxi-gov.cn", "huaxunan.com.cn"])),
            "mailtw": lambda: ("mail", self.mail(["mail.qingxi.gov.tw", "ms1.tw-sample.org"])),
            "mailhk": lambda: ("mail", self.mail(["emsd-sample.gov.hk"])),
            "mailen": lambda: ("mail", self.mail(["northfield-sample.gov.uk", "orbis-vision.example"])),
            "maileu": lambda: ("mail", self.mail(["sample-ville.eu", "amt-sample.de", "posta-sample.it"])),
            "qq": lambda: ("phone", "2" + self.digits(8)),
            "home": lambda: (
                "address",
                (
                    f"{self.draw.choice(PLACES)}{self.draw.choice(ROADS)}{self.digits(2)}号"
                    f"{self.draw.randint(1, 20)}栋{self.draw.randint(101, 1803)}室"
                ),
            ),
            "tw": lambda: (
                "phone",
                self.draw.choice(
                    [f"(02)2{self.digits(3)}-{self.digits(4)}", f"05-{self.digits(7)}", f"(04) {self.digits(8)}"]
                ),
            ),
            "twm": lambda: ("phone", f"09{self.digits(2)}-{self.digits(6)}"),
            "hkt": lambda: ("phone", f"2{self.digits(3)} {self.digits(4)}"),
            "uk": lambda: (
                "phone",
                self.draw.choice(
                    [f"+44 1632 {self.digits(6)}", f"01632 {self.digits(6)}", f"+44 (0)20 7946 {self.digits(4)}"]
                ),
            ),
            "us": lambda: (
                "phone",
                self.draw.choice(
                    [f"(555) 01{self.digits(1)}-{self.digits(4)}", f"555-01{self.digits(1)}-{self.digits(4)}"]
                ),
            ),
            "est": lambda: (
                "phone",
                self.draw.choice(
                    [
                        f"+34 9{self.digits(2)} {self.digits(3)} {self.digits(3)}",
                        f"9{self.digits(2)} {self.digits(2)} {self.digits(2)} {self.digits(2)}",
                    ]
                ),
            ),
            "frp": lambda: (
                "phone",
                self.draw.choice(
                    [
                        f"0{self.draw.randint(1, 5)}." + ".".join(self.digits(2) for _ in range(4)),
                        f"+33 4 {self.digits(2)} {self.digits(2)} {self.digits(2)} {self.digits(2)}",
                    ]
                ),
            ),
            "dep": lambda: (
                "phone",
                self.draw.choice(
                    [
                        f"+49 30 {self.digits(6)}-{self.digits(2)}",
                        f"0351/{self.digits(6)}-{self.digits(3)}",
                        f"(089) {self.digits(7)}",
                    ]
                ),
            ),
            "rup": lambda: (
                "phone",
                self.draw.choice(
                    [
                        f"+7 (495) {self.digits(3)}-{self.digits(2)}-{self.digits(2)}",
                        f"8 (4742) {self.digits(2)}-{self.digits(2)}-{self.digits(2)}",
                    ]
                ),
            ),
            "itp": lambda: ("phone", f"+39 055 {self.digits(7)}"),
            "plp": lambda: ("phone", f"{self.digits(2)} {self.digits(3)} {self.digits(2)} {self.digits(2)}"),
            "ptp": lambda: ("phone", f"(11) 9{self.digits(4)}-{self.digits(4)}"),
            "nlp": lambda: ("phone", f"020-{self.digits(7)}"),
            "trp": lambda: ("phone", f"0 (312) {self.digits(3)} {self.digits(2)} {self.digits(2)}"),
            "vip": lambda: ("phone", f"024.{self.digits(4)}.{self.digits(4)}"),
            "jap": lambda: ("phone", f"03-{self.digits(4)}-{self.digits(4)}"),
            "kop": lambda: ("phone", f"02-{self.digits(4)}-{self.digits(4)}"),
            "dni": lambda: ("id", "4" + self.digits(7)),
            "rupass": lambda: ("id", f"45 {self.digits(2)} {self.digits(6)}"),
            "cpf": lambda: ("id", f"{self.digits(3)}.{self.digits(3)}.{self.digits(3)}-{self.digits(2)}"),
            "org": lambda: ("org", self.draw.choice(PLACES) + self.draw.choice(ORG_TAILS)),
            "co": lambda: ("org", self.company(CO_TAILS)),
            "ag": lambda: ("org", self.company(AGENCIES)),
            "unit": lambda: ("org", self.draw.choice(PLACES) + self.draw.choice(UNITS)),
            "uscc": lambda: ("keep", self.credit_code()),
            "place": lambda: ("", self.draw.choice(PLACES)),
            "goods": lambda: ("", self.draw.choice(GOODS)),
            "addr": lambda: (
                "",
                f"{self.draw.choice(PLACES)}{self.draw.choice(ROADS)}{self.draw.randint(2, 299)}号"
                + self.draw.choice(["", "3楼", "行政楼5层", "创业大厦B座1203室"]),
            ),
            "amt": lambda: ("", f"{self.draw.randint(12, 980)}.{self.digits(2)}"),
            "date": lambda: (
                "",
                f"20{self.draw.randint(17, 26)}年{self.draw.randint(1, 12)}月{self.draw.randint(1, 28)}日",
            ),
            "d3": lambda: ("", self.digits(3)),
            "d4": lambda: ("", self.digits(4)),
        }
        if key in makers:
            return makers[key]()
        if key in WEST:
            return "name", self.draw.choice(WEST[key])
        return "org", self.draw.choice(BODIES[key])

    def titled(self, titles: list[str], tongue: str) -> tuple[str, str]:
        """Return a courtesy title with a marked name after it."""
        return "", f"{self.draw.choice(titles)} ⟦name:{self.draw.choice(WEST[tongue])}⟧"

    def digits(self, count: int) -> str:
        """Return so many digits; the first is not 0."""
        return str(self.draw.randint(1, 9)) + "".join(str(self.draw.randint(0, 9)) for _ in range(count - 1))

    def name(self) -> str:
        """Return a Chinese name: mostly common surnames, some rare, compound, foreign to Han."""
        chance = self.draw.random()
        if chance < 0.02:
            return self.draw.choice(FOUR)
        if chance < 0.04:
            return self.draw.choice(MINORITY)
        if chance < 0.08:
            return self.draw.choice(COMPOUND) + self.draw.choice(GIVEN_ONE + GIVEN_TWO)
        surname = self.draw.choice(RARE if chance < 0.18 else COMMON)
        chance = self.draw.random()
        if chance < 0.25:
            return surname + self.draw.choice(GIVEN_ONE)
        if chance < 0.6:
            return surname + self.draw.choice(GIVEN_TWO)
        return surname + self.draw.choice(GIVEN_ONE) + self.draw.choice(GIVEN_ONE)

    def spaced(self) -> str:
        """Return a name of two letters drawn apart by blanks."""
        gap = self.draw.choice([" ", "  ", "　"])
        return self.draw.choice(COMMON) + gap + self.draw.choice(GIVEN_ONE)

    def mobile(self) -> str:
        """Return eleven digits in the form of a mobile number."""
        return "1" + self.draw.choice(["38", "59", "77", "99", "50", "86"]) + self.digits(8)

    def landline(self) -> str:
        """Return a fixed line in one of the usual forms."""
        area = self.draw.choice(["010", "0791", "0871", "023", "0951"])
        form = self.draw.choice(["{}-{}", "{}-{}", "{}-{}", "（{}）{}", "({}){}", "{}—{}", "{} {}"])
        return form.format(area, self.digits(8 if len(area) == 3 else 7))

    def identity(self) -> str:
        """Return an identity number with a right check character."""
        body = (
            self.draw.choice(["360102", "530111", "650104"])
            + str(self.draw.randint(1958, 1999))
            + f"{self.draw.randint(1, 12):02}{self.draw.randint(1, 28):02}"
            + self.digits(3)
        )
        weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]

    def credit_code(self) -> str:
        """Return a credit code of a company with a right check character."""
        signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        body = "91360" + self.digits(3) + "MA" + "".join(self.draw.choice(signs) for _ in range(7))
        total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
        return body + signs[(31 - total % 31) % 31]

    def certificate(self) -> str:
        """Return the number of a constructor's licence or post certificate in one of its forms."""
        return self.draw.choice(
            [
                f"赣136{self.draw.randint(2006, 2023)}{self.digits(8)}",
                f"桂建安B（{self.draw.randint(2015, 2024)}）{self.digits(7)}",
                f"湘2432{self.digits(10)}",
                self.digits(10),
                f"GX{self.digits(11)}",
                f"036{self.digits(16)}",
            ]
        )

    def company(self, tails: list[str]) -> str:
        """Return the name of a company, with its place before or inside."""
        head, tail = self.draw.choice(CO_HEADS), self.draw.choice(tails)
        place = self.draw.choice(["江西", "云南", "广西", "北京", "深圳市"])
        return self.draw.choice([place + head + tail, f"{head}（{place}）{tail}", head + tail])

    def mail(self, hosts: list[str]) -> str:
        """Return a mail address."""
        local = self.draw.choice(["zbb", "caigou", "liuyang", "w.chen", "zhb_2019", "office", "m.harper", "ivanova"])
        return f"{local}{self.draw.choice(['', self.digits(3)])}@{self.draw.choice(hosts)}"


def main() -> None:
    """Write the two sets."""
    text = (FOLDER / "field.templates").read_text(encoding="utf-8")
    layouts = [part.split("\n", 1) for part in re.split(r"(?m)^%% ?", text)[1:]]
    draw = random.Random(SEED)
    order = list(range(len(layouts)))
    draw.shuffle(order)
    for half, name in ((order[::2], "field_dev"), (order[1::2], "field_blind")):
        lines = []
        for number in sorted(half):
            title, body = layouts[number]
            filler = Filler(random.Random(f"{SEED} {title}"))
            lines += [f"%% {title}\n{filler.fill(body)}" for _ in range(3 if number % 3 == 0 else 2)]
        (FOLDER / f"{name}.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Project numbers inside lines, bodies that are a line, labels that only a blank parts from their value."""

import pytest

from sousveil.model import Document, Page
from sousveil.read import read
from sousveil.read.bodies import is_body
from sousveil.text.language import language_of


def notice_of(text):
    return read(Document("0" * 64, "text/plain", "a.txt", (Page(1, text),), language=language_of(text)))[0]


def number_of(text):
    field = notice_of(text).project_number
    assert field is None or text[field.span.start : field.span.end] == field.span.quote
    return None if field is None else field.value


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Cameras\nBuyer: Calder Police. Reference: CAL-2023-118. Published 14 March 2023.", "CAL-2023-118"),
        ("Road works\nInvitation for Bids IFB 24-017\nIssued: January 30, 2024", "IFB 24-017"),
        ("County Government of Sambur\nTENDER NO. SBR/CG/SEC/014/2024\nSupply of cameras", "SBR/CG/SEC/014/2024"),
        ("Извещение № 0373200099923000999\nЗаказчик: Департамент", "0373200099923000999"),
        ("İHALE İLANI\nİhale Kayıt Numarası: 2022/771100\nİdarenin Adı: Akça Belediyesi", "2022/771100"),
        ("Kameras\nAuftraggeber: Stadt Thal, Geschäftszahl GWW-17/25\nWert: 5", "GWW-17/25"),
        ("BANDO DI GARA - CIG 9912345A7X\nComune di Rocca", "9912345A7X"),
        ("某市公安局监控采购\n公开招标 编号SDLW-2018-GA-29 2018-03-28\n采购人：某市公安局", "SDLW-2018-GA-29"),
        # no numbers: resolutions, dates, directives, sizes, covered ones, numbers of contracts
        ("City of Maple\nResolution No. 2022-114\nA resolution authorizing cameras", None),
        ("Report on cameras under directive 2004/18/EC\nBuyer: Maple Council", None),
        ("监控采购\n附件大小 30.07KB\n采购人：滦泽市公安局", None),
        ("监控采购\n项目编号：18SD***\n采购人：滦泽市公安局", None),
        ("监控合同公告\n合同编号JHH-HT-2020-90\n甲方：滦泽市公安局", None),
    ],
)
def test_number(text, number):
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("text", "buyer"),
    [
        ("Avis d'attribution - T-2021-59\nDépartement du Haut-Val\nTravaux de voirie", "Département du Haut-Val"),
        ("Republic of Kenya - County Government of Sambur\nTENDER NO. SBR/1/2024", "County Government of Sambur"),
        ("Award notice HSP/2022/411, Wex Hospitals NHS Trust, 1 December 2022.\nPumps", "Wex Hospitals NHS Trust"),
        ("监控成交公告\n采购人 滦泽市交通运输局\n成交供应商 武汉光瞳科技有限公司", "滦泽市交通运输局"),
    ],
)
def test_buyer_without_a_colon(text, buyer):
    assert notice_of(text).buyer.value == buyer


def test_words_of_a_sentence_are_no_body():
    assert not is_body("city of books reprinted for schools", "City of books reprinted for schools")
    assert not is_body("agence", "Agence")


def test_the_title_is_neither_portal_nor_buyer_nor_form():
    assert notice_of("Contracts Notice Service\nSmart Cameras for Buses\nBuyer\nWex Council").title.value == (
        "Smart Cameras for Buses"
    )
    assert notice_of("Comune di Rocca\nFornitura di telecamere urbane\nImporto: 5").title.value == (
        "Fornitura di telecamere urbane"
    )
    text = "招标文件 滦泽学院“平安校园综合管理平台” YC2022-ZB-1 2022年6月29日\n预算300万元。"
    assert notice_of(text).title.value == "滦泽学院“平安校园综合管理平台”"


def test_a_sum_in_a_label_is_no_label():
    notice = notice_of("电梯平台采购\n采购人：滦泽市市场监督管理局\n预算195万元\n3000部电梯运行状态传感器")
    assert notice.budget.value == 1_950_000


def test_a_losing_bidder_is_no_supplier():
    text = "決標公告\n機關名稱：東潯縣警察局\n得標廠商：宏穎科技有限公司\n未得標廠商：台嘉工程有限公司"
    assert [field.value for field in notice_of(text).suppliers] == ["宏穎科技有限公司"]


def test_ranked_columns_without_borders():
    text = "滦泽市监控中标候选人公示\n招标人：\n滦泽市公安局\n排名\n中标候选人名称\n投标报价（元）\n证书编号\n1\n河南光瞳科技有限公司\n8476000\nA1\n2\n郑州星联工程有限公司\n8612350\nA2\n"
    notice = notice_of(text)
    assert [field.value for field in notice.suppliers] == ["河南光瞳科技有限公司", "郑州星联工程有限公司"]
    assert notice.has_candidates_only

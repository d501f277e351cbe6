"""Places: by the gazetteer, by their form, by a province that is printed; abroad by regions and the names of bodies."""

import pytest

from sousveil.model import Document, Page
from sousveil.read import read
from sousveil.read.gazetteer import find_places
from sousveil.read.locality import find_locality
from sousveil.text.fold import fold
from sousveil.text.language import language_of

# Names of cities and counties are invented; provinces are real.


def city_of(text):
    return read(Document("0" * 64, "text/plain", "a.txt", (Page(1, text),), language=language_of(text)))[0].city


def place_of(text):
    notice = read(Document("0" * 64, "text/plain", "a.txt", (Page(1, text),), language=language_of(text)))[0]
    for field in (notice.province, notice.city):
        assert field is None or text[field.span.start : field.span.end] == field.span.quote
    return tuple(None if field is None else field.value for field in (notice.province, notice.city))


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("滦泽市公安局", "滦泽市"),
        ("澧沅县人民政府", "澧沅县"),
        ("乌勒布旗公安局", "乌勒布旗"),
        ("果洛河州公安局", "果洛河州"),
        ("津湄开发区管理委员会", "津湄开发区"),
        ("湘泽市澧沅县教育局", "澧沅县"),
        ("湘泽市钱塘区教育局", "湘泽市"),
        ("洱沧县民族宗教事务局", "洱沧县"),
        ("内滨市政府警察局", "内滨市"),
    ],
)
def test_a_place_is_told_by_its_form(name, place):
    span = find_locality(name, 0, len(name))
    assert span is not None
    assert name[slice(*span)] == place


@pytest.mark.parametrize(
    "name",
    [
        "智慧小区建设项目",
        "城市管理局",
        "某市公安局",
        "全市公安机关",
        "经济技术开发区管委会",
        "农贸市场改造",
        "地下市政设施",
        "特色县域产业",
        "高速公路服务区监控",
        "我市视频监控",
        "神州数码科技有限公司",
        "有关市县公安局",
    ],
)
def test_words_that_end_like_a_place_are_none(name):
    assert find_locality(name, 0, len(name)) is None


@pytest.mark.parametrize(
    ("text", "province", "city"),
    [
        ("滦泽市公安局监控项目招标公告\n来源：河北省政府采购网\n采购人：滦泽市公安局", "河北", "滦泽市"),
        ("滦泽市公安局监控项目招标公告\n来源：甘肃政府采购网\n采购人：滦泽市公安局", "甘肃", "滦泽市"),
        ("江苏省滦泽县公安局声纹库成交公告\n采购人：滦泽县公安局", "江苏", "滦泽县"),
        ("门禁项目流标公告\n项目名称：门禁项目（江西省滦泽市）\n采购人：滦泽市公安局", "江西", "滦泽市"),
        ("滦泽市公安局监控项目\n项目地点：宁夏滦泽市\n采购人：滦泽市公安局", "宁夏", "滦泽市"),
        ("滦泽市公安局监控采购\nGX-2024-1 广西 2024年7月18日\n采购人：滦泽市公安局", "广西", "滦泽市"),
        # only a company and the agency name a province: the notice does not say where the buyer is
        ("滦泽市公安局监控中标公告\n采购人：滦泽市公安局\n中标供应商：河南省光瞳科技有限公司", None, "滦泽市"),
        ("滦泽市公安局监控招标公告\n采购人：滦泽市公安局\n代理机构：江苏省华某招标有限公司", None, "滦泽市"),
        # a short name that is a part of a longer one is not the place; a county of two characters stands apart
        ("玉树河县公安局监控采购\n采购人：玉树河县公安局", None, "玉树河县"),
        ("眉岷县公安局监控采购\n采购人：眉岷县公安局", None, "眉岷县"),
    ],
)
def test_china(text, province, city):
    assert place_of(text) == (province, city)


@pytest.mark.parametrize(
    ("text", "region", "city"),
    [
        ("City of Maple Hollow, Ohio\nTender for cameras\nBuyer: City of Maple Hollow", "Ohio", "Maple Hollow"),
        ("Cameras\nBuyer: Wexmoor Constabulary\nLocation: Wexmoor, England\nTender notice", "England", "Wexmoor"),
        ("Закупка\nЗаказчик: Департамент информатизации Свердловской области", "Свердловская область", None),
        (
            "Cámaras en el puerto de Pardona (Granada)\nÓrgano: Autoridad Portuaria\nEstado: Publicada",
            "Granada",
            "Pardona",
        ),
        ("Obras\nÓrgano: Ayuntamiento de Pardona Provincia: Cáceres\nObjeto: cámaras", "Cáceres", "Pardona"),
        ("Kameras\nAuftraggeber: Marktgemeinde Thalquell\nAuftragsart: Lieferung", None, "Thalquell"),
    ],
)
def test_abroad(text, region, city):
    assert place_of(text) == (region, city)


def test_traditional_characters_are_given_back_as_printed():
    assert place_of("決標公告\n機關名稱：東潯縣政府水利處\n標案案號：A-1")[1] == "東潯縣"
    assert fold("東潯縣") != "東潯縣"


def test_a_place_carries_its_official_code():
    assert city_of("武宁县公安局视频监控采购公告").note == "GB/T 2260 360423"
    district = city_of("青岛市黄岛区教育局视频监控采购公告")
    assert district.value == "青岛市"


def test_a_name_hidden_by_letters_that_run_into_another_is_found():
    assert [place.name for place in find_places("福建移动征集宁德分公司仓储服务项目")] == ["福建省", "宁德市"]
    assert [place.name for place in find_places("龙沙河公安局")] == []


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Buyer: Department for Work, Blackmoor FY4 5ES\nTitle: Listening tool for social media", "Blackmoor"),
        ("Buyer: Muckish Airport Authority, Terminal Road, Muckish, Ireland\nTitle: Weather radar supply", "Muckish"),
        ("Buyer: Police Authority, Procurement Services, Empress Building, Harrow SW6 1TR", "Harrow"),
        ("Buyer: Ministry of Trade, Markets and Cooperatives\nTitle: Supply of desks and chairs", None),
        ("Buyer: Fraport Lines, S.A.\nTitle: Supply of desks and chairs", None),
        ("Buyer: State Police, Michigan\nTitle: Supply of desks and chairs", None),
    ],
)
def test_a_town_behind_the_name_of_a_body(text, town):
    assert place_of(text)[1] == town

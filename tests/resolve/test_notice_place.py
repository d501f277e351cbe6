"""The place of a notice: the code that the reader noted, a name looked up, or the country; never a guess."""

import pytest

from sousveil.model import Document, Field, Notice, Page, make_span
from sousveil.resolve.notice_place import place_of

FILE = "0" * 64
PAGE = Page(1, "x" * 80)


def field(value, note=""):
    return None if value is None else Field(value, make_span(FILE, PAGE, 0, 1), "test", note)


def notice(country=None, province=None, city=None):
    fields = {"country": country, "province": province, "city": city}
    fields = {key: field(*value) if isinstance(value, tuple) else field(value) for key, value in fields.items()}
    return Notice("n", "n", FILE, 1, 1, **fields)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        (("CN", ("福建", "GB/T 2260 350000"), ("厦门", "GB/T 2260 350200")), "350200"),
        (("CN", ("新疆", "GB/T 2260 650000"), ("乌鲁木齐市", "天山区 (650102) is a district of it")), "650102"),
        (("CN", ("陕西", "GB/T 2260 610000"), ("宝鸡市", "凤翔县 (610300) is a district of it")), "610305"),
        (("CN", ("福建", "GB/T 2260 350000"), None), "350000"),
        (("CN", ("四川", "GB/T 2260 510000"), "岷阳市"), "510000"),  # in no list: the province stands
        (("CN", ("福建", "GB/T 2260 350000"), "鼓楼区"), "350102"),
        (("CN", None, "鼓楼区"), "CN"),  # three cities have one
        (("CN", None, None), "CN"),
        (("TW", None, "新北市"), "TW-NWT"),
        (("TW", None, "屏東縣"), "TW-PIF"),
        (("ES", "Granada", "Motril"), "ES-GR"),
        (("US", "Texas", "Grapevine"), "US-TX"),
        (("FR", None, "Paris"), "FR-75C"),
        (("GB", None, "London"), "GB"),  # a region of many boroughs, none of them called so
        (("DE", None, "Tübingen"), "DE14"),
        (("DE", None, "Essen"), "DE"),
        ((None, None, "Oslo"), ""),
        ((None, None, None), ""),
    ],
)
def test_place_of(fields, code):
    assert place_of(notice(*fields)) == code


def test_a_notice_that_is_read_has_a_place():
    from sousveil.read import read
    from sousveil.text.language import language_of

    text = "福州市鼓楼区教育局监控采购公告\n采购人：福州市鼓楼区教育局\n"
    (found,) = read(Document(FILE, "text/plain", "a.txt", (Page(1, text),), language=language_of(text)))
    assert place_of(found) == "350102"

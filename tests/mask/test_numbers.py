"""Numbers that lead to persons, in all writings, and numbers that do not. All are invented."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sousveil.mask import find_leaks, mask_text, numbers


@pytest.mark.parametrize(
    "phone",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "+86 13800138000", "(+86)13800138000", "86-13800138000", "１３８００１３８０００",
        "0991-2935817", "(010)63176458", "（0851）23296123", "0571 87654321", "02163176458", "029-88110800-8026", "0571-87654321转801", "0571—87654321",
        "400-998-0000", "4009980000", "800-820-8820", "+44 20 7946 0958", "+1 (202) 555-0143", "+34 912 345 678", "+7 (495) 123-45-67", "+380441234567",
    ],
)  # fmt: skip
def test_phones_are_found_without_a_label(phone):
    (leak,) = find_leaks(f"办公室{phone}。")
    assert leak.kind == "phone"
    assert set(mask_text(f"办公室{phone}。")[0]) <= set("办公室。█（")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("电话：6622364", "phone"), ("电话：66223645，66223646", "phone"), ("tel. 020 7946 0958", "phone"), ("Tfno.: 912 34 56 78", "phone"),
        ("QQ：123456789", "phone"), ("微信号：wxid_123abc", "phone"), ("QQ群：1234567", "phone"), ("分机: 80123", "phone"),
        ("邮箱：zhang.san@163.com", "mail"), ("zhang#163.com", "mail"), ("zhang [at] example [dot] org", "mail"), ("zhang＠qq.com", "mail"),
        ("身份证号：420101196803121234", "id"), ("身份证 110105491231002", "id"), ("11010519491231002X", "id"), ("护照号码：E12345678", "id"),
        ("DNI 12345678Z", "id"), ("NIE: X1234567L", "id"), ("SSN: 123-45-6789", "id"), ("NI number: QQ 12 34 56 C", "id"), ("ИНН: 123456789012", "id"),
        ("CPF 529.982.247-25", "id"), ("C.F. RSSMRA80A01H501U", "id"), ("паспорт 4510 123456", "id"), ("豫1412015201512345", "id"), ("警号：012345", "id"),
        ("银行账号：1202021309900012345", "bank"), ("帐 号：6222 0210 0112 3456 789", "bank"), ("ES91 2100 0418 4502 0005 1332", "bank"),
        ("京A12345", "plate"), ("粤B·D12345", "plate"), ("新A 8K88警", "plate"), ("家庭住址：某市某区某路1号2栋301室", "address"), ("出生年月：1968年3月", "other"),
    ],
)  # fmt: skip
def test_other_numbers_are_found(text, kind):
    assert {leak.kind for leak in find_leaks(text)} == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "项目编号：13800138000",
        "订单号62220210011234567",
        "合同编号：HT0571-87654321",
        "预算金额：13800138000元，最高限价1,380,013.80万元",
        "时间：2026-08-20 12:34:19，2026年08月20日14时00分",
        "统一社会信用代码：91330106MA2B123456",
        "统一社会信用代码 911410315710923245",
        "执行GB/T 28181-2016、GA/T 1400.1-2017和ISO 27001",
        "http://www.ccgp.example.cn/notice/20210713800138.htm",
        "FJBXWJ20260820003",
        "分辨率3840×2160，-40℃~70℃，800万像素",
        "道路K0+000至K0+535.522段",
        "CPV 35125300-2, Notice 2021/S 123-456789, 12,345,678.00 EUR",
        "NIF: B12345674",
        "ИНН: 7707083893",
        "浙财采〔2020〕1234号",
        "办公地址：某路100号，电话：2026年公布",
    ],
)
def test_numbers_of_things_and_institutions_stay(text):
    assert find_leaks(text) == ()
    assert mask_text(text)[0] == text


def test_the_gate_does_not_report_what_is_covered():
    masked, _ = mask_text("电话：13800138000，邮箱：a.b@example.org")
    assert find_leaks(masked) == ()


@example("8(123)4-56-78")
@example("400-123-456")
@example("02-345-6789")
@example("京建安a20205")
@example("٠8 (123) 4-56-7")
@given(st.text("0123456789+-()./ x京建安a٣", max_size=24))
def test_texts_of_few_digits_are_passed_over_without_a_loss(text):
    quickly = list(numbers.iter_numbers(text))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(numbers, "_MANY_DIGITS", re.compile(""))
        assert list(numbers.iter_numbers(text)) == quickly

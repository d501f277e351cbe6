"""Names behind offices, before ranks, in declarations, torn or spread; numbers below heads. Persons are invented."""

import pytest

from sousveil.mask import mask_text

COVERED = [
    ("实施工程师钱雨涵、董一鸣，驻场服务人员宇文疏影。", ("钱雨涵", "董一鸣", "宇文疏影")),
    ("项目总监 江天佑\n培训讲师 雷援朝\n", ("江天佑", "雷援朝")),
    ("吴芸，江城大学，高级工程师；\n方靓，江城职业技术学院，副教授；", ("吴芸", "方靓")),
    ("我欧阳修远（姓名）系江城科技有限公司的法定代表人", ("欧阳修远",)),
    ("项目联系人：雷\n天佑\n联系方式：见附件", ("雷", "天佑")),
    ("评 审 专 家 ： 尹 凌 云 、 蒋 舟\n", ("尹 凌 云", "蒋 舟")),
    ("拟稿：唐来福　审核：宋驿　签发：高策\n", ("唐来福", "宋驿", "高策")),
    ("| 投标人 | 授权代表签字 |\n| 江城科技有限公司 | 唐招娣 |\n", ("唐招娣",)),
    ("| Name | Role | Phone |\n| Marcus MacLeod | Engineer | 555 |\n", ("Marcus MacLeod",)),
    ("联系人：Shen Xiaoming\n", ("Shen Xiaoming",)),
    ("项目经理：吕怀瑾（Lü Huaijin）", ("吕怀瑾", "Lü Huaijin")),
    ("供应商：云山县吴祺家电经营部（统一社会信用代码：92420106MA4KABCD1X）", ("吴祺", "92420106MA4KABCD1X")),
    (
        "| 姓名 | 证书编号 | 银行卡号 |\n| 张三丰 | 60022012027295 | 1202 7526 3111 |\n",
        ("60022012027295", "1202 7526 3111"),
    ),
    ("安全员：宋来福（安全生产考核合格证书：湘建安C（2010）6279698）", ("宋来福", "湘建安C（2010）6279698")),
    ("查询请致电02-3729-2206", ("02-3729-2206",)),
    ("采购科王科长：见附件", ("王",)),
]
KEPT = [
    "人员关系、人员全息、车行记录",
    "管理人员培训，技术人员安排，负责人职责，工程师人数",
    "| 品牌 | 型号 |\n| 海康威视 | DS-2CD7A47 |",
    "| Name | Quantity |\n| Hard Disk | 3 |",
    "评审专家名单：\n七、代理服务收费标准",
    "文号 02-2023-0012",
    "备案号：鄂ICP备13800138000号",
    "有意者请留下联系人和联系电话",
]


@pytest.mark.parametrize(("text", "persons"), COVERED)
def test_persons_are_covered_whole(text, persons):
    masked, _ = mask_text(text)
    assert len(masked) == len(text)
    for person in persons:
        start = text.index(person)
        left = masked[start : start + len(person)]
        assert not any(char.isalnum() for char in left), left


@pytest.mark.parametrize("text", KEPT)
def test_nothing_else_is(text):
    assert mask_text(text)[0] == text

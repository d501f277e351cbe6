"""Layouts that nobody wrote: each case draws label, gap, list mark, note behind the name and frame by chance.

``compose(number)`` returns a template for the makers of ``odd_makers``. The parts were written down before the rules
were mended, and the set was looked at later: it is no blind set any more (``bench/masking.md``).
"""

from __future__ import annotations

import random

_CONTACTS = (
    *(
        "联系人",
        "项目联系人",
        "采购人联系人",
        "经办人",
        "具体联系人",
        "业务联系人",
        "采购经办人",
        "招标人联系人",
        "工作联系人",
    ),
    *(
        "代理机构联系人",
        "询价联系人",
        "负责人",
        "答疑联系人",
        "现场联系人",
        "项目经办",
        "商务对接人",
        "技术对接人",
        "招标联系人",
    ),
    *("项目对接人", "投标报名联系人", "采购科联系人", "咨询联系人", "代理机构经办人", "采购单位经办人", "项目承办人"),
)
_PANELS = (
    *(
        "评审专家",
        "评审专家名单",
        "谈判小组",
        "谈判小组成员",
        "谈判小组成员名单",
        "磋商小组",
        "磋商小组成员名单",
        "评委名单",
    ),
    *("询价小组名单", "评标委员会", "评标委员会成员名单", "评审小组", "评审委员会成员", "专家组", "评委", "评审组成员"),
    *(
        "单一来源采购人员",
        "评审专家组成员",
        "论证专家组",
        "协商小组名单",
        "采购小组成员名单",
        "竞价小组",
        "比选小组成员",
    ),
    *(
        "评选小组",
        "遴选小组成员",
        "议价小组",
        "资格审查人员",
        "谈判组成员",
        "竞谈小组",
        "评审组专家",
        "磋商小组人员名单",
    ),
)
_STAFF = (
    *(
        "项目经理",
        "项目负责人",
        "技术负责人",
        "施工员",
        "质量员",
        "安全员",
        "法定代表人",
        "授权代表",
        "监督人",
        "监标人",
        "唱标人",
    ),
    *(
        "记录人",
        "采购人代表",
        "委托代理人",
        "公证员",
        "验收人",
        "编制人",
        "审核人",
        "总监理工程师",
        "项目总监",
        "资料员",
        "材料员",
    ),
    *(
        "采购单位代表",
        "招标人代表",
        "现场监督人员",
        "纪检监督人员",
        "项目主管",
        "售后服务负责人",
        "运维负责人",
        "质检员",
    ),
)
_GAPS = (
    "：",
    "：",
    "：",
    ":",
    "： ",
    "：　",
    " ",
    "　",
    "：\n",
    "\n",
    " | ",
    "\t",
    "——",
    "为",
    "（签字）：",
    "(姓名)：",
    " : ",
    "是",
)
_MARKS = ("、", "、", "、", "，", ",", "；", ";", "/", "／", " ", "  ", "　", "\t", "\n", "、\n", " 、", "，\n", "｜")
_NOTES = ("",) * 12 + (
    "（组长）",
    "（采购人代表）",
    "(业主代表)",
    "（{org}）",
    "（高级工程师）",
    "（主任）",
    " 教授",
    "（技术）",
    "（经济类）",
)
_NUMBERS = ("{mob}", "{area}", "{ext}", "{two}", "{mobfw}", "{tel}")
_PHONES = ("电话：", "联系电话：", "联系方式：", "手机：", "电　话：", "TEL:", "电话", "手机号码 ", "固话：", "传真：")
_PERSONS = ("{w}",) * 7 + ("{w2}", "{w2}", "{wc}", "{wsp}", "{wm}", "{wu}")
_HEADINGS = ("一、", "1.", "（三）", "五、", "4、", "", "", "", "", "★", "●", "【公告】")
_ENDS = (
    "",
    "",
    "。",
    "；",
    "\n六、其他补充事宜：⟦keep:无⟧",
    "\n公告期限：⟦keep:1个工作日⟧",
    "\n中标单位：{co}",
    "\n采购单位：{org}",
)


def _list(r: random.Random, least: int, most: int) -> str:
    mark = r.choice(_MARKS)
    number = r.random() < 0.12
    people = [
        (f"{place}{r.choice('.、')}" if number else "") + r.choice(_PERSONS) + r.choice(_NOTES)
        for place in range(1, r.randint(least, most) + 1)
    ]
    return ("\n" if number else mark).join(people)


def _contact(r: random.Random) -> str:
    name, gap = r.choice(_CONTACTS), r.choice(_GAPS)
    people = r.choice(_PERSONS) if r.random() < 0.8 else _list(r, 2, 2)
    after = r.choice(("\n", "  ", "，", "；", " | ", "\t", "（"))
    phone = ("" if after == "（" else r.choice(_PHONES)) + r.choice(_NUMBERS)
    return f"{name}{gap}{people}{after}{phone}{'）' if after == '（' else ''}"


def _panel(r: random.Random) -> str:
    return f"{r.choice(_PANELS)}{r.choice(_GAPS)}{_list(r, 3, 5)}"


def _staff(r: random.Random) -> str:
    gap, between = r.choice(_GAPS), r.choice(("，", "；", "\n", "　", "\t", " | ", "\n"))
    return between.join(f"{label}{gap}{r.choice(_PERSONS)}" for label in r.sample(_STAFF, r.randint(1, 4)))


def _table(r: random.Random) -> str:
    """Return a table of persons with its columns in any order, in one of four drawings."""
    columns = [
        (r.choice(("姓名", "专家姓名", "人员姓名", "联系人", "名字", "评委")), r.choice(("{w}", "{w}", "{w2}", "{w} ")))
    ]
    columns += r.sample(
        [
            ("单位", "{org}"),
            ("职称", "高级工程师"),
            ("手机", "{mob}"),
            ("证书编号", "{cert}"),
            ("专业", "通信工程"),
            ("身份证号", "{id}"),
            ("岗位", "项目经理"),
        ],
        r.randint(1, 4),
    )
    r.shuffle(columns)
    columns.insert(0, ("序号", "#"))
    drawn = r.choice((" | ", "\t", "|", "  "))
    rows = [[head for head, _ in columns]]
    rows += [[str(n) if cell == "#" else cell for _, cell in columns] for n in range(1, r.randint(3, 5))]
    edge = drawn.strip(" \t")
    return "\n".join(f"{edge}{drawn.join(row)}{edge}" for row in rows)


def compose(number: int) -> tuple[str, str]:
    """Return title and template of one case, the same for the same number."""
    r = random.Random(f"composed-{number}")
    parts = [r.choice((_contact, _contact, _panel, _panel, _staff, _table)) for _ in range(r.randint(1, 3))]
    body = "\n".join(r.choice(_HEADINGS) * (part is not _table) + part(r) + r.choice(_ENDS) for part in parts)
    return " + ".join(part.__name__.strip("_") for part in parts), f"采购人：{{org}}\n{body}\n成交供应商：{{co}}\n"

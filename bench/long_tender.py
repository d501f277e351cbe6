"""A tender document of any length, made by rule: notice, bidders' instructions, clauses, bills with tables, forms.

All names are invented. One page holds some 1,500 characters, as a printed page does; no two pages are the same, for a
repeated page would flatter whatever remembers.
"""

from __future__ import annotations

from collections.abc import Iterator

_THINGS = (
    *("网络高清球型摄像机", "人脸抓拍摄像机", "车牌识别一体机", "视频存储服务器", "人脸比对服务器", "交换机"),
    *("光纤收发器", "立杆及基础", "防雷接地", "机柜", "液晶拼接屏", "执法记录仪", "门禁控制器", "UPS电源", "工程线缆"),
    "移动侦测终端",
)
"""Dome camera, face capture camera, number plate reader, stores, servers, switches, poles, racks, screens and more."""
_TRAITS = (
    "支持不低于{n}万像素，最低照度不大于0.00{d}Lux",
    "支持{n}路视频接入，具备断网续传功能",
    "检出率不低于9{d}%，每秒比对不少于{n}次",
    "具备{n}个千兆电口，支持网络管理协议",
    "工作温度零下{d}0度至{n}度，防护等级不低于IP66",
    "存储时间不少于{n}天，磁盘故障时可在线更换",
)
_CLAUSES = (
    "{i}.{j}投标人应当按照招标文件的要求编制投标文件，投标文件应当对招标文件提出的第{n}项要求和条件作出明确响应。",
    "{i}.{j}采购人可以对已发出的招标文件进行必要的澄清或者修改，修改内容在投标截止时间{n}日前以书面形式通知。",
    "{i}.{j}中标人应当在合同签订后{n}日内完成供货、安装和调试，并提供不少于{d}年的免费质保服务。",
    "{i}.{j}为了提升辖区社会治安防控能力，系统建成后应当与市公安局视频共享平台实现第{n}级对接。",
    "{i}.{j}验收由采购人组织，按照国家标准GB/T {n}{d}{d}-2016的要求进行，验收费用由中标人承担。",
    "{i}.{j}投标报价应当包括设备、运输、安装、培训和税费等全部费用，单价超过{n}.{d}万元的设备应当列明品牌和型号。",
    "{i}.{j}投标人不得与其他投标人串通投标，不得以向评标委员会成员行贿的手段谋取中标，保证金为{n}万元。",
)
_HEADS = ("投标人须知", "评标办法和标准", "合同主要条款", "采购需求", "投标文件格式", "资格审查")
_NOTICE = (
    "云岭县公安局社会面智能防控系统采购项目招标公告",
    "一、项目基本情况",
    "项目编号：YL-2026-0417（示例）",
    "项目名称：云岭县公安局社会面智能防控系统采购项目",
    "预算金额：1860万元",
    "采购人：云岭县公安局",
    "采购代理机构：明川项目管理有限公司（虚构）",
    "采购需求：人脸抓拍摄像机120台，车牌识别一体机60套，视频存储服务器12台。",
)


def iter_pages(count: int) -> Iterator[str]:
    """Yield ``count`` pages as HTML: a notice, then chapters of clauses and bills."""
    yield "".join(f"<p>{line}</p>" for line in _NOTICE)
    for number in range(1, count):
        chapter = number // 40
        head = f"<h2>第{'一二三四五六七八九十'[chapter % 10]}章 {_HEADS[chapter % len(_HEADS)]}</h2>"
        yield (head if number % 40 == 0 else "") + (_bill(number) if number % 3 == 1 else _clauses(number))


def make_html(count: int) -> bytes:
    """Return the whole document as one web page."""
    return f"<html><body>{''.join(iter_pages(count))}</body></html>".encode()


def _clauses(page: int) -> str:
    return "".join(f"<p>{_clause(page, number)}</p>" for number in range(1, 30))


def _clause(page: int, number: int) -> str:
    seed = page + number
    form = _CLAUSES[seed % len(_CLAUSES)]
    return form.format(i=page, j=number, n=11 + (page * 7 + number) % 83, d=seed % 9 + 1)


def _bill(page: int) -> str:
    rows = "".join(_row(page, number) for number in range(1, 26))
    return f"<table><tr><th>序号</th><th>名称</th><th>技术参数</th><th>数量</th><th>单位</th></tr>{rows}</table>"


def _row(page: int, number: int) -> str:
    seed = page * 31 + number
    trait = _TRAITS[seed % len(_TRAITS)].format(n=12 + seed % 77, d=seed % 9 + 1)
    thing = _THINGS[seed % len(_THINGS)]
    cells = (str(number), thing, f"{trait}，型号第{seed}版", str(1 + seed % 60), "台套个"[seed % 3])
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

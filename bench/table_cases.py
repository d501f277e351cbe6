"""Tables with known truth, as purchases print them: bills of quantities, lots with winners, merged heads, long lists.

All names are invented. A table is a grid of texts; ``None`` is a field that a cell above or to the left covers.
"""

from __future__ import annotations

from dataclasses import dataclass

Grid = list[list[str | None]]

GOODS = (
    ("高清人脸抓拍摄像机", "分辨率不低于1080P，支持人脸抓拍", "台", "120", "3200.00", "含支架"),
    ("视频存储服务器", "48盘位，单盘不小于8TB", "台", "6", "86000.00", "原厂质保三年"),
    ("车牌识别一体机", "识别率不低于99%", "套", "18", "12500.00", "含立杆"),
    ("汇聚交换机", "24口千兆，4个万兆光口", "台", "9", "4600.00", "国产"),
    ("人像比对平台软件", "支持一百万人像库比对", "套", "1", "480000.00", "永久授权"),
    ("光纤收发器", "单模单纤，千兆", "对", "260", "180.00", "成对供货"),
    ("监控立杆", "高六米，热镀锌，含基础", "根", "75", "2100.00", "含安装"),
    ("移动警务终端", "八核处理器，内存不小于8GB", "部", "42", "3900.00", "含专网卡"),
)
HEAD = ("序号", "货物名称", "技术参数", "单位", "数量", "单价", "备注")


@dataclass(frozen=True)
class Case:
    """A table and what is true of it.

    Attributes:
        name: of the case.
        grid: its texts.
        spans: (row, column) -> (rows, columns) of the cells that cover more than one field.
        heads: rows that are the head.
        repeats: whether the head is printed again on each page.
        widths: of the columns in points, for formats that are drawn.
        is_cut: whether the drawn form lets a row break over the end of a page.
        is_long: whether the drawn form takes more than one page.
    """

    name: str
    grid: Grid
    spans: dict[tuple[int, int], tuple[int, int]]
    heads: int = 1
    repeats: bool = True
    widths: tuple[int, ...] = (34, 100, 130, 34, 40, 66, 76)
    is_cut: bool = False
    is_long: bool = False


def bill(count: int, *, total: bool = True) -> tuple[Grid, dict[tuple[int, int], tuple[int, int]]]:
    """Return a bill of quantities with this many rows, and its spans; the last row is the sum."""
    grid: Grid = [list(HEAD)]
    for number in range(count):
        name, text, unit, amount, price, note = GOODS[number % len(GOODS)]
        round_ = number // len(GOODS)
        grid.append([str(number + 1), name + (f"{round_}" if round_ else ""), text, unit, amount, price, note])
    if not total:
        return grid, {}
    grid.append(["合计", None, None, None, None, "9999999.00", "含税"])
    return grid, {(len(grid) - 1, 0): (1, 5)}


def cases() -> list[Case]:
    """Return all cases."""
    return [
        Case("bill", *bill(8)),
        _broken_cells(),
        _lots(),
        _merged_head(),
        _row_spans(),
        Case("two pages, head repeated", *bill(50), is_long=True),
        Case("two pages, head once", *bill(50), repeats=False, is_long=True),
        Case("five pages, head repeated", *bill(160), is_long=True),
        Case("five pages, head once", *bill(160), repeats=False, is_long=True),
        _cut(),
    ]


def _broken_cells() -> Case:
    grid, _ = bill(6, total=False)
    for row in grid[1:]:
        row[2] = f"1、{row[2]}\n2、工作温度-20℃至60℃\n3、防护等级IP66"
    return Case("line breaks in cells", grid, {})


def _lots() -> Case:
    grid: Grid = [["标段", "中标供应商", "地址", "中标金额(万元)"]]
    places = ("云溪市东山路1号", "云溪市西湖路22号", "松岭县人民路8号", "松岭县北门街5号")
    firms = ("甲视安防科技有限公司", "乙联智能系统有限公司", "丙江数据服务有限公司", "丁峰网络工程有限公司")
    for number, (place, firm) in enumerate(zip(places, firms, strict=True), 1):
        grid.append([f"第{number}包", firm, place, f"{number * 128}.5"])
    return Case("lots", grid, {}, widths=(60, 170, 150, 100))


def _merged_head() -> Case:
    grid: Grid = [
        ["序号", "设备名称", "配置要求", None, "采购数量", None],
        [None, None, "型号", "参数", "单位", "数量"],
    ]
    spans = {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (0, 4): (1, 2)}
    grid += [[str(n), g[0], f"YX-{n}00", g[1], g[2], g[3]] for n, g in enumerate(GOODS[:6], 1)]
    return Case("merged head", grid, spans, heads=2, widths=(34, 110, 60, 150, 40, 40))


def _row_spans() -> Case:
    grid: Grid = [["类别", "货物名称", "技术参数", "单位", "数量"]]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for kind, start, stop in (("前端", 0, 3), ("后端", 3, 5), ("传输", 5, 8)):
        spans[len(grid), 0] = (stop - start, 1)
        grid += [[kind if n == start else None, *GOODS[n][:4]] for n in range(start, stop)]
    return Case("row spans", grid, spans, widths=(50, 130, 170, 40, 50))


def _cut() -> Case:
    grid, _ = bill(30, total=False)
    for number, row in enumerate(grid[1:], 1):
        row[2] = "".join(f"第{number}项要求之{part}：须满足现场安装条件并提供检测报告；" for part in "甲乙丙丁")
    return Case("rows cut by page ends", grid, {}, repeats=False, is_cut=True, is_long=True)

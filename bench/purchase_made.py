"""Made notices in any number, for time and memory: buyers of all sizes, life cycles, lots, second calls, copies.

Names, things and boilerplate are recombined, so that titles, numbers and texts collide as on real portals: a few buyers
publish thousands of notices, many buyers use the same short numbers, texts of one template are half alike.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sousveil.resolve import Part, Summary
from sousveil.text.fingerprint import fingerprint

_HEADS = "临清岭云沙平东南永和洛黑白大江北石青龙凤安宁长武新高金银丰泰"
_TAILS = "江河口市岭川坝浦屏泉石沙原山湖关桥阳安"
_ORGANS = (
    "公安局",
    "教育局",
    "人民医院",
    "司法局",
    "交通运输局",
    "城市管理局",
    "大数据中心",
    "应急管理局",
    "人民法院",
    "第一中学",
)
_THINGS = (
    "视频监控系统",
    "人脸识别门禁",
    "电子警察抓拍设备",
    "智慧安防小区",
    "执法记录仪",
    "车辆卡口系统",
    "办公设备",
    "网络安全设备",
    "情报研判平台",
    "无人机巡防系统",
    "手机取证设备",
    "校园一键报警系统",
    "数据中台",
    "会议系统",
    "空调",
    "印刷服务",
    "物业服务",
    "保安服务",
    "应急广播",
    "机房改造工程",
    "视频专网租赁",
    "监控维保服务",
    "警用装备",
    "生物信息采集设备",
)
_EXTRA = ("", "", "", "扩容", "升级", "改造", "补点", "（二期）", "一批", "城区", "乡镇")
_FIRMS = (
    "恒安科技",
    "通达网络",
    "云枢数据",
    "信联智能",
    "广信安防",
    "恒川软件",
    "盾安装备",
    "天枢系统",
    "观澜数据",
    "博远信息",
)
_NEED = (
    "本项目包含前端采集、传输网络、存储扩容与后端平台对接",
    "供货期为合同签订后三十日内并完成安装调试",
    "质保期三年并提供驻场服务",
    "设备须支持高清视频编码与断点续传",
    "须与现有平台无缝对接并开放接口",
    "中标人负责原有设备拆除与利旧",
    "提供不少于两次的培训",
    "系统须通过第三方检测并取得报告",
    "所有数据保存不少于九十日",
    "须提供原厂授权与售后承诺",
    "支持国密算法与等级保护要求",
    "服务团队不少于六人并常驻本地",
    "按季度巡检并出具报告",
    "验收按国家现行标准执行",
    "付款方式按合同约定分期支付",
)
_BOILER = (
    "供应商须具备独立承担民事责任的能力，具有良好的商业信誉和健全的财务会计制度，具有履行合同所必需的设备和专业技术能力，有依法缴纳税收和"
    "社会保障资金的良好记录，参加政府采购活动前三年内在经营活动中没有重大违法记录。本项目落实节能环保、中小微企业扶持、监狱企业、残疾人福利"
    "性单位扶持等相关政府采购政策。获取文件方式为登录交易平台自行下载，逾期不予受理。供应商认为采购文件使自己的权益受到损害的，可以在知道或者"
    "应知其权益受到损害之日起七个工作日内以书面形式提出质疑。"
)
_FRAMES = (
    "首页 政采法规 购买服务 监督检查 信息公告 国际专栏 当前位置 政采公告 地方公告",
    "招标信息网 首页 招标 中标 拟建 会员中心 登录 注册 免责声明 来源互联网",
)


@dataclass(frozen=True)
class _Plan:
    """What all notices of one purchase have in common."""

    buyer: str
    title: str
    number: str
    day: date
    budget: float
    need: str
    rng: random.Random


def made(count: int, seed: int = 7) -> Iterator[tuple[str, Summary]]:
    """Yield ``count`` notices with the purchase of each; the first ones are the same for any count."""
    rng = random.Random(seed)
    done = purchase = 0
    while done < count:
        purchase += 1
        for summary in _purchase(rng, purchase, count):
            if done == count:
                return
            done += 1
            yield f"p{purchase}", replace(summary, id=f"n{done:07d}")


def _purchase(rng: random.Random, place: int, count: int) -> Iterator[Summary]:
    plan = _plan(rng, place, count)
    tender = _notice(plan, "tender", "公开招标公告", 0)
    kinds = [tender]
    if rng.random() < 0.35:
        kinds.insert(0, replace(_notice(plan, "intention", "采购意向", -45), numbers=()))
    kinds += [
        _notice(plan, "correction", f"更正公告（{n + 1}）", 5 + 4 * n)
        for n in range(int(rng.random() < 0.3) + int(rng.random() < 0.1))
    ]
    winner = rng.choice(_FIRMS) + "有限公司"
    won = round(plan.budget * rng.uniform(0.85, 0.99), 2)
    if rng.random() < 0.12:
        kinds += [_notice(plan, "termination", "废标公告", 25)]
        again = replace(
            plan, number=f"{plan.number}（第二次）", title=f"{plan.title}（第二次）", day=plan.day + timedelta(35)
        )
        plan = again
        kinds += [_notice(plan, "tender", "公开招标公告", 0)]
    if rng.random() < 0.8:
        award = _notice(plan, "award", "中标结果公告", 28)
        if rng.random() < 0.2:
            parts = tuple(Part(str(n + 1), None, round(won / 3, 2), (rng.choice(_FIRMS),)) for n in range(3))
            kinds.append(replace(award, lots=parts))
        else:
            kinds.append(replace(award, award=won, suppliers=(winner,)))
            if rng.random() < 0.45:
                kinds.append(
                    replace(
                        _notice(plan, "contract", "合同公告", 55),
                        award=won,
                        suppliers=(winner,),
                        contract_number=f"{plan.number}-HT",
                    )
                )
    for summary in kinds:
        yield summary
        if rng.random() < 0.25:
            yield _copy(rng, summary, plan)


def _plan(rng: random.Random, place: int, count: int) -> _Plan:
    buyers = max(40, count // 40)
    town = int(buyers * rng.random() ** 2.2)
    spell = random.Random(town)
    name = (
        spell.choice(_HEADS)
        + spell.choice(_HEADS)
        + spell.choice(_TAILS)
        + spell.choice("县区市")
        + spell.choice(_ORGANS)
    )
    day = date(2019, 1, 1) + timedelta(rng.randrange(2190))
    code = "".join(spell.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(4))
    number = (
        f"{day.year}-{place % 997}"
        if town % 5 == 0
        else f"{code}{day.year}-{rng.choice(('GK', 'CS', 'XJ'))}-{place % 9973:04d}"
    )
    year = f"{day.year}年" if rng.random() < 0.3 else ""
    title = f"{name}{year}{rng.choice(_THINGS)}{rng.choice(_EXTRA)}采购项目"
    need = "。".join(rng.sample(_NEED, 8)) + f"。共{rng.randrange(3, 900)}套"
    return _Plan(name, title, number, day, float(rng.randrange(50, 9000) * 1000), need, rng)


def _notice(plan: _Plan, kind: str, words: str, after: int) -> Summary:
    day = plan.day + timedelta(after)
    title = f"{plan.title}{words}"
    text = f"{_told(plan, title)}日期{day}。预算{plan.budget}。{_BOILER}{_BOILER[after % 40 :]}"
    is_call = kind in {"intention", "tender"}
    return Summary(
        "", kind, (plan.number,), title, buyer=plan.buyer, date=day.isoformat(), country="CN", currency="CNY",
        budget=plan.budget if is_call else None, deadline=(day + timedelta(20)).isoformat() if kind == "tender" else "",
        fingerprint=fingerprint(text),
    )  # fmt: skip


def _told(plan: _Plan, title: str) -> str:
    """Return title, number, buyer and need, as a page prints them."""
    return f"{title}。项目编号：{plan.number}。采购人：{plan.buyer}。{plan.need}。"


def _copy(rng: random.Random, summary: Summary, plan: _Plan) -> Summary:
    """Return a notice as another site shows it: a frame around its text, at times the number left out."""
    day = date.fromisoformat(summary.date) + timedelta(rng.randrange(3))
    text = f"{rng.choice(_FRAMES)}{_told(plan, summary.title)}日期{summary.date}。{_BOILER}{_BOILER}"
    hidden = rng.random() < 0.15
    return replace(
        summary, date=day.isoformat(), numbers=() if hidden else summary.numbers, fingerprint=fingerprint(text)
    )

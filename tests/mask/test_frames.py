"""Names that what stands on both sides announces: verbs, offices, rows, papers, signatures. All names are invented."""

from __future__ import annotations

import pytest

from sousveil.mask import mask_text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "甲方指派侯祺为项目负责人，乙方指派周娟（电话：见附件）",
            "甲方指派██为项目负责人，乙方指派██（电话：见附件）",
        ),
        ("经同意，项目经理由程小红变更为仇翀（二级）", "经同意，项目经理由███变更为██（二级）"),
        ("可与某某局装备科佘勇联系，电话另告", "可与某某局装备科██联系，电话另告"),
        ("科技科科长侯明哲、副科长郜婷参加评审", "科技科科长███、副科长██参加评审"),
        ("售前工程师刘洋到场", "售前工程师██到场"),
        ("代理机构：段先生、赵小姐、邓工", "代理机构：█先生、█小姐、█工"),
        ("邱立、沈杰静、佟垚组成验收小组", "██、███、██组成验收小组"),
        ("联系人：村支书邱高远，电话", "联系人：村支书███，电话"),
        ("技术问题请咨询周正。", "技术问题请咨询██。"),
        ("分管领导意见：\n沈昊：同意", "分管领导意见：\n██：同意"),
        ("收款账户：沈昊，4400722881070457841", "收款账户：██，███████████████████"),
        (
            "专家通报：周祺（沙湾县律师事务所）、赵满仓（海棠区大学）",
            "专家通报：██（沙湾县律师事务所）、███（海棠区大学）",
        ),
        ("某某事务所：邓翀、石秀英", "某某事务所：██、███"),
        ("（抄送：周祺 <zq@caigou.example>）", "（抄送：██ <█████████████████>）"),
        ("项目联系人王志刚项目联系电话见正文", "项目联系人███项目联系电话见正文"),
        ("供应商 | 雷祺涛 | 程小红 | 买翀 | 平均分", "供应商 | ███ | ███ | ██ | 平均分"),
        ("项目负责人 | 买翀 | 相炜", "项目负责人 | ██ | ██"),
        ("供应商：青泽市尹敏修理店\n金额：9元\n经营者：靳凯", "供应商：████████\n金额：9元\n经营者：██"),
        ("姓名：扎西、旺堆", "姓名：██、██"),
        ("担当：小笠原 健一\n部署：なし", "担当：██████\n部署：なし"),
        ("담당자: 김서연", "담당자: ███"),
        ("Người liên hệ: Trần Quốc Bảo", "Người liên hệ: █████████████"),
        ("İrtibat kişisi: Gülşen Karahan", "İrtibat kişisi: ██████████████"),
        (
            "Signed for Brightlens Ltd\nName: Aisha Rahman\nTitle: Director",
            "Signed for Brightlens Ltd\nName: ████████████\nTitle: Director",
        ),
        (
            "su gerente general Hernán Cifuentes, con DNI N° 43001234",
            "su gerente general ████████████████, con DNI N° ████████",
        ),
        ("please contact the section at 2479 4815", "please contact the section at █████████"),
    ],
)
def test_what_stands_on_both_sides_announces_a_name(text: str, masked: str) -> None:
    assert mask_text(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "由于主要负责人更换，委托代理公司组织采购，指定专人负责，安排专业人员负责",
        "名称由一期项目变更为二期项目，工期由三个月调整为五个月",
        "与采购人联系，向代理机构咨询，与本单位联系",
        "和平路、安宁庄、方家山组成北片区",
        "科长负责制，主任办公会，经理部，书记处",
        "联系人：安远州会计师事务所",
        "向江河（云南）项目管理有限公司提出质疑",
        "委托万里鹏招标代理有限公司组织采购",
        "项目经理 | 某某公司 | 一级建造师",
        "敢于担当 作风过硬",
        "Name: Orbis Vision Inc.\nTitle: Supply of cameras",
        "representada por la Comisión Europea, vertreten durch das Bezirksamt Mitte",
        "in 2023 2024 and on 2500 units",
    ],
)
def test_other_words_between_the_same_ones_stay(text: str) -> None:
    assert mask_text(text)[0] == text


def test_a_table_with_its_heads_at_the_side_gives_the_numbers_of_papers():
    text = "项目负责人姓名 | 沈昊 | 邱立\n证书名称及编号 | 一级建造师 GX12023007727 | 1213125811\n数量 | 1213125811 | 3"
    masked = mask_text(text)[0].split("\n")
    assert masked[1] == f"证书名称及编号 | 一级建造师 {'█' * 13} | {'█' * 10}"
    assert masked[2] == "数量 | 1213125811 | 3"

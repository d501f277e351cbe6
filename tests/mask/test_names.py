"""Names: what announces them, where they end, and what only looks like one. All persons are invented."""

import pytest

from sousveil.mask import mask_text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系人：张晓明 电话", "联系人：███ 电话"),
        ("联 系 人：周敏", "联 系 人：██"),
        ("项目联系人：\n吴某某 周某 郑某某\n电 话：", "项目联系人：\n███ ██ ███\n电 话："),
        (
            "五、评审专家（单一来源采购人员）名单：\n韩小超，褚大伟，蒋霞\n六、代理",
            "五、评审专家（单一来源采购人员）名单：\n███，███，██\n六、代理",
        ),
        (
            "评审专家名单：\n李立某（采购人代表）\n、\n马永胜\n、\n李秦川\n六、",
            "评审专家名单：\n███（采购人代表）\n、\n███\n、\n███\n六、",
        ),
        ("管理人员\n穆红强\n设计负责人\n一级注册建筑师", "管理人员\n███\n设计负责人\n一级注册建筑师"),
        ("项目联系人 | 王芳、李雷 | 项目联系电话 | 无", "项目联系人 | ██、██ | 项目联系电话 | 无"),
        ("姓名 | 单位 | 职称\n赵大川 | 某某大学 | 教授", "姓名 | 单位 | 职称\n███ | 某某大学 | 教授"),
        ("序号 姓名 单位 职称\n1 赵大川 某某大学 教授", "序号 姓名 单位 职称\n1 ███ 某某大学 教授"),
        ("评审专家：张某（某大学教授）、李四某（某局）", "评审专家：██（某大学教授）、███（某局）"),
        ("授权委托书 本人赵云飞（姓名）系某公司职员", "授权委托书 本人███（姓名）系某公司职员"),
        ("请与孙丽华女士联系", "请与███女士联系"),
        ("由王主任带领", "由█主任带领"),
        ("尤警官", "█警官"),
        ("联系人：李工", "联系人：██"),
        ("采购人代表：买买提·吐尔逊，古丽娜尔·艾合买提", "采购人代表：███████，█████████"),
        ("经办人：张 三", "经办人：███"),
        ("法定代表人：欧阳春晓", "法定代表人：████"),
        ("法定代表人：陈李佳怡", "法定代表人：████"),
        ("聯絡人：陳志宏", "聯絡人：███"),
        ('{"采购联系人": "孙梓涵"}', '{"采购联系人": "███"}'),
        ("后勤保障处高振华（备用）", "后勤保障处高振华（备用）"),
        ("姓名\r\n | \r\n\n 应宾荣\r\n | \r\n\n 注册编号", "姓名\r\n | \r\n\n ███\r\n | \r\n\n 注册编号"),
        ("招标人代表：谭大勇代理机构工作人员：陈小晨", "招标人代表：███代理机构工作人员：███"),
        ("会议由任盈盈主持，郝大博记录。", "会议由███主持，███记录。"),
        ("代理人签字：钱多多    日期", "代理人签字：███    日期"),
        ("Contact person: Jane O'Neill\nTel", "Contact person: ████████████\nTel"),
        ("Ansprechpartner: Herr Karl-Heinz Müller", "Ansprechpartner: Herr █████████████████"),
        ("Persona de contacto: María de la Torre Gil", "Persona de contacto: █████████████████████"),
        ("À l'attention de Mme Hélène DUPONT", "À l'attention de Mme █████████████"),
        ("Контактное лицо: Иванов Пётр Ильич", "Контактное лицо: █████████████████"),
        ("подписал Кузнецов А. В.", "подписал ██████████████"),
        ("Поставщик: ИП Сидоров Олег Ильич", "Поставщик: ИП ██████████████████"),
        ("مسؤول الاتصال: محمد العلوي", "مسؤول الاتصال: ███████████"),
        ("السيد أحمد الحسيني", "السيد ████████████"),
    ],
)
def test_announced_names_are_covered(text, masked):
    assert mask_text(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "联系人：张小泉股份有限公司",
        "采购人：李宁体育用品有限公司",
        "王府井集团、毛泽东同志纪念馆、马鞍山市公安局、詹天佑大街",
        "请与毛泽东同志纪念馆联系",
        "联系人：详见附件",
        "联系人：行政部",
        "项目负责人：无",
        "法定代表人身份证复印件；项目经理须具备一级建造师资格；负责人为同一人的不得参加",
        "高清摄像机、方案须经专家评审、经理论计算、严格按照要求、安装施工、常规、全面",
        "评标委员会成员应当回避；组长单位与成员单位；项目经理部；专家库",
        "评委1 | 99.98 | 评委2 | 50.00",
        "财务会计制度健全",
        "第一中标候选人：王老吉大健康产业有限公司",
        "供应商：平安科技（深圳）有限公司",
        "Contact: Procurement Department",
        "Contact person: see section 4",
        "Mr Price Supermarket opens at King Street Station",
        "Lycée Victor Hugo, Konrad-Adenauer-Stiftung e.V.",
        "школа имени А.С. Пушкина, ул. Л.Н. Толстого",
        "ООО «Безопасный город», Администрация города Томска",
    ],
)
def test_institutions_and_common_words_stay(text):
    assert mask_text(text) == (text, ())


def test_an_announced_name_is_covered_wherever_it_is_repeated():
    masked, _ = mask_text("采购人代表：赵云飞\n经查，赵云飞未回避。\n赵云飞科技有限公司参与投标。")
    assert masked == "采购人代表：███\n经查，███未回避。\n赵云飞科技有限公司参与投标。"


def test_a_short_name_is_not_looked_for_inside_words():
    masked, _ = mask_text("联系人：高峰\n应对高峰值客流。高峰，男。")
    assert masked == "联系人：██\n应对高峰值客流。██，男。"


def test_a_sole_trader_loses_name_and_code_and_a_company_keeps_both():
    trader = "供应商名称：某县老王水果店\n统一社会信用代码：92420100MA4KXXXX12\n"
    company = "供应商名称：某县电子有限公司\n统一社会信用代码：91420100MA4KXXXX12\n"
    assert mask_text(trader)[0] == "供应商名称：███████\n统一社会信用代码：██████████████████\n"
    assert mask_text(company)[0] == company


def test_a_certificate_after_a_name_is_covered():
    masked, _ = mask_text("安全员：董大程，证书编号：赣建安C3(2019)1234567")
    assert masked == "安全员：███，证书编号：" + "█" * 18


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("联系方式：成若谷 028-86660123", "联系方式：███ ████████████"),
        ("项目联系人：沈未央", "项目联系人：███"),
        ("采购单位联系人 | 阿布都赛买提 电话：", "采购单位联系人 | ██████ 电话："),
        ("评审专家名单：（组长）严核之、英峰铭", "评审专家名单：（组长）███、███"),
        (
            "项目经理\n证书\n1\n某某公司\n章定波\n甲\n2\n某某公司\n戴未川\n乙\n",
            "项目经理\n证书\n1\n某某公司\n███\n甲\n2\n某某公司\n███\n乙\n",
        ),
        ("Contact\nName\nHarriet Pembury\nTelephone", "Contact\nName\n███████████████\nTelephone"),
    ],
)
def test_rare_names_are_covered_where_a_label_is_sure(text, masked):
    assert mask_text(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "联系方式：招标人\n联系人：行政部\n项目经理：壹名\n法定代表人：\n职务：",
        "数据接口及模型由原承建单位所有",
        "项目负责人\n质量\n工期\n1\n某某公司\n合格\n90日历天\n2\n某某公司\n合格\n60日历天\n",
    ],
)
def test_forms_and_heads_stay_behind_sure_labels(text):
    assert mask_text(text) == (text, ())


@pytest.mark.parametrize("word", ["通行", "通关", "安检", "操作", "温湿度", "路况", "冷链"])
def test_records_of_things_are_kept_by_nobody(word):
    """通行记录: records of passage; before 记录 (kept the record) such a word is no name."""
    text = f"（5）{word}记录实时汇入检查站平台"
    assert mask_text(text)[0] == text


@pytest.mark.parametrize("label", ["发件人", "寄件人", "收信人", "送货人", "审核员", "核稿人", "登记人", "制单人", "递交人", "值班员"])  # fmt: skip
@pytest.mark.parametrize(
    "form",
    [
        "{label}：{name}",
        "{label} | {name} | 2020年",
        "{label}\n{name}\n日期",
        "{label} {name}  日期",
        "序号 | {label} | 日期\n1 | {name} | 2020-01-02",
    ],
)
def test_who_sends_receives_and_checks_is_covered(label, form):
    """The name is one that nothing but its label tells."""
    assert mask_text(form.format(label=label, name="贾惠"))[0] == form.format(label=label, name="██")
    assert mask_text("贾惠")[1] == ()


@pytest.mark.parametrize(
    "text",
    [
        "发件人：澄川市公安局",
        "收件人：方达律师事务所",
        "报价人：启衡数据有限公司（盖章）",
        "送货人 | 海纳科技集团 | 2020年",
        "检查人员应当出示证件",
        "登记人数 查询人次 检测人体",
        "操作人员培训两次",
        "发件人 | 收件人 | 主题\n市局 | 县局 | 通知",
    ],
)
def test_institutions_that_send_and_receive_stay(text):
    assert mask_text(text)[0] == text

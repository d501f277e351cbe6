"""Which names are one institution, which are not, and that neither order nor repetition changes it."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.model import Judgement, Named
from sousveil.resolve import NONE, Judgements, Mention, resolve

CODE, OTHER = "CN-USCC:91990106MA2CFXY30J", "CN-USCC:11330106002482123C"  # invented; their check characters are right


def buyers(*names, **place):
    return [Mention(f"n{number}", "buyer", name, **place) for number, name in enumerate(names)]


def suppliers(*names, **more):
    return [Mention(f"s{number}", "supplier", name, **more) for number, name in enumerate(names)]


def ids(mentions, judgements=NONE):
    found = resolve(mentions, judgements)
    return [found.of(mention) for mention in mentions]


@pytest.mark.parametrize(
    "names",
    [
        ("杭州市公安局西湖区分局", "杭州市公安局西湖分局", "浙江省杭州市西湖区公安分局", "Xihu District Branch of Hangzhou Public Security Bureau"),
        ("岷阳市公安局交警支队", "岷阳市公安局交通警察支队", "岷阳市交警支队", "岷陽市公安局交警支隊"),
        ("岷阳市国土资源局", "岷阳市自然资源局", "岷阳市自然资源和规划局"),
        ("中共岷阳市委政法委员会", "岷阳市委政法委", "中国共产党岷阳市委员会政法委员会"),
        ("第八师石河子市公安局", "新疆生产建设兵团第八师公安局", "石河子市公安局"),
        ("富阳市教育局", "杭州市富阳区教育局"),
        ("杭州电信", "中国电信股份有限公司杭州分公司", "中国电信杭州分公司"),
    ],
)  # fmt: skip
def test_spellings_of_one_body_are_one(names):
    assert len(set(ids(buyers(*names)))) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("岷阳市公安局", "岷阳市公安局交警支队"),
        ("岷阳市公安局", "岷阳县公安局"),
        ("甲河县教育局", "乙河县教育局"),
        ("岷阳市第一人民医院", "岷阳市第一人民医院东院区"),
        ("岷阳市质量技术监督局", "岷阳市市场监督管理局"),
        ("岷阳市公安局", "岷阳市司法局"),
    ],
)
def test_bodies_that_are_two_stay_two(names):
    (one,), (other,) = ids(buyers(*names))
    assert one != other


def test_a_squad_is_a_part_of_its_bureau_even_where_no_notice_names_the_bureau():
    found = resolve(buyers("岷阳市公安局交警支队"))
    squad, bureau = sorted(found.institutions, key=lambda item: len(item.name), reverse=True)
    assert (bureau.name, squad.parent, bureau.parent) == ("岷阳市公安局", bureau.id, "")


def test_bureaus_of_one_short_name_in_two_counties_never_merge():
    here, there = Mention("a", "buyer", "鼓楼区教育局", province="江苏", city="南京市"), Mention("b", "buyer", "鼓楼区教育局", province="福建", city="福州市")  # fmt: skip
    nowhere = Mention("c", "buyer", "鼓楼区教育局")
    (one,), (other,), none = ids([here, there, nowhere])
    assert one != other
    assert none == ()


def test_a_county_that_no_table_has_is_parted_by_province_and_joined_where_one_fits():
    (one,), (other,), (bare,) = ids([
        Mention("a", "buyer", "大河县公安局", province="四川"),
        Mention("b", "buyer", "大河县公安局", province="甘肃"),
        Mention("c", "buyer", "大河县公安局"),
    ])  # fmt: skip
    assert len({one, other, bare}) == 3
    (one,), (bare,) = ids(
        [Mention("a", "buyer", "大河县公安局", province="四川"), Mention("c", "buyer", "大河县公安局")]
    )
    assert one == bare


def test_an_official_number_joins_names_and_names_the_institution():
    mentions = [
        *suppliers("岷阳锐视科技有限公司", identifier=CODE),
        Mention("n", "supplier", "岷阳锐视智能股份有限公司", identifier=CODE),
    ]
    (one,), (other,) = ids(mentions)
    assert one == other == "cn-uscc-91990106ma2cfxy30j"


def test_a_number_printed_beside_the_wrong_body_joins_nothing():
    mentions = [
        *[Mention(f"n{number}", "buyer", "岷阳市公安局", identifier=OTHER) for number in range(3)],
        Mention("x", "supplier", "岷阳锐视科技有限公司", identifier=OTHER),
        Mention("y", "buyer", "岷阳市公安局交警支队", identifier=OTHER),
    ]
    found = resolve(mentions)
    assert len({found.of(mention) for mention in mentions}) == 3
    assert found.of(mentions[0]) == ("cn-uscc-11330106002482123c",)


def test_an_id_from_a_name_still_leads_to_the_institution_when_its_number_turns_up():
    name = suppliers("岷阳锐视科技有限公司")
    ((before,),) = ids(name)
    later = resolve([*name, Mention("later", "supplier", "岷阳锐视科技有限责任公司", identifier=CODE)])
    assert later.of(name[0]) == ("cn-uscc-91990106ma2cfxy30j",)
    assert later.former_ids[before] == "cn-uscc-91990106ma2cfxy30j"


def test_companies_of_one_name_with_two_numbers_are_two():
    second = "CN-USCC:91990106MA2CFXY41N"
    from sousveil.resolve.identifier import is_uscc

    assert is_uscc(second.partition(":")[2])
    mentions = [
        Mention("a", "supplier", "锐视科技有限公司", identifier=CODE),
        Mention("b", "supplier", "锐视科技有限公司", identifier=second),
        Mention("c", "supplier", "锐视科技有限公司"),
    ]
    assert len(set(ids(mentions))) == 3


@pytest.mark.parametrize(
    "mention",
    [
        Mention("a", "supplier", "张三", country="CN"),
        Mention("a", "supplier", "岷阳大河五金商行"),
        Mention("a", "supplier", "岷阳锐视商贸中心", identifier="CN-USCC:92990106MA2CFXY30F"),
        Mention("a", "supplier", "ИП Иванов"),
        Mention("a", "supplier", "〔姓名〕"),
        Mention("a", "buyer", "公安局"),
    ],
)
def test_natural_persons_sole_traders_and_vague_names_get_no_institution(mention):
    found = resolve([mention])
    assert found.institutions == ()
    assert found.of(mention) == ()
    assert found.without[mention.spelling]


def test_a_consortium_is_its_members():
    mentions = suppliers(
        "岷阳锐视科技有限公司、中国电信股份有限公司杭州分公司（联合体）", "岷阳锐视科技有限公司", "杭州电信"
    )
    both, one, other = ids(mentions)
    assert both == (*one, *other)


def test_judgements_merge_split_and_rename_and_come_back_after_a_rebuild():
    mentions = buyers("岷阳市公安局", "岷阳市警务指挥与大数据中心", "岷阳市国土资源局", "岷阳市自然资源局")
    rows = (
        Judgement(1, "merge", Named("岷阳市公安局"), Named("岷阳市警务指挥与大数据中心"), note="one door"),
        Judgement(2, "split", Named("岷阳市国土资源局"), Named("岷阳市自然资源局")),
        Judgement(3, "rename", Named("岷阳市公安局"), title="岷阳警方"),
        Judgement(4, "merge", Named("岷阳市没有局"), Named("岷阳市公安局")),
    )
    found = resolve(mentions, Judgements(rows))
    police, centre, land, resources = (found.of(mention) for mention in mentions)
    assert police == centre
    assert land != resources
    assert found.idle == (4,)
    assert [item.name for item in found.institutions if (item.id,) == police] == ["岷阳警方"]
    assert resolve(mentions, Judgements(rows)) == found


def test_a_later_judgement_replaces_an_earlier_one():
    mentions = buyers("岷阳市公安局", "岷阳市警务中心")
    merge = Judgement(1, "merge", Named("岷阳市公安局"), Named("岷阳市警务中心"))
    split = Judgement(2, "split", Named("岷阳市警务中心"), Named("岷阳市公安局"))
    assert len(set(ids(mentions, Judgements((merge,))))) == 1
    assert len(set(ids(mentions, Judgements((merge, split))))) == 2


NAMES = (
    "岷阳市公安局", "岷阳公安局", "岷阳市公安局交警支队", "岷阳市交警支队", "大河县教育局", "鼓楼区教育局", "岷阳锐视科技有限公司",
    "岷阳锐视科技公司", "岷阳市锐视科技有限责任公司", "海康威视", "杭州电信", "Axon Enterprise", "Axon Enterprise, Inc.", "张三",
)  # fmt: skip
MENTIONS = st.builds(
    Mention,
    notice=st.sampled_from("abc"),
    role=st.sampled_from(["buyer", "supplier"]),
    name=st.sampled_from(NAMES),
    identifier=st.sampled_from(["", "", CODE, OTHER]),
    country=st.sampled_from(["", "CN"]),
    province=st.sampled_from(["", "江苏", "四川"]),
    city=st.sampled_from(["", "南京市", "岷阳市"]),
)


@given(st.lists(MENTIONS, max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_the_mentions_changes_nothing(mentions, shuffle):
    shuffled = list(mentions)
    shuffle.shuffle(shuffled)
    assert resolve(shuffled) == resolve(mentions)


@given(st.lists(MENTIONS, max_size=25))
def test_every_institution_of_a_spelling_exists_and_every_parent_does(mentions):
    found = resolve(mentions)
    known = {item.id for item in found.institutions}
    assert len(known) == len(found.institutions)
    assert all(set(item) <= known for item in found.ids.values())
    assert all(item.parent in known | {""} and item.parent != item.id for item in found.institutions)
    assert not set(found.former_ids) & known
    assert set(found.former_ids.values()) <= known


@given(st.lists(MENTIONS, max_size=12), st.lists(MENTIONS, max_size=6))
def test_old_ids_stay_resolvable_when_notices_are_added(first, more):
    before, after = resolve(first), resolve([*first, *more])
    known = {item.id for item in after.institutions} | set(after.former_ids)
    assert {item.id for item in before.institutions} <= known


def test_random_is_seeded_and_pairs_are_stable():
    mentions = buyers(*NAMES)
    random.Random(3).shuffle(mentions)
    results = [resolve(mentions) for _ in range(3)]
    assert all(one == other for one, other in pairwise(results))

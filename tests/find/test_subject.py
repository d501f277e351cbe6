"""Who is watched."""

import pytest

from sousveil.find.subject import has_people, other_subject


@pytest.mark.parametrize(
    ("item", "subject"),
    [
        ("鱼塘视频监控", "fish ponds"),
        ("河道水位视频监控", "water"),
        ("林区烟火视频监控", "forests"),
        ("边坡位移监控系统", "weather and earth"),
        ("扬尘噪声监控设备", "air and environment"),
        ("机房动环监控", "machine rooms"),
        ("服务器监控平台", "networks"),
        ("变电站电力监控系统", "energy"),
        ("病房心电监控系统", "patients"),
        ("传染病监控平台", "disease control"),
        ("村道安全护栏监控", "guardrails"),
    ],
)
def test_other_subjects_are_named(item: str, subject: str) -> None:
    assert subject in (other_subject(item, "", "video_surveillance") or "")


def test_people_overrule_the_subject() -> None:
    assert other_subject("水库派出所视频监控", "", "video_surveillance") is None
    assert has_people("某小区")


def test_a_title_about_building_does_not_withhold_cameras() -> None:
    assert other_subject("视频系统", "清溪污水处理厂扩建工程", "video_surveillance") is None
    assert other_subject("视频系统", "清溪污水处理厂在线监测", "video_surveillance") is not None


def test_a_subject_argues_only_against_its_leaves() -> None:
    assert other_subject("水库人像", "", "face_recognition") is None
    assert other_subject("变压器声音", "", "face_recognition") is None

"""Verbs of sending with their receiver behind a particle, in languages of words; all names are invented."""

import pytest

from tests.find.pages import findings, stated


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("CCTV works\nAlarm images must be exported every night to the case repository.", "case repository"),
        (
            "CCTV works\nDetections recorded at the gate are escalated within a minute to the duty officer.",
            "duty officer",
        ),
        ("Videovigilancia\nLas imágenes se enviarán sin demora al centro de mando de Vallarena.", "centro de mando"),
        (
            "Vidéoprotection\nLes flux seront acheminés par fibre vers le poste de commandement.",
            "poste de commandement",
        ),
        ("Videoüberwachung\nDie Bilder werden verschlüsselt an die Leitstelle in Grünwerder übertragen.", "Leitstelle"),
        ("Videoüberwachung\nTreffer werden automatisch weitergeleitet an das Landeskriminalamt.", "Landeskriminalamt"),
        ("Видеонаблюдение\nСобытия автоматически направляются в дежурную часть управления.", "дежурную часть"),
        ("Відеоспостереження\nЗображення надсилаються до ситуаційного центру.", "ситуаційного центру"),
        (
            "Videomonitoramento\nAs imagens serão encaminhadas em tempo real para o centro de comando.",
            "centro de comando",
        ),
        ("Videosorveglianza\nLe immagini sono inoltrate senza ritardo alla questura.", "questura"),
        ("Monitoring wizyjny\nObraz z kamer jest przekazywany całodobowo do komendy.", "komendy"),
        ("Cameratoezicht\nDe beelden worden versleuteld doorgestuurd via glasvezel naar de meldkamer.", "meldkamer"),
    ],
)
def test_the_receiver_stands_behind_the_particle(text: str, receiver: str) -> None:
    found = findings(text, "link", explain=True)
    assert any(receiver in str(dict(finding.details)["to"]) for finding in found), [f.value for f in found]


@pytest.mark.parametrize(
    "line",
    [
        "The brackets are sent by lorry to the police station.",  # nothing is handed on that holds data
        "Images are stored for thirty days and then deleted.",  # nobody receives them
        "Footage is shared by default.",
        "Las obras se remiten al ministerio cada año.",
        "Die Geräte werden an die Polizei übergeben.",
    ],
)
def test_goods_and_storage_are_no_link(line: str) -> None:
    assert stated(f"CCTV works\n{line}", "link") == []


@pytest.mark.parametrize(
    ("line", "sides"),
    [
        ("平台从旅馆、网吧等六个部门归集数据", ("旅馆、网吧等六个部门", "平台")),
        ("监控画面供属地派出所调阅", ("监控画面", "属地派出所")),
        ("平台软件由供应商提供查询手册", ("", None)),  # a supplier provides a manual
    ],
)
def test_given_from_and_for_the_use_of(line: str, sides: tuple[str, str | None]) -> None:
    found = findings(f"东棠县公安局视频监控项目\n{line}。", "link")
    told = [(dict(finding.details)["from"], dict(finding.details)["to"]) for finding in found]
    assert told == ([sides] if sides[1] else [])

"""Languages: short notices in the manner of real ones, with invented names."""

import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sousveil.text.language import language_of

SAMPLES = {
    "zh": "临江市公安局红旗分局2024年视频监控系统采购项目公开招标公告，项目编号LJ-2024-01",
    "zh-Hant": "東嶺縣政府警察局辦理路口監視錄影系統維護採購案，預算金額新臺幣三百萬元整",
    "ja": "防犯カメラ設置業務の入札公告について、参加資格は次のとおりです。",
    "ko": "영상정보처리기기 구매 설치 사업 입찰 공고입니다",
    "ru": "Поставка и монтаж системы видеонаблюдения для нужд администрации района, объявлен аукцион",
    "uk": "Закупівля камер відеоспостереження для міста, її умови і строки поставки наведено нижче",
    "bg": "Доставка и монтаж на видеокамери за сградата на общината, като обществената поръчка се възлага според закона",
    "el": "Διαγωνισμός για την προμήθεια καμερών ασφαλείας στον Δήμο Αλμυρού",
    "ar": "مناقصة توريد وتركيب كاميرات مراقبة في مدينة النور الجديدة للعام القادم",
    "fa": "مناقصه خرید دوربین‌های نظارتی شهر گلستان برای پلیس راهور و پارکینگ‌ها",
    "en": "Supply and installation of CCTV cameras for the town council and the police of Northmere",
    "es": "Suministro e instalación de cámaras de videovigilancia para la policía local del municipio de Valverde del Llano",
    "fr": "Fourniture et installation d'un système de vidéoprotection pour la commune de Saint-Aubry et ses quartiers",
    "de": "Lieferung und Montage einer Videoüberwachungsanlage für die Stadt Neuenfeld und ihre Schulen",
    "pt": "Aquisição de câmaras de videovigilância e serviços de manutenção para o município de Vila Serena",
    "it": "Fornitura e installazione di telecamere di videosorveglianza per il comune di Rocca Chiara e la polizia locale",
    "pl": "Dostawa i montaż kamer monitoringu wizyjnego na terenie gminy Zielona Łąka oraz ich konserwacja",
    "tr": "Belediye için güvenlik kamerası alımı ve montajı işi açık ihale usulü ile ihale edilecektir",
}


@pytest.mark.parametrize(("tag", "text"), SAMPLES.items())
def test_language_of_a_sentence(tag: str, text: str) -> None:
    assert language_of(text) == tag


@pytest.mark.parametrize("text", ["", "   ", "2026-01-02 | 1,200.00 | 3", "A02091107", "监控", "IPC-8412"])
def test_too_little_is_undetermined(text: str) -> None:
    assert language_of(text) == "und"


def test_codes_and_brands_do_not_outvote_chinese() -> None:
    assert language_of("摄像机 DS-2CD3T47 IPC HFW5442 采购数量一百台，具体参数见附件清单 H.265 RTSP ONVIF") == "zh"


@given(st.text(max_size=300))
def test_any_text_has_a_tag(text: str) -> None:
    assert 2 <= len(language_of(text)) <= 8


def test_the_model_needs_no_room_on_the_disk() -> None:
    """A worker reads on while the disk is full."""
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0));"
        "from sousveil.text.language import language_of; assert language_of('Überwachung der Straßen') == 'de'"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)

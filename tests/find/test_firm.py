"""Words inside a firm's name, and platforms that only receive: named, not bought."""

import pytest

from sousveil.find.firm import in_firm_name
from sousveil.find.ground import Ground
from sousveil.find.lexicon import even
from sousveil.find.sent import sent_to
from sousveil.model import Page


def is_name(text: str, word: str) -> bool:
    page = Page(1, text)
    start = text.index(word)
    return in_firm_name(Ground(page, even(text), (), ()), start, start + len(word)) is not None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Supplier: Tarnwick Digital Forensics Ltd", "Digital Forensics"),
        ("Auftragnehmer: Videoüberwachung Nordfeld GmbH", "Videoüberwachung"),
        ("Победитель: ООО «Городское видеонаблюдение»", "видеонаблюдение"),
    ],
)
def test_a_firm_is_named(text: str, word: str) -> None:
    assert is_name(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("CCTV supplied by Tarnwick Ltd", "CCTV"),
        ("Digital Forensics, won by Tarnwick Ltd", "Digital Forensics"),
        ("поставка ООО «Свет» видеонаблюдение", "видеонаблюдение"),
        ("SUMINISTRO DE VIDEOVIGILANCIA GRUPO NORTE SA", "VIDEOVIGILANCIA"),
        ("Videovigilancia del Bajío S.A. de C.V.", "Videovigilancia"),
    ],
)
def test_a_thing_beside_a_firm_is_no_name(text: str, word: str) -> None:
    assert not is_name(text, word)


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("plate reads are shared with the state fusion center", "fusion center"),
        ("los arcos enviaran las lecturas al c5 estatal y a plataforma mexico", "plataforma mexico"),
        ("les images sont transmises au centre regional", "centre regional"),
    ],
)
def test_data_is_sent_there(text: str, receiver: str) -> None:
    assert sent_to(text, text.index(receiver))


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("the county buys a fusion center", "fusion center"),
        ("reads are shared. the county builds a fusion center", "fusion center"),
    ],
)
def test_what_is_bought_receives_nothing(text: str, thing: str) -> None:
    assert sent_to(text, text.index(thing)) is None

"""The demonstration notices: made again they are the same bytes, and what is expected of them stands in them."""

import io
import json
import re
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "src" / "sousveil" / "sample"
NOTICES = SAMPLE / "notices"
ROWS = [json.loads(line) for line in (SAMPLE / "expected.jsonl").read_text("utf-8").splitlines()]
CAPABILITIES = {
    "video_surveillance",
    "skynet",
    "sharp_eyes",
    "audio_monitoring",
    "behaviour_analytics",
    "face_recognition",
    "gait_recognition",
    "biometric_attribute_analysis",
    "vehicle_lpr",
    "wifi_mac_collection",
    "imsi_catcher",
    "phone_forensics",
    "telecom_location",
    "fingerprint_palm",
    "iris",
    "voiceprint",
    "dna",
    "biometrics_generic",
    "data_fusion_dossier",
    "key_person_control",
    "predictive_alerting",
    "public_opinion_monitoring",
    "internet_censorship_dpi",
    "id_checkpoint",
    "smart_community_grid",
    "electronic_monitoring_tags",
    "satellite_drone",
    "none",
}
TYPES = {"intention", "tender", "correction", "award", "contract", "termination", "requirements", "other"}


def bytes_of(row):
    content = (NOTICES / row["file"]).read_bytes()
    if row["member"]:
        with zipfile.ZipFile(io.BytesIO(content)) as bundle:
            content = bundle.read(row["member"])
    return content


def text_of(row):
    """The file's text without white space, by the plainest reader there is for its format; None for pictures."""
    name, content = row["member"] or row["file"], bytes_of(row)
    suffix = name.rsplit(".", 1)[-1]
    if suffix == "pdf":
        import pypdfium2

        document = pypdfium2.PdfDocument(content)
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        if not text.strip():
            return None
    elif suffix in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            text = " ".join(_xml_text(container.read(part)) for part in container.namelist() if _holds_text(part))
    elif suffix in ("json", "jsonl"):
        decoded = content.decode("utf-8")
        text = json.dumps(
            [json.loads(line) for line in (decoded.splitlines() if suffix == "jsonl" else [decoded])],
            ensure_ascii=False,
        )
        text = text.replace('\\"', '"')
    else:
        text = _decode(content)
        text = _xml_text(text.encode()) if suffix in ("html", "htm", "xml") else text
    return re.sub(r"\s", "", text)


def _holds_text(part):
    return part in ("word/document.xml", "xl/sharedStrings.xml") or part.startswith("xl/worksheets/sheet")


def _decode(content):
    for charset in ("utf-8", "gb18030", "big5", "cp1251", "cp1252"):
        try:
            text = content.decode(charset)
        except UnicodeDecodeError:
            continue
        if charset == "gb18030" and b"big5" in content[:600].lower():
            continue
        if charset == "gb18030" and re.search(rb"charset=\W?windows-125", content[:600]):
            continue
        return text
    raise AssertionError


def _xml_text(content):
    from lxml import html

    return html.document_fromstring(
        content.replace(b"<?xml", b"<!-- ").replace(b"?>", b" -->") if b"<?xml" in content[:9] else content,
        parser=html.HTMLParser(encoding="utf-8"),
    ).text_content()


def ids():
    return [row["id"] for row in ROWS]


def test_enough_and_small():
    files = [file for file in SAMPLE.rglob("*") if file.is_file()]
    assert len(files) >= 80
    assert sum(file.stat().st_size for file in files) < 3_000_000


def test_ids_are_unique():
    assert len(set(ids())) == len(ROWS)


def test_every_notice_file_is_expected():
    covered = {row["file"] for row in ROWS}
    files = {file.relative_to(NOTICES).as_posix() for file in NOTICES.rglob("*") if file.is_file()}
    odd = {file for file in files if file.startswith("odd/")}
    assert files - odd == covered
    assert len(odd) >= 4


@pytest.mark.parametrize("row", ROWS, ids=ids())
def test_expected_stands_in_the_file(row):
    assert set(row["capabilities"]) <= CAPABILITIES
    assert row["notice_type"] in TYPES
    text = text_of(row)
    if text is None:
        assert "scan" in row["file"]
        return
    keys = ("evidence", "quantities", "optional_quantities", "purposes", "data_links")
    quotes = [entry["quote"] for key in keys for entry in row[key]] + row["to_mask"] + row["suppliers"]
    quotes += [row[key] for key in ("title", "buyer", "agency", "project_number", "province") if row[key]]
    missing = [quote for quote in quotes if re.sub(r"\s", "", quote) not in text]
    assert not missing, missing


@pytest.mark.parametrize("row", [row for row in ROWS if row["duplicate_of"]], ids=lambda row: row["id"])
def test_duplicates_point_at_a_notice(row):
    assert row["duplicate_of"] in ids()


def test_a_purchase_keeps_one_buyer():
    buyers = {}
    for row in ROWS:
        if row["purchase"] and row["buyer"]:
            buyers.setdefault(row["purchase"], set()).add(row["buyer"])
    assert len(buyers) >= 12
    assert {purchase: names for purchase, names in buyers.items() if len(names) > 1} == {}


def test_made_again_they_are_the_same_bytes():
    pytest.importorskip("reportlab")
    pytest.importorskip("PIL")
    made_with = json.loads((ROOT / "scripts" / "samples" / "made_with.json").read_text("utf-8"))
    here = {name: version(name) for name in made_with["packages"]}
    if here != made_with["packages"]:
        pytest.skip(f"made with {made_with['packages']}, here are {here}: other versions may write other bytes")
    absent = [font for font in made_with["fonts"] if not Path(font).is_file()]
    if absent:
        pytest.skip(f"fonts absent: {absent}")
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "make_samples.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

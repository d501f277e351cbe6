"""Pages of web archives are sighted where and when the archive fetched them."""

import io
import zipfile
from email.message import EmailMessage

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import sousveil as sv
from sousveil.dataset import Dataset
from sousveil.ingest.options import Counts, Options
from sousveil.pipeline import work_one
from tests.ingest.conftest import page

ADDRESS = "http://www.minyang.example/zfcg/2024/t1.html"


def warc(*records) -> bytes:
    """A packed WARC of (address, time, status, bytes)."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for address, time, status, data in records:
        headers = StatusAndHeaders(status, [("Content-Type", "text/html")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(data), http_headers=headers, warc_headers_dict={"WARC-Date": time}
        )
        writer.write_record(record)
    return out.getvalue()


@pytest.fixture
def dataset(tmp_path):
    with sv.init(tmp_path / "dataset") as opened:
        yield opened


def run(dataset: Dataset, inputs) -> Counts:
    report = dataset.ingest([inputs], Options(jobs=1))
    assert report.counts.is_balanced
    return report.counts


def sightings(dataset: Dataset):
    return [dict(row) for row in dataset.store.rows("SELECT * FROM sightings WHERE container <> '' ORDER BY number")]


def test_address_time_and_status_come_from_the_archive(dataset, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "crawl.warc.gz").write_bytes(warc((ADDRESS, "2024-03-05T01:02:03Z", "200 OK", page(1))))
    counts = run(dataset, folder)
    assert (counts.seen, counts.read, counts.notices) == (2, 2, 1)
    (seen,) = sightings(dataset)
    assert seen["address"] == ADDRESS
    assert seen["seen_at"] == "2024-03-05T01:02:03+00:00"
    assert seen["status"] == 200
    assert seen["member"] == "000001/t1.html"
    assert dataset.vault.has(seen["container"])


def test_the_same_page_at_two_times_is_sighted_twice_and_read_once(dataset, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.warc.gz").write_bytes(warc((ADDRESS, "2024-03-05T01:02:03Z", "200 OK", page(1))))
    (folder / "b.warc.gz").write_bytes(warc((ADDRESS, "2024-04-05T01:02:03Z", "200 OK", page(1))))
    counts = run(dataset, folder)
    assert (counts.read, counts.duplicate, counts.notices) == (3, 1, 1)
    assert [seen["seen_at"][:7] for seen in sightings(dataset)] == ["2024-03", "2024-04"]
    assert run(dataset, folder) == Counts(seen=4, unchanged=4)


def test_a_web_archive_inside_an_archive_keeps_its_addresses(dataset, tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("crawl.warc.gz", warc((ADDRESS, "2024-03-05T01:02:03Z", "404 Not Found", page(1))))
    path = tmp_path / "bundle.zip"
    path.write_bytes(out.getvalue())
    run(dataset, path)
    inner, page_seen = sorted(sightings(dataset), key=lambda seen: seen["address"].startswith("http"))
    assert inner["address"] == f"{path}!/crawl.warc.gz"
    assert (page_seen["address"], page_seen["status"]) == (ADDRESS, 404)
    assert page_seen["member"] == "crawl.warc.gz!/000001/t1.html"


def test_a_cut_web_archive_is_read_in_part(dataset, tmp_path):
    data = warc(*((f"{ADDRESS}?{number}", "2024-03-05T01:02:03Z", "200 OK", page(number)) for number in range(3)))
    path = tmp_path / "cut.warc.gz"
    path.write_bytes(data[: len(data) * 3 // 4])
    counts = run(dataset, path)
    assert counts.partly == 1
    assert counts.read >= 2
    (failure,) = dataset.store.rows("SELECT * FROM failures")
    assert "breaks off" in failure["reason"] or "cut off" in failure["reason"]


def test_a_page_inside_can_be_read_again_by_its_path():
    payload = warc((ADDRESS, "2024-03-05T01:02:03Z", "200 OK", page(1)))
    (part,) = work_one({"name": "t1.html", "member": "000001/t1.html"}, payload)
    assert "采购人：岷阳市公安局" in part.document.pages[0].text


def test_attachments_of_a_letter_are_files(dataset, tmp_path):
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "询价", "钱多多 <a@minyang.example>", "b@minyang.example"
    letter["Date"] = "Tue, 05 Mar 2024 09:00:00 +0800"
    letter.set_content("见附件。")
    letter.add_attachment(page(1), "text", "html", filename="招标公告.html")
    path = tmp_path / "letter.eml"
    path.write_bytes(letter.as_bytes())
    counts = run(dataset, path)
    assert (counts.seen, counts.read) == (3, 3)
    assert [seen["member"] for seen in sightings(dataset)] == ["message.txt", "招标公告.html"]
    dataset.close()
    assert all(
        "钱多多".encode() not in item.read_bytes() for item in dataset.paths.derived.rglob("*") if item.is_file()
    )

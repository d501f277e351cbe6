"""The user's own terms through real runs: looked for by the workers, and files are read again when they change."""

from pathlib import Path

from sousveil.dataset import Dataset, init_dataset
from tests.ingest.conftest import archive

TEXT = "岷阳市公安局灵瞳卫士建设项目\n采购人：岷阳市公安局\n采购需求：灵瞳卫士终端20台，枪声识别设备3套。\n"
ROW = "- {term: 灵瞳卫士, capability: face_recognition, language: zh, gloss: spirit-eye guard, source: local press}\n"


def capabilities(dataset: Dataset) -> set[str]:
    return {value for hit in dataset.search("") for value in hit.capabilities}


def write_terms(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_terms_are_looked_for_in_what_is_there_and_in_archives(tmp_path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.zip").write_bytes(archive({"c.txt": TEXT.replace("20台", "30台").encode()}))
    (folder / "empty.pdf").write_bytes(b"")
    with init_dataset(tmp_path / "ds") as dataset:
        dataset.ingest([folder])
        assert capabilities(dataset) == {"audio_monitoring"}
        assert dataset.ingest([folder]).counts.unchanged == 4

        report = dataset.import_terms(write_terms(tmp_path, ROW))
        assert (report.added, report.replaced, report.total, report.errors) == (1, 0, 1, ())
        assert any(not one.is_ok for one in dataset.examine() if one.name == "versions")
        counts = dataset.ingest([folder]).counts
        assert (counts.read, counts.unchanged) == (3, 1)  # the empty file would fail again, with whatever terms
        assert capabilities(dataset) == {"audio_monitoring", "face_recognition"}
        assert all(one.is_ok for one in dataset.examine() if one.name == "versions")
        assert dataset.ingest([folder]).counts.unchanged == 4

        (hit, _) = dataset.search("spirit-eye guard")
        assert "灵瞳卫士" in [term.text for term in dataset.search("spirit-eye guard").searched_as]
        assert dataset.search("spirit-eye guard").notes == ()
        finding, *_ = [one for one in hit.findings if one.value == "face_recognition"]
        answer = dataset.why(finding.id)
        assert answer.is_proved
        assert answer.term is not None
        assert (answer.rule, answer.term.source) == ("zh:灵瞳卫士", "your term: local press")


def test_a_rebuild_looks_for_them_and_a_shipped_term_is_put_aside(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with init_dataset(tmp_path / "ds") as dataset:
        dataset.ingest([tmp_path / "a.txt"])
        dataset.import_terms(write_terms(tmp_path, ROW + "- {term: 枪声识别, state: off}\n"))
        dataset.rebuild()
        assert capabilities(dataset) == {"face_recognition"}
        notice = dataset.search("")[0].notice
        explained = dataset.notice(notice, explain=True)
        assert {finding.value for finding in explained.findings if finding.kind == "capability"} == {"face_recognition"}
        dataset.paths.terms.unlink()
    with Dataset(dataset.paths) as again:
        again.rebuild()
        assert capabilities(again) == {"audio_monitoring"}

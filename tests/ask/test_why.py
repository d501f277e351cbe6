"""From a statement back to its evidence, and what is said when the evidence does not hold."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from sousveil.ask.show import show_document, show_notice
from sousveil.ask.why import why
from sousveil.dataset import Dataset, init_dataset
from sousveil.exceptions import NotFoundError, UsageError
from sousveil.pipeline import take_member
from sousveil.settings import DEFAULT_LIMITS
from tests.ask.conftest import NOTICES, add, ids


def first_finding(dataset: Dataset, number: int) -> str:
    (notice,) = ids(number)
    return dataset.store.findings_of(notice)[0].id


def test_a_finding_leads_back_to_the_bytes(dataset: Dataset) -> None:
    answer = why(dataset.store, dataset.vault, first_finding(dataset, 1), is_proving=False)
    assert answer.value == "face_recognition"
    assert answer.span.quote == "人脸识别系统"
    assert answer.before.endswith("澄川市公安局")
    assert [seen.address for seen in answer.sightings] == ["/data/1.txt"]
    shape = answer.to_json()
    assert {"v", "finding", "rule", "score", "for", "against", "span", "sightings"} <= shape.keys()
    assert shape["for"] == ["named in the need"]


def test_a_field_leads_back_too(dataset: Dataset) -> None:
    (notice,) = ids(4)
    assert why(dataset.store, dataset.vault, f"{notice}:award_amount", is_proving=False).span.quote == "3000000元"
    assert why(dataset.store, dataset.vault, f"{notice}:suppliers.1", is_proving=False).value == "启衡数据有限公司"


@pytest.mark.parametrize(
    ("tail", "error"),
    [(":colour", UsageError), ("", UsageError), (":agency", NotFoundError), (":suppliers.2", NotFoundError)],
)
def test_what_is_not_there_is_said(dataset: Dataset, tail: str, error: type[Exception]) -> None:
    (notice,) = ids(4)
    with pytest.raises(error):
        why(dataset.store, dataset.vault, notice + tail)


def test_missing_and_changed_bytes_are_noticed(tmp_path: Path) -> None:
    dataset = init_dataset(tmp_path / "d")
    notice = add(dataset, NOTICES[0], 1)
    finding = dataset.store.findings_of(notice.id)[0].id
    path = dataset.vault.path_of(notice.file)
    kept = path.read_bytes()
    path.unlink()
    lost = why(dataset.store, dataset.vault, finding)
    path.write_bytes(kept[:-3] + b"abc")
    changed = why(dataset.store, dataset.vault, finding)
    dataset.close()
    assert not lost.is_proved
    assert "no evidence" in lost.checks[0].text
    assert not changed.is_proved
    assert "damaged" in changed.checks[0].text or "other bytes" in changed.checks[0].text


def test_a_member_is_taken_out_of_archives_in_archives() -> None:
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a/notice.txt", "声纹")
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("notice.txt", "别的")
        archive.writestr("more.zip", inner.getvalue())
    assert take_member(outer.getvalue(), "more.zip!/a/notice.txt", DEFAULT_LIMITS) == "声纹".encode()
    assert take_member(outer.getvalue(), "more.zip!/b.txt", DEFAULT_LIMITS) is None
    assert take_member(b"no archive", "a", DEFAULT_LIMITS) is None


def test_show(dataset: Dataset) -> None:
    (notice,) = ids(1)
    view = show_notice(dataset.store, notice)
    assert {name for name, _ in view.fields()} >= {"title", "buyer", "award_amount", "publication_date"}
    assert list(view.by_kind()) == ["capability", "scale"]
    whole = show_document(dataset.store, view.notice.document)
    assert [page.number for page in whole.document.pages] == [1, 2]
    assert show_document(dataset.store, view.notice.file).document == whole.document
    with pytest.raises(NotFoundError):
        show_document(dataset.store, "nothing")

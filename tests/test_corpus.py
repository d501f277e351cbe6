"""The whole corpus of real files through the line: every file has a fate, every quotation stands at its offsets."""

import pytest

from sousveil.evidence.vault import sha256_of
from sousveil.exceptions import FileFailure
from sousveil.ingest.answers import checked_parts
from sousveil.pipeline import Part
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job
from sousveil.settings import DEFAULT_LIMITS
from sousveil.source.folder import iter_candidates, load_candidate

FOLDERS = ("zh_notices", "eforms", "ted_legacy_xml", "ocds", "office", "pdf", "scans", "encodings", "odd", "warc")


def parts_of(folder):
    """Yield path and part of every file below a folder, read by a worker as an ingest would."""
    jobs = {}
    with Pool("sousveil.pipeline:work", jobs=1, max_memory_bytes=DEFAULT_LIMITS.max_memory_bytes) as pool:
        for key, candidate in enumerate(iter_candidates([folder])):
            data = load_candidate(candidate, DEFAULT_LIMITS.max_file_bytes)
            jobs[key] = (candidate.address, data)
            pool.submit(Job(key=key, header={"name": candidate.name, "explain": True}, payload=data))
        answered = 0
        while answered < len(jobs):
            for answer in pool.take():
                answered += 1
                address, data = jobs[answer.key]
                for part in checked_parts(answer, file=sha256_of(data), size=len(data)):
                    yield address, part


def spans_of(part: Part):
    """Yield every span of a part: values of notices, findings."""
    for notice in part.notices:
        for name in (
            "notice_type",
            "project_number",
            "title",
            "buyer",
            "agency",
            "budget",
            "award_amount",
            "publication_date",
        ):
            value = getattr(notice, name)
            if value is not None:
                yield value.span
        yield from (value.span for value in (*notice.suppliers, *notice.codes))
        yield from (value.span for value in (notice.country, notice.province, notice.city) if value is not None)
    yield from (finding.span for finding in part.findings)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_of_the_corpus(shared, folder):
    seen = 0
    for address, part in parts_of(shared / "corpus" / folder):
        seen += 1
        assert (part.failure is None) == (part.status == "read"), address
        if part.status == "failed":
            assert part.failure.reason, address
            assert part.failure.advice.endswith("."), address
            assert part.failure.stage != "worker", (address, part.failure)
        if part.document is None:
            continue
        check_document(address, part)
    assert seen


def check_document(address, part):
    texts = {page.number: page.text for page in part.document.pages}
    for span in spans_of(part):
        assert span.file == part.file, address
        assert texts[span.page][span.start : span.end] == span.quote, (address, span)
        assert span.quote.strip(), (address, span)
    for page in part.document.pages:
        for mask in page.masks:
            covered = page.text[mask.start : mask.end]
            assert set(covered) <= set("█\n |"), (address, covered)
    on_pages = [table.page for table in part.document.tables]
    assert on_pages == sorted(on_pages), address  # model.part_of cuts them out
    assert [page.number for page in part.document.pages] == list(range(1, len(part.document.pages) + 1)), address
    for table in part.document.tables:
        for cell in table.cells:
            assert 0 <= cell.start <= cell.end <= len(texts[table.page]), address
    for notice in part.notices:
        for section in notice.sections:
            assert 0 <= section.start <= section.end <= len(texts[section.page]), address
    for finding in part.findings:
        assert "█" not in finding.span.quote or finding.kind != "capability", (address, finding.span.quote)
        assert finding.reasons_against or finding.state == "stated", (address, finding)


def test_file_failures_carry_advice():
    failure = FileFailure("it is empty", "Fetch it again.")
    assert str(failure) == "it is empty. Fetch it again."

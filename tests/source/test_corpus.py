"""Real files: every one ends in a document or in a reason, and the values reach floors."""

from collections import Counter

import pytest

from sousveil.exceptions import FileFailure
from sousveil.source import eforms, ocds, table, ted
from tests.source.checks import read

SETS = [
    # reader, folder and pattern, every n-th file, share of pages with a title, buyer, type, date
    (ocds, "ocds", "**/*.json*", 1, 0.98),
    (eforms, "eforms", "**/*.xml", 5, 0.90),
    (ted, "ted_legacy_xml", "**/*.xml", 5, 0.99),
    (table, "zh_notices", "taiwan/*.json", 1, 0.99),
    (table, "ocds", "compranet-data/*2015*.csv", 1, 0.80),
]


@pytest.mark.parametrize("case", SETS)
def test_every_file_ends_in_a_document_or_a_reason(shared, case):
    reader, folder, pattern, step, floor = case
    found: Counter[str] = Counter()
    pages = 0
    for path in sorted((shared / "corpus" / folder).glob(pattern))[::step]:
        try:
            document = read(reader, path.read_bytes())
        except FileFailure as failure:
            assert failure.reason  # noqa: PT017
            assert failure.advice  # noqa: PT017
            continue
        assert document.pages or document.marks
        pages += len(document.pages)
        for record in document.records:
            found.update(name for name, _ in record.fields)
    assert pages
    for name in ("title", "buyer", "notice_type", "publication_date"):
        assert found[name] >= floor * pages or (reader is table and name == "publication_date"), (
            name,
            found[name],
            pages,
        )


def test_all_releases_of_a_long_file_are_read(shared):
    path = shared / "corpus" / "ocds" / "peru_seace_direct_awards_2018_2020.ocds.jsonl"
    document = read(ocds, path.read_bytes())
    assert len(document.pages) == 2952
    assert not document.marks
    assert "PERSONA NATURAL" not in "".join(page.text for page in document.pages)

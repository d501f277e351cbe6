"""Thousands of planted persons, and no byte of them outside the evidence: pages, API, commands, exports, store, index, logs.

The notices are those of the masking cases, so every way is planted in which the masks know persons; a canary is what the
masks cover everywhere. What they miss is measured elsewhere (``bench/masking.md``): here nothing that was covered may
come back on any surface. All persons are invented.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import ahocorasick_rs as ac
import pytest
from bench.masking import FOLDER, load_cases
from starlette.testclient import TestClient

from sousveil.ask.formats import FORMATS
from sousveil.cli import main
from sousveil.dataset import Dataset, init_dataset
from sousveil.exceptions import SousveilError
from sousveil.ingest.options import Options
from sousveil.mask import mask_text
from sousveil.web import make_app

SETS = ("odd_dev", "composed")
CASES_IN_FILE = 9
HEAD = "江城市公安局人脸识别系统采购项目中标公告（第{number}号）\n项目编号：JC-2024-{number:04}\n采购人：江城市公安局\n采购内容：建设人脸识别系统一套，接入人像比对平台，共198路。\n"
MAX_PAGES = 120
"""Pages of the web asked for: every kind of page, and the first of each kind many times."""


class Planted:
    """A dataset, and the words that may stand nowhere in it."""

    def __init__(self, folder: Path) -> None:
        source = folder / "in"
        source.mkdir()
        cases = [case for name in SETS for case in load_cases(FOLDER / f"{name}.txt")]
        masked, wanted = [], set()
        for number, start in enumerate(range(0, len(cases), CASES_IN_FILE), 1):
            group = cases[start : start + CASES_IN_FILE]
            text = (HEAD.format(number=number) + "\n\n".join(body for _, body, _ in group)).replace("\t", " ")
            (source / f"notice-{number:04}.txt").write_text(text, encoding="utf-8")
            masked.append(mask_text(text)[0])
            wanted |= {
                body[gold.start : gold.end]
                for _, body, golds in group
                for gold in golds
                if gold.kind not in {"org", "keep", "may"} and gold.end - gold.start > 2
            }
        whole = "\n".join(masked)
        self.canaries = sorted(words for words in wanted if words not in whole)
        self.planted = len(wanted)
        self._finder = ac.AhoCorasick(self.canaries)
        self.folder = folder / "d"
        self.dataset = init_dataset(self.folder)
        self.dataset.ingest([source], Options())

    def found_in(self, data: str | bytes) -> set[str]:
        """Return the canaries in a text or in bytes."""
        text = data if isinstance(data, str) else data.decode("utf-8", "ignore")
        return {self.canaries[index] for index, _, _ in self._finder.find_matches_as_indexes(text, overlapping=True)}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planted]:
    made = Planted(tmp_path_factory.mktemp("canaries"))
    yield made
    made.dataset.close()


def test_canaries_are_many_and_are_found_where_they_are(planted: Planted) -> None:
    assert len(planted.canaries) > 1_200
    assert len(planted.canaries) > 0.9 * planted.planted
    texts = [path.read_text(encoding="utf-8") for path in (planted.folder.parent / "in").iterdir()]
    assert planted.found_in("\n".join(texts)) == set(planted.canaries)  # the search itself works


def test_no_page_and_no_answer_shows_one(planted: Planted) -> None:
    client = TestClient(make_app(planted.dataset), base_url="http://localhost:8000", follow_redirects=True)
    waiting, seen = ["/", "/api/v1/overview", "/api/v1/search?q=人脸识别", "/search?q=人脸识别", "/nowhere"], set()
    notices = [row["id"] for row in planted.dataset.store.rows("SELECT id FROM notices LIMIT 25")]
    waiting += [f"{way}/{one}" for one in notices for way in ("/notices", "/api/v1/notices")]
    while waiting and len(seen) < MAX_PAGES:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert planted.found_in(answer.content) == set(), address
        assert planted.found_in(str(answer.headers)) == set(), address
        links = re.findall(r'(?:href|src)="(/[^"#]{0,200})"', answer.text) if len(answer.content) < 3_000_000 else []
        waiting += [link.replace("&amp;", "&") for link in links if link not in seen]
    assert len(seen) == MAX_PAGES


@pytest.fixture
def run(
    planted: Planted, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str]]:
    """Run ``sousveil`` with arguments; exit code, and all that was printed."""
    monkeypatch.setenv("SOUSVEIL_DATASET", str(planted.folder))

    def run_command(*arguments: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
        assert isinstance(left.value.code, int)
        return left.value.code, "".join(capfd.readouterr())

    return run_command


def test_no_command_prints_one(planted: Planted, run: Callable[..., tuple[int, str]]) -> None:
    store = planted.dataset.store
    notices = [row["id"] for row in store.rows("SELECT id FROM notices LIMIT 3")]
    findings = [row["id"] for row in store.rows("SELECT id FROM findings LIMIT 3")]
    commands = [
        ["search", "人脸识别"],
        ["search", "--raw", "联系人"],
        ["stats", "buyer"],
        ["stats", "supplier"],
        ["runs"],
    ]
    commands += [["runs", "failures"], ["flags"], ["sources", "list"]]
    commands += [["show", "notice", one] for one in notices] + [["why", one] for one in findings]
    printed = [(words, *run(*words)) for words in commands]
    assert sum(not code for _, code, _ in printed) > 4
    for words, _, said in printed:
        assert planted.found_in(said) == set(), words


def test_asking_for_one_does_not_find_it(planted: Planted) -> None:
    for words in planted.canaries[:: len(planted.canaries) // 40]:
        try:
            found = planted.dataset.search(f'raw:"{words}"').hits
        except SousveilError:
            continue  # nothing is found by a question that is refused
        assert not found, words


@pytest.mark.parametrize("file_format", FORMATS)
def test_no_export_holds_one(
    planted: Planted, run: Callable[..., tuple[int, str]], file_format: str, tmp_path: Path
) -> None:
    target = tmp_path / f"out.{file_format}"
    code, said = run("export", "--format", file_format, "--skip-leaks", "-o", str(target))
    assert (code, planted.found_in(said)) == (0, set()), said
    data = target.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(target) as pack:
            data = b"".join(pack.read(name) for name in pack.namelist())
    assert planted.found_in(data) == set()


def test_no_file_but_the_evidence_holds_one(planted: Planted) -> None:
    """Bytes of every file, and what the store keeps compressed: documents and notices as they are read back."""
    dataset: Dataset = planted.dataset
    dataset.words.commit()
    evidence = dataset.paths.evidence
    files = [path for path in planted.folder.rglob("*") if path.is_file() and not path.is_relative_to(evidence)]
    assert len(files) > 3
    assert {path.name: hit for path in files if (hit := planted.found_in(path.read_bytes()))} == {}
    for row in dataset.store.rows("SELECT file FROM files"):
        assert planted.found_in(repr(dataset.store.document(row["file"]))) == set()

"""A locked worker can load nothing: after the warm-up nothing is opened or imported, and the locks change no result."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from sousveil.dataset import sample_folder
from sousveil.ingest.answers import checked_parts
from sousveil.pipeline import Part, process, warm_up
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job
from sousveil.run.warm import load_codecs
from sousveil.source.folder import iter_candidates

ROOT = Path(__file__).resolve().parents[1]

LISTEN = """
import sys
from pathlib import Path
from sousveil.pipeline import process, warm_up
from sousveil.source.folder import iter_candidates
warm_up()
heard, name = [], ""
def hook(event, arguments):
    if name and event in ("open", "import", "ctypes.dlopen", "os.listdir", "subprocess.Popen"):
        heard.append(f"{event} {arguments[0]} for {name}")
sys.addaudithook(hook)
files = [(c.name, Path(c.address).read_bytes()) for c in iter_candidates([Path(item) for item in sys.argv[1:]])]
for name, untrusted in files:
    for _ in process(untrusted, name=name):
        pass
name = ""
print(len(files), *heard, sep="\\n")
"""


DRAW = """
import sys
from pathlib import Path
import msgspec
from sousveil.model import Page, TextBox
from sousveil.parse.scan.engine import is_installed
from sousveil.parse.sniff import sniff
from sousveil.pipeline import to_document
from sousveil.pipeline.picturing import warm_up, work
jobs = []
for path in map(Path, sys.argv[1:]):
    untrusted = path.read_bytes()
    pages = (Page(1, "words", boxes=(TextBox(0, 5, 0, 0, 1, 1, 1.0),)),)
    if "scan" not in path.name:
        pages = to_document(untrusted, file="", name=path.name, kind=sniff(untrusted, path.name)).pages
    stored = msgspec.json.encode(pages[0]).decode()
    jobs.append(({"name": path.name, "member": "", "stored": stored, "count": len(pages)}, untrusted))
warm_up()
heard, is_on = [], False
def hook(event, arguments):
    if is_on and event in ("open", "import", "ctypes.dlopen", "os.listdir", "subprocess.Popen"):
        heard.append(f"{event} {arguments[0]}")
sys.addaudithook(hook)
is_on = True
drawn = [list(work(*job))[0] for job in jobs]
is_on = False
print(sum(bool(one.pixels) for one in drawn), *heard, sep="\\n")
"""


def test_nothing_is_loaded_when_a_page_is_drawn():
    names = ("huyang-xueliang-award.pdf", "weishan-contract-scan.pdf")
    assert listen(*(sample_folder() / "cn" / name for name in names), script=DRAW) == []


def listen(*folders, script=LISTEN):
    """Return what was opened or imported while the files were read, in a fresh process that has warmed up."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", script, *map(str, folders)]
    done = subprocess.run(command, env=env, capture_output=True, check=True, text=True)
    count, *heard = done.stdout.splitlines()
    assert int(count)
    return heard


def test_nothing_is_loaded_after_the_warm_up():
    assert listen(sample_folder()) == []


@pytest.mark.parametrize("folder", ["encodings", "odd"])
def test_nothing_is_loaded_for_the_odd_files_of_the_corpus(shared, folder):
    assert listen(shared / "corpus" / folder) == []


def test_every_codec_is_loaded():
    assert load_codecs() >= 100


def test_the_locks_change_no_result():
    warm_up()
    files = [(item.name, Path(item.address).read_bytes()) for item in iter_candidates([sample_folder()])]
    with Pool("sousveil.pipeline:work", jobs=1) as pool:
        for key, (name, untrusted) in enumerate(files):
            pool.submit(Job(key=key, header={"name": name}, payload=untrusted))
        found = {}
        while pool.waiting:
            found |= {answer.key: answer for answer in pool.take()}
    for key, (name, untrusted) in enumerate(files):
        here = [part for part in process(untrusted, name=name) if isinstance(part, Part)]
        there = list(checked_parts(found[key], file=here[-1].file, size=len(untrusted)))
        assert [plain(part) for part in there] == [plain(part) for part in here], name


def plain(part):
    return {**msgspec.to_builtins(part), "seconds": None}

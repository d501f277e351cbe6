"""A reader that was taken over attacks from inside a locked worker, as a worker of root's and of an ordinary user."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from sousveil.exceptions import SandboxError, WorkerError
from sousveil.run import landlock, seccomp
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job
from sousveil.run.sandbox import Confinement
from tests.run.attacks import all_attacks, allowed
from tests.run.ordinary_user import USER

ROOT = Path(__file__).resolve().parents[2]
ATTACKS = sorted(all_attacks(1, Path("/")))
HARMLESS = sorted(allowed())
FILES = frozenset({"openat2", "/etc/passwd", "file in the home", "list of the home", "write in the home"})

needs_filter = pytest.mark.skipif(not seccomp.is_supported(), reason="no seccomp filter for this system")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    folder = tmp_path_factory.mktemp("home")
    (folder / "secret").write_text("what only the user may read")
    return folder


def work(deed, confinement=None, **header):
    with Pool("tests.run.deeds:misbehave", jobs=1, timeout_s=60, confinement=confinement) as pool:
        pool.submit(Job(key=1, header={"deed": deed, **header}, payload=b"x"))
        (answer,) = pool.take()
        return answer, pool.sandbox


@pytest.fixture(scope="module")
def from_worker(home):
    """What attacks gave from inside a worker of the pool, of whoever runs the tests."""
    os.environ["SOUSVEIL_TEST_SECRET"] = "a password"
    try:
        answer, sandbox = work("attack", Confinement(memory_bytes=2 << 30), parent=os.getpid(), home=str(home))
    finally:
        del os.environ["SOUSVEIL_TEST_SECRET"]
    assert not answer.crashes
    return {**json.loads(answer.parts[0]), "sandbox": sandbox}


def open_way_to(folder):
    """Let everybody enter the folders of this test run that lead to a folder."""
    for path in folder.parents:
        if not path.name.startswith(("pytest-", "popen-", "test_")):
            break
        path.chmod(0o755)


@pytest.fixture(scope="module")
def from_user(tmp_path_factory):
    """What attacks gave from a child of an ordinary user, locked and not."""
    folder = tmp_path_factory.mktemp("user")
    (folder / "secret").write_text("what only the user may read")
    is_root = os.getuid() == 0
    if is_root:
        for path in (folder, folder / "secret"):
            os.chown(path, USER, USER)
        open_way_to(folder)
    command = [sys.executable, "-m", "tests.run.ordinary_user", str(folder), "user" if is_root else "me"]
    env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, check=False, text=True)
    if is_root and done.returncode and "Permission denied" in done.stderr:
        pytest.skip(f"an ordinary user may not enter {ROOT}, or the folder of Python")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@needs_filter
@pytest.mark.parametrize("name", ATTACKS)
def test_a_worker_cannot(name, from_worker):
    succeeded, text = from_worker["attacks"][name]
    assert not succeeded, text


@needs_filter
@pytest.mark.parametrize("name", ATTACKS)
def test_a_worker_cannot_turn_on_the_process_it_is_a_copy_of(name, from_worker):
    succeeded, text = from_worker["origin"][name]
    assert not succeeded, text


@needs_filter
@pytest.mark.parametrize("name", ATTACKS)
def test_a_worker_of_an_ordinary_user_cannot(name, from_user):
    succeeded, text = from_user["locked"]["attacks"][name]
    assert not succeeded, text


@needs_filter
@pytest.mark.parametrize("name", HARMLESS)
def test_what_libraries_need_goes_on_working(name, from_worker, from_user):
    assert from_worker["allowed"][name][0], from_worker["allowed"][name]
    assert from_user["locked"]["allowed"][name][0], from_user["locked"]["allowed"][name]


@needs_filter
def test_the_attacks_are_real(from_user):
    """Without the locks most of them succeed for an ordinary user; the rest the kernel keeps for root."""
    got = {name for name, result in from_user["open"].items() if result is None or result[0]}
    assert len(got) >= 35, sorted(set(ATTACKS) - got)
    assert FILES - {"openat2"} <= got
    assert {"tcp socket", "fork", "exec", "signal to the parent", "limits of the parent", "shared memory"} <= got


def test_an_ordinary_user_drops_nothing(from_user):
    assert not from_user["locked"]["dropped"]
    assert from_user["locked"]["user"] != 0


def test_the_environment_stays_outside(from_worker):
    assert "SOUSVEIL_TEST_SECRET" not in from_worker["environment"]
    assert set(from_worker["environment"]) <= {
        *("PYTHONPATH", "LANG", "LC_CTYPE", "PYTHONDONTWRITEBYTECODE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"),
        "__CF_USER_TEXT_ENCODING",  # macOS sets it by itself
    }


def test_a_worker_of_root_goes_on_as_nobody(from_worker):
    if os.getuid() != 0:
        pytest.skip("the tests do not run as root")
    assert from_worker["user"] == 65534
    assert from_worker["sandbox"].dropped_root


def test_the_tier_says_what_the_kernel_has(from_worker):
    sandbox = from_worker["sandbox"]
    assert sandbox.tier == ("A" if landlock.version() else "B" if seccomp.is_supported() else "C")
    assert bool(sandbox.missing) == (sandbox.tier != "A")


def test_a_scratch_folder_can_be_written_and_nothing_else(tmp_path):
    if not landlock.version():
        pytest.skip("the kernel has no Landlock")
    scratch, other = tmp_path / "scratch", tmp_path / "other"
    for folder in (scratch, other):
        folder.mkdir()
        folder.chmod(0o777)
    open_way_to(scratch)
    (other / "model").write_text("weights")
    confinement = Confinement(readable=(str(other),), writable=(str(scratch),), scratch_bytes=1000)
    answer, sandbox = work("scratch", confinement, scratch=str(scratch), other=str(other))
    assert json.loads(answer.parts[0]) == {
        "written": True,
        "too much": "OSError: File too large",
        "read": "weights",
        "written elsewhere": "PermissionError",
        "read elsewhere": "PermissionError",
        "socket": "PermissionError",
    }
    assert sandbox.tier == "A"
    assert sandbox.has_files


def test_a_missing_folder_is_said():
    if not landlock.version():
        pytest.skip("the kernel has no Landlock")
    _, sandbox = work(None, Confinement(readable=("/no/such/folder",)))
    assert sandbox.tier == "B"
    assert any("landlock" in reason for reason in sandbox.missing)


def test_threads_that_ran_before_are_told_of_where_files_may_be_opened(tmp_path):
    if not landlock.version():
        pytest.skip("the kernel has no Landlock")
    with Pool("tests.run.early:work", jobs=1, confinement=Confinement(readable=(str(tmp_path),))) as pool:
        pool.submit(Job(key=1, header={}, payload=b""))
        pool.take()
        assert pool.sandbox.tier == "B"
        assert "threads ran before" in pool.sandbox.missing[0]
    with Pool("tests.run.early:work", jobs=1) as pool:
        pool.submit(Job(key=1, header={}, payload=b""))
        (answer,) = pool.take()
        assert pool.sandbox.tier == "A"
    assert json.loads(answer.parts[0]) == ["PermissionError", "PermissionError"]


def test_a_run_that_requires_more_does_not_start():
    with pytest.raises(SandboxError, match=r"Tier B is required, and this machine gives tier C.*switched off.*doctor"):
        Pool("sousveil.run.worker:echo", jobs=2, required_tier="B", confinement=Confinement(is_locked=False))


@needs_filter
def test_a_run_that_requires_what_is_there_starts():
    with Pool("sousveil.run.worker:echo", jobs=1, required_tier="B") as pool:
        assert pool.sandbox.meets("B")
        pool.submit(Job(key=1, header={}, payload=b"abc"))
        assert pool.take()[0].parts == (b'{"size":3}',)


def test_a_worker_that_cannot_load_its_function_ends_the_run():
    with Pool("tests.run.deeds:no_such_function", jobs=1) as pool:
        pool.submit(Job(key=1, header={}, payload=b""))
        with pytest.raises(WorkerError, match="no_such_function"):
            pool.take()


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="the other architecture is that of x86_64")
def test_calls_of_another_architecture_kill():
    answer, _ = work("i386")
    assert any(name in answer.crashes[0].reason for name in ("SIGSYS", "SIGSEGV"))  # SIGSEGV: kernels without i386
    assert answer.parts == ()

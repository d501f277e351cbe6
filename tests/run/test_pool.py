import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sousveil.run.pool import Pool
from sousveil.run.protocol import Job

DEEDS = "tests.run.deeds:misbehave"


def answers(*jobs, workers=1, timeout_s=5.0, memory=0):
    with Pool(DEEDS, jobs=workers, timeout_s=timeout_s, max_memory_bytes=memory) as pool:
        for key, (deed, payload) in enumerate(jobs):
            pool.submit(Job(key=key, header={"deed": deed}, payload=payload))
        found = []
        while pool.waiting:
            found += pool.take()
    return {answer.key: answer for answer in found}


def test_every_job_is_answered_once():
    found = answers(*[(None, str(number).encode()) for number in range(300)], workers=2)
    assert {key: answer.parts for key, answer in found.items()} == {n: (b'{"got":"%d"}' % n,) for n in range(300)}


@pytest.mark.parametrize(
    ("deed", "reason"),
    [("crash", "SIGSEGV"), ("exit", "exit code 3"), ("hang", "longer than 1 s"), ("mute", "longer than 1 s")],
)
def test_a_bad_file_costs_itself_only(deed, reason):
    found = answers((None, b"before"), (deed, b"bad"), (None, b"after"), timeout_s=1.0)
    assert found[0].parts == (b'{"got":"before"}',)
    assert found[2].parts == (b'{"got":"after"}',)
    (crash,) = found[1].crashes
    assert reason in crash.reason
    assert crash.advice


def test_out_of_memory_is_told_apart():
    found = answers(("memory", b"bad"), (None, b"after"), memory=1 << 30)
    assert "more memory" in found[0].crashes[0].reason
    assert found[1].parts == (b'{"got":"after"}',)


def test_a_bad_member_costs_itself_only():
    found = answers(("archive", b"abxcxd"))
    assert found[0].parts == tuple(b'{"got":"%c"}' % letter for letter in b"abcd")
    assert [crash.member for crash in found[0].crashes] == ["2x", "4x"]


def test_a_hanging_member_is_named():
    found = answers(("archive", b"azb"), timeout_s=1.0)
    assert [crash.member for crash in found[0].crashes] == ["1z"]
    assert len(found[0].parts) == 2


def test_an_archive_that_always_crashes_is_given_up():
    found = answers(("archive", b"x" * 100))
    assert len(found[0].crashes) == 20
    assert found[0].parts == ()


def test_noise_of_a_library_is_not_heard():
    assert answers(("print", b"quiet"))[0].parts == (b'{"got":"quiet"}',)


def test_a_worker_that_talks_nonsense_is_replaced():
    found = answers(("babble", b"bad"), (None, b"after"))
    assert found[0].parts == ()
    assert found[0].crashes
    assert found[1].parts == (b'{"got":"after"}',)


def test_a_pool_that_is_closed_at_work_ends_quietly(monkeypatch):
    errors = []
    monkeypatch.setattr(threading, "excepthook", errors.append)
    for _ in range(5):
        with Pool(DEEDS, jobs=4) as pool:
            for key in range(8):
                pool.submit(Job(key=key, header={"deed": None if key < 4 else "hang"}, payload=b"x"))
            while pool.waiting > 4:
                pool.take()
    assert errors == []


ORPHAN = """
import os, signal, sys, time
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job
pool = Pool("tests.run.deeds:misbehave", jobs=1)
pool.submit(Job(key=1, header={"deed": "hang"}, payload=b"x"))
while pool._keepers[0]._worker is None:
    time.sleep(0.001)
print(pool._keepers[0]._worker.pid, flush=True)
time.sleep(float(sys.argv[1]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
@pytest.mark.parametrize("after_s", ["0.02", "1.5"])
def test_a_worker_never_outlives_the_run_that_started_it(after_s):
    """Killed while the worker was starting (its job lies in the pipe), and while it was at work."""
    done = subprocess.run(
        [sys.executable, "-c", ORPHAN, after_s],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == -signal.SIGKILL
    worker = Path("/proc", done.stdout.decode().strip(), "cmdline")
    for _ in range(150):
        if not worker.is_file() or not worker.read_bytes():
            return
        time.sleep(0.1)
    os.kill(int(worker.parent.name), signal.SIGKILL)
    pytest.fail("the worker lives on")


def test_a_worker_that_does_not_read_is_replaced():
    found = answers(("deaf", b"bad"), (None, b"x" * 1_000_000), (None, b"after"), timeout_s=1.0)
    assert "longer than 1 s" in found[1].crashes[0].reason
    assert found[2].parts == (b'{"got":"after"}',)


def test_a_worker_that_cannot_be_started_is_told():
    with Pool(DEEDS, jobs=1) as pool:
        pool._keepers[0]._command = ["/no/such/program"]
        pool.submit(Job(key=0, header={}, payload=b""))
        (answer,) = pool.take(timeout_s=30)
    (crash,) = answer.crashes
    assert "no reader could be started: no such file" in crash.reason
    assert crash.advice.endswith(".")


def test_large_payloads_and_answers_pass():
    payload = b"x" * 5_000_000
    assert len(answers((None, payload))[0].parts[0]) == len(payload) + len(b'{"got":""}')

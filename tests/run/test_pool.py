import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sousveil.exceptions import WorkerError
from sousveil.run import pool as pool_module
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job

DEEDS = "tests.run.deeds:misbehave"
linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied, and end with the run, on Linux only")


def answers(*jobs, workers=1, timeout_s=5.0, memory=0, **limits):
    with Pool(DEEDS, jobs=workers, timeout_s=timeout_s, max_memory_bytes=memory, **limits) as pool:
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
    [
        ("crash", "the reader crashed (SIGSEGV)"),
        ("abort", "the reader crashed (SIGABRT)"),
        ("exit", "the reader crashed (exit code 3)"),
        ("hang", "reading took longer than 1 s and was stopped"),
        ("loop", "reading took longer than 1 s and was stopped"),
        ("memory", "reading needed more memory than allowed"),
        ("recursion", "the reader lost its way"),
        ("fault", "the reader failed (KeyError in deeds.py, line "),
        ("flood", "reading gave more than 5,000,000 bytes and was stopped"),
        ("line without end", "an answer that makes no sense"),
        ("babble", "an answer that makes no sense"),
        ("bad shape", "an answer that makes no sense"),
        ("negative", "reading gave more than 5,000,000 bytes"),
        ("promise", "reading gave more than 5,000,000 bytes"),
        ("forge other", "an answer that makes no sense"),
        ("mute", "an answer that makes no sense"),
        ("deaf", "reading took longer than 1 s and was stopped"),
    ],
)
def test_a_bad_file_costs_itself_only(deed, reason):
    jobs = ((None, b"before"), (deed, b"bad"), (None, b"after"))
    found = answers(*jobs, timeout_s=1.0, memory=1 << 30, max_answer_bytes=5_000_000)
    assert found[0].parts == (b'{"got":"before"}',)
    assert found[2].parts == (b'{"got":"after"}',)
    (crash,) = found[1].crashes
    assert reason in crash.reason
    assert crash.advice.endswith(".")


@pytest.mark.parametrize("deed", ["loop", "drip"])
def test_processor_time_is_limited_however_lively_the_worker(deed):
    found = answers((None, b"before"), (deed, b"bad"), (None, b"after"), timeout_s=60.0, cpu_s=1.0)
    assert "more than 1 s of processor time" in found[1].crashes[0].reason
    assert "cpu_s" in found[1].crashes[0].advice
    assert found[2].parts == (b'{"got":"after"}',)


def test_processor_time_is_counted_for_each_file():
    found = answers(*[("work", b"x")] * 6, cpu_s=0.8)
    assert not any(answer.crashes for answer in found.values())


def test_a_long_job_may_go_on_as_long_as_it_says_so():
    found = answers(("pages", b"x"), timeout_s=30.0, cpu_s=1.5)
    assert not found[0].crashes
    assert found[0].parts == (b'{"got":"x"}',)


def test_what_an_exception_says_stays_inside():
    assert "张三" not in answers(("fault", b"bad"))[0].crashes[0].reason


def test_a_fault_costs_no_worker():
    found = answers(("process", b""), ("fault", b"bad"), ("process", b""))
    assert found[0].parts[0] == found[2].parts[0]


def test_answers_beyond_the_limit_are_not_taken():
    with Pool(DEEDS, jobs=1, max_answer_bytes=10_000) as pool:
        for key, count in enumerate((9_000, 11_000, 9_000)):
            pool.submit(Job(key=key, header={"deed": "bytes", "count": count}, payload=b""))
        found = []
        while pool.waiting:
            found += pool.take()
    assert [len(answer.parts) for answer in found] == [1, 0, 1]
    assert "max_answer_bytes" in found[1].crashes[0].advice


def test_a_forged_answer_to_the_next_job_is_not_taken():
    """The deed answers job 1 and, in the same breath, job 2, which it was never asked."""
    found = answers((None, b"0"), ("forge next", b"1"), (None, b"2"))
    assert found[1].parts == (b'{"forged":"answer"}',)
    assert found[2].parts == (b'{"got":"2"}',)


def test_a_worker_killed_from_outside_costs_nothing():
    with Pool(DEEDS, jobs=1, timeout_s=30) as pool:
        pool.submit(Job(key=0, header={"deed": "process"}, payload=b""))
        process = int(pool.take()[0].parts[0])
        pool.submit(Job(key=1, header={"deed": "nap"}, payload=b"once more"))
        time.sleep(0.3)
        os.kill(process, signal.SIGKILL)
        (answer,) = pool.take()
    assert answer.parts == (b'{"got":"once more"}',)
    assert answer.crashes == ()


def test_a_file_whose_worker_is_killed_twice_fails():
    found = answers(("kill", b"bad"), (None, b"after"))
    assert "ended from outside, twice (SIGKILL)" in found[0].crashes[0].reason
    assert len(found[0].crashes) == 1
    assert found[1].parts == (b'{"got":"after"}',)


def test_a_member_whose_worker_is_killed_twice_fails_alone():
    found = answers(("archive", b"akb"))
    assert [crash.member for crash in found[0].crashes] == ["1k"]
    assert found[0].parts == (b'{"got":"a"}', b'{"got":"b"}')


def test_a_member_with_a_fault_costs_itself_only():
    found = answers(("archive", b"afb"))
    assert [crash.member for crash in found[0].crashes] == ["1f"]
    assert found[0].parts == (b'{"got":"a"}', b'{"got":"b"}')


def test_a_worker_is_replaced_in_time(monkeypatch):
    monkeypatch.setattr(pool_module, "_JOBS_A_LIFE", 3)
    found = answers(*[("process", b"")] * 7)
    processes = [found[key].parts[0] for key in range(7)]
    assert [processes.count(process) for process in dict.fromkeys(processes)] == [3, 3, 1]


def test_the_pipe_is_looked_into_before_a_worker_is_blamed():
    """The keeper is held up for longer than the limit while the answer lies in the pipe."""
    with Pool(DEEDS, jobs=1, timeout_s=0.5) as pool:
        pool.submit(Job(key=0, header={}, payload=b"first"))
        pool.take()
        channel = pool._keepers[0].prepare()
        channel.send(Job(key=9, header={"deed": None}, payload=b"late"), ())
        time.sleep(1.0)
        said = list(channel.listen(9))
    assert said[0] == b'{"got":"late"}'
    assert said[-1].done


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


def test_large_payloads_and_answers_pass():
    payload = b"x" * 5_000_000
    assert len(answers((None, payload))[0].parts[0]) == len(payload) + len(b'{"got":""}')


def test_a_worker_that_does_not_read_is_replaced():
    found = answers(("not reading", b"bad"), (None, b"x" * 5_000_000), (None, b"after"), timeout_s=1.0)
    assert found[1].crashes or found[1].parts
    assert found[2].parts == (b'{"got":"after"}',)


def test_a_pool_that_is_closed_at_work_ends_quietly(monkeypatch):
    errors = []
    monkeypatch.setattr(threading, "excepthook", errors.append)
    for _ in range(3):
        with Pool(DEEDS, jobs=2) as pool:
            for key in range(4):
                pool.submit(Job(key=key, header={"deed": None if key < 2 else "hang"}, payload=b"x"))
            while pool.waiting > 2:
                pool.take()
    assert errors == []


def test_a_worker_that_cannot_be_started_is_told(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/program")
    with Pool(DEEDS, jobs=1) as pool:
        pool.submit(Job(key=0, header={}, payload=b""))
        with pytest.raises(WorkerError, match=r"could not be started .No such file or directory.*run the same command"):
            pool.take(timeout_s=30)


ORPHAN = """
import os, signal, sys, time
from sousveil.run.pool import Pool
from sousveil.run.protocol import Job
pool = Pool("tests.run.deeds:misbehave", jobs=1)
pool.submit(Job(key=1, header={"deed": "hang"}, payload=b"x"))
def known():
    keeper, nursery = pool._keepers[0]._worker, pool.nursery
    loading = [zygote.number for zygote in tuple(nursery._loading)]
    if sys.argv[1] == "loading":
        return loading
    return keeper and [keeper.process, nursery._zygote.number]
while not known():
    time.sleep(0.001)
print(*known(), flush=True)
time.sleep(float(sys.argv[2]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@linux
@pytest.mark.parametrize(("stage", "after_s"), [("loading", "0.02"), ("born", "0.001"), ("born", "1.5")])
def test_no_process_outlives_the_run_that_started_it(stage, after_s):
    """Killed while the first process was loading, while its copy locked itself down, and while that was at work."""
    done = subprocess.run(
        [sys.executable, "-c", ORPHAN, stage, after_s],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == -signal.SIGKILL
    numbers = done.stdout.decode().split()
    assert numbers
    left = set(numbers)
    for _ in range(1_200):
        left = {number for number in left if is_alive(number)}
        if not left:
            return
        time.sleep(0.1)
    for number in left:
        os.kill(int(number), signal.SIGKILL)
    pytest.fail("a process lives on")


def is_alive(number):
    command = Path("/proc", number, "cmdline")
    try:
        return bool(command.read_bytes())
    except OSError:
        return False


@linux
def test_workers_are_copies_of_one_process_that_loaded_once():
    jobs = [("family", b""), ("crash", b""), ("family", b""), ("exit", b""), ("family", b"")]
    found = answers(*jobs)
    families = [json.loads(found[key].parts[0]) for key in (0, 2, 4)]
    assert len({own for own, _, _ in families}) == 3
    assert len({(parent, loader) for _, parent, loader in families}) == 1
    assert families[0][1] == families[0][2] != os.getpid()


@linux
def test_a_worker_holds_nothing_but_its_own_pipes():
    """Input, two handles that lead nowhere, and answers; nothing of the process it is a copy of, or of the other copy."""
    found = answers(*[("handles", b"")] * 6, workers=2)
    assert {answer.parts[0] for answer in found.values()} == {b"[0,1,2,3]"}


def test_a_process_with_threads_is_no_origin_of_copies():
    with Pool("tests.run.early:who", jobs=2) as pool:
        for key in range(4):
            pool.submit(Job(key=key, header={}, payload=b""))
        found = []
        while pool.waiting:
            found += pool.take()
    assert all(own == loader for answer in found for own, loader in [json.loads(answer.parts[0])])


@linux
def test_the_end_of_the_first_process_costs_no_file():
    with Pool(DEEDS, jobs=2, timeout_s=30) as pool:
        pool.submit(Job(key=0, header={"deed": "family"}, payload=b""))
        _, origin, _ = json.loads(pool.take()[0].parts[0])
        for key in (1, 2):
            pool.submit(Job(key=key, header={"deed": "nap"}, payload=b"once more"))
        time.sleep(0.3)
        os.kill(origin, signal.SIGKILL)
        found = []
        while pool.waiting:
            found += pool.take()
        pool.submit(Job(key=3, header={"deed": "family"}, payload=b""))
        _, next_origin, _ = json.loads(pool.take()[0].parts[0])
    assert [(answer.parts, answer.crashes) for answer in found] == [((b'{"got":"once more"}',), ())] * 2
    assert next_origin != origin


@linux
def test_a_pool_that_is_closed_leaves_no_process():
    with Pool(DEEDS, jobs=2) as pool:
        for key in range(4):
            pool.submit(Job(key=key, header={"deed": "family"}, payload=b""))
        found = [json.loads(answer.parts[0]) for _ in range(4) if pool.waiting for answer in pool.take()]
    assert found
    assert not any(is_alive(str(number)) for own, parent, _ in found for number in (own, parent))


def test_a_pool_is_closed_while_its_first_process_loads():
    with Pool("tests.run.slow:never", jobs=2) as pool:
        pool.submit(Job(key=0, header={}, payload=b""))
        while not pool.nursery._loading:
            time.sleep(0.001)
    assert not any(keeper.is_alive() for keeper in pool._keepers)

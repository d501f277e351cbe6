"""Processors are shared out: never more taken than there are, and nobody waits for ever."""

import threading
import time

from sousveil.run.cores import Cores


def test_never_more_are_taken_than_there_are():
    cores = Cores(3)
    running, most, lock = [0], [0], threading.Lock()

    def job(share):
        with cores.taken(share):
            with lock:
                running[0] += share
                most[0] = max(most[0], running[0])
            time.sleep(0.002)
            with lock:
                running[0] -= share

    threads = [threading.Thread(target=job, args=(1 + number % 3,)) for number in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert not any(thread.is_alive() for thread in threads)
    assert most[0] == 3
    assert cores.free == 3


def test_who_wants_more_than_there_is_gets_all():
    cores = Cores(2)
    with cores.taken(8):
        assert cores.free == 0
    assert cores.free == 2

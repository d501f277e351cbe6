"""A reader that takes for ever to load."""

import time


def warm_up():
    time.sleep(1000)


def never(header, payload, avoid):
    yield from ()

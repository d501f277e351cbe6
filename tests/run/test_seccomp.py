"""The filter is right for both architectures: its program is run here by a small machine of our own."""

import errno
import re
from pathlib import Path

import pytest

from sousveil.run import syscalls
from sousveil.run.seccomp import make_filter

HEADERS = {0: "/usr/include/x86_64-linux-gnu/asm/unistd_64.h", 1: "/usr/include/asm-generic/unistd.h"}
TABLES = {name: value for name, value in vars(syscalls).items() if isinstance(value, dict) and name.isupper()}
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
ALLOW, KILL = 0x7FFF0000, 0x80000000
REFUSED, NOT_THERE = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
PROCESS = 4711


def run(program, number, *arguments, architecture):
    """Return what the program answers to a call."""
    data = {0: number, 4: architecture}
    for place, value in enumerate((*arguments, 0, 0, 0, 0, 0, 0)[:6]):
        data[16 + 8 * place], data[20 + 8 * place] = value & 0xFFFFFFFF, value >> 32
    at, loaded = 0, 0
    while True:
        operation, if_true, if_false, value = program[at]
        at += 1
        if operation == 0x06:
            return value
        if operation == 0x20:
            loaded = data[value]
            continue
        is_true = {0x15: loaded == value, 0x35: loaded >= value, 0x45: bool(loaded & value)}[operation]
        at += if_true if is_true else if_false


@pytest.fixture(params=sorted(ARCHITECTURES))
def ask(request):
    column, architecture = ARCHITECTURES[request.param]

    def ask(name, *arguments, with_files=False, architecture=architecture):
        program = make_filter(request.param, PROCESS, with_files=with_files)
        number = name
        if isinstance(name, str):
            number = next(table[name][column] for table in TABLES.values() if name in table)
        return run(program, number, *arguments, architecture=architecture)

    ask.column = column
    return ask


def test_every_call_of_the_tables_is_refused(ask):
    for table in ("NETWORK", "PROGRAMS", "OTHERS", "RIGHTS", "KERNEL", "MARKS", "PATHS"):
        for name, pair in TABLES[table].items():
            if pair[ask.column] is not None:
                assert ask(name) == REFUSED, name
                assert ask(name, with_files=True) == (ALLOW if table == "PATHS" else REFUSED), name


def test_what_every_program_does_is_allowed(ask):
    named = {pair[ask.column] for table in TABLES.values() for pair in table.values()}
    for number in set(range(syscalls.LAST_KNOWN + 1)) - named:
        assert ask(number) == ALLOW


@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    [
        ("clone", (0x3D0F00,), ALLOW),  # as the C library starts a thread
        ("clone", (17,), REFUSED),  # as it starts a process
        ("clone3", (), NOT_THERE),
        ("kill", (PROCESS, 9), ALLOW),
        ("kill", (PROCESS + 1, 9), REFUSED),
        ("kill", (2**64 - 1, 9), REFUSED),
        ("tgkill", (PROCESS, PROCESS, 6), ALLOW),
        ("tgkill", (1, 1, 6), REFUSED),
        ("prctl", (15,), ALLOW),  # the name of a thread
        ("prctl", (1,), REFUSED),
        ("prctl", (4, 1), REFUSED),
        ("fcntl", (1, 3), ALLOW),
        ("fcntl", (1, 8, 1), REFUSED),
        ("prlimit64", (0, 9, 0, 4096), ALLOW),  # asking
        ("prlimit64", (0, 9, 4096, 0), REFUSED),
        ("prlimit64", (0, 9, 1 << 40, 0), REFUSED),
    ],
)
def test_calls_that_depend_on_their_arguments(ask, name, arguments, answer):
    assert ask(name, *arguments) == answer


def test_later_and_foreign_calls(ask):
    assert ask(syscalls.LAST_KNOWN + 1) == NOT_THERE
    assert ask(0, architecture=0x40000003) == KILL
    if ask.column == 0:
        assert ask(0x40000000 + 41) == KILL


def test_the_program_fits_the_kernel(ask):
    for machine in ARCHITECTURES:
        program = make_filter(machine, PROCESS, with_files=False)
        assert len(program) <= 4096
        assert all(0 <= step <= 255 for _, yes, no, _ in program for step in (yes, no))


@pytest.mark.parametrize("column", sorted(HEADERS))
def test_the_numbers_are_those_of_the_headers(column):
    if not Path(HEADERS[column]).is_file():
        pytest.skip(f"no {HEADERS[column]} on this machine")
    found = re.findall(r"#define __NR(?:3264)?_(\w+)\s+(\d+)\s*$", Path(HEADERS[column]).read_text(), re.MULTILINE)
    numbers = {name: int(number) for name, number in reversed(found)}
    latest = max(numbers.values())
    for table in TABLES.values():
        for name, pair in table.items():
            if pair[column] is None or pair[column] <= latest:
                assert numbers.get(name) == pair[column], name

"""What a reader that was taken over would try; each function returns what it got, or raises OSError.

None does harm where it succeeds: signals are number 0, changes are made in a folder of the test.
"""

# ruff: noqa: PTH101, PTH104, PTH108, PTH208, PTH211
import ctypes
import encodings.idna  # noqa: F401 (what a connection needs besides a socket)
import importlib
import mmap
import os
import platform
import resource
import socket
import threading
from pathlib import Path

from sousveil.run import syscalls

COLUMN = {"x86_64": 0, "aarch64": 1}.get(platform.machine(), 0)
TABLES = [value for name, value in vars(syscalls).items() if name.isupper() and isinstance(value, dict)]
NUMBERS = {name: pair[COLUMN] for table in TABLES for name, pair in table.items()}


def call(name, *arguments):
    """Make a system call by its number, past the C library."""
    number = NUMBERS[name] if isinstance(name, str) else name
    libc = ctypes.CDLL(None, use_errno=True)
    answer = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if answer < 0:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")
    return answer


def fork():
    if (child := os.fork()) == 0:
        os._exit(0)
    return os.waitpid(child, 0)


def clone_process(name, *arguments):
    if call(name, *arguments) == 0:
        os._exit(0)
    return "a process"


def read_memory_of(parent):
    target = ctypes.create_string_buffer(8)
    here = (ctypes.c_size_t * 2)(ctypes.addressof(target), 8)
    return call("process_vm_readv", parent, here, 1, here, 1, 0)


def spawn():
    return os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)


def own_signal(parent):
    reading, _ = os.pipe()
    return call("fcntl", reading, 8, parent)  # F_SETOWN


def raise_limit(name):
    _soft, hard = resource.getrlimit(name)
    resource.setrlimit(name, (hard, resource.RLIM_INFINITY if hard != resource.RLIM_INFINITY else 1 << 40))
    return resource.getrlimit(name)


def all_attacks(parent, home):
    """Return name -> function; ``home`` holds a file ``secret`` of the user, ``parent`` is the process of the run."""
    secret, new = home / "secret", home / "new"
    path = os.fsencode(secret)
    zero = ctypes.create_string_buffer(256)
    return {
        # network
        "tcp socket": socket.socket,
        "udp socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        "ipv6 socket": lambda: socket.socket(socket.AF_INET6),
        "unix socket": lambda: socket.socket(socket.AF_UNIX),
        "netlink socket": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW),
        "socket pair": socket.socketpair,
        "connection": lambda: socket.create_connection(("127.0.0.1", 9), 0.2),
        "connect on a pipe": lambda: call("connect", 0, zero, 16),
        "bind on a pipe": lambda: call("bind", 0, zero, 16),
        "send on a pipe": lambda: call("sendto", 1, zero, 1, 0, 0, 0),
        # programs
        "exec": lambda: os.execv("/bin/true", ["true"]),
        "execveat": lambda: call("execveat", -100, b"/bin/true", 0, 0, 0),
        "spawn": spawn,
        "fork": fork,
        "clone": lambda: clone_process("clone", 17, 0, 0, 0, 0),  # 17: SIGCHLD, as fork does it
        "clone3": lambda: clone_process("clone3", zero, 88),
        # other processes
        "signal to the parent": lambda: os.kill(parent, 0),
        "signal to all": lambda: os.kill(-1, 0),
        "signal to a thread of the parent": lambda: call("tgkill", parent, parent, 0),
        "signal by tkill": lambda: call("tkill", parent, 0),
        "queued signal": lambda: call("rt_sigqueueinfo", parent, 0, zero),
        "handle of the parent": lambda: call("pidfd_open", parent, 0),
        "signal by the kernel": lambda: own_signal(parent),
        "ptrace": lambda: call("ptrace", 16, parent, 0, 0),
        "memory of the parent": lambda: read_memory_of(parent),
        "priority of the parent": lambda: os.setpriority(os.PRIO_PROCESS, parent, 19),
        "limits of the parent": lambda: resource.prlimit(parent, resource.RLIMIT_CORE, (0, 0)),
        "shared memory": lambda: call("shmget", 0, 4096, 0o1600),
        "message queue": lambda: call("mq_open", b"sousveil", 0o102, 0o600, 0),
        "debugger allowed": lambda: call("prctl", 0x59616D61, -1, 0, 0, 0),
        "outliving the run": lambda: call("prctl", 1, 0, 0, 0, 0),
        # files
        "/etc/passwd": lambda: Path("/etc/passwd").read_text(),
        "file in the home": secret.read_text,
        "list of the home": lambda: os.listdir(home),
        "openat2": lambda: call("openat2", -100, path, zero, 24),
        "environment of the parent": lambda: Path(f"/proc/{parent}/environ").read_bytes(),
        "own environment in /proc": lambda: Path("/proc/self/environ").read_bytes(),
        "own memory in /proc": lambda: Path("/proc/self/mem").open("r+b"),
        "own program": lambda: Path("/proc/self/exe").open("rb"),
        "library": lambda: ctypes.CDLL("libcrypt.so.1"),
        "module": lambda: importlib.import_module("ftplib"),
        "write in the home": lambda: new.write_text("x"),
        "write in /tmp": lambda: Path(f"/tmp/sousveil-attack-{os.getpid()}").touch(),
        "write in the working folder": lambda: Path("sousveil-attack").touch(),
        "write to /dev/shm": lambda: Path(f"/dev/shm/sousveil-attack-{os.getpid()}").touch(),
        "folder": (home / "folder").mkdir,
        "symbolic link": lambda: os.symlink(secret, home / "link"),
        "hard link": lambda: os.link(secret, home / "link2"),
        "pipe with a name": lambda: os.mkfifo(home / "pipe"),
        "cut": lambda: os.truncate(secret, 3),
        "rights": lambda: os.chmod(secret, 0o600),
        "owner": lambda: os.chown(secret, os.getuid(), os.getgid()),
        "times": lambda: os.utime(secret, (0, 0)),
        "attribute": lambda: os.setxattr(secret, "user.x", b"x"),
        "rename": lambda: os.rename(secret, home / "other"),
        "delete": lambda: os.unlink(home / "other"),
        "working folder": lambda: os.chdir("/"),
        "watch": lambda: call("inotify_add_watch", call(253 if COLUMN == 0 else 26), path, 1),
        "handle of a file": lambda: call("name_to_handle_at", -100, path, zero, zero, 0),
        "file by handle": lambda: call("open_by_handle_at", -100, zero, 0),
        # the kernel, rights
        "mount": lambda: call("mount", b"none", os.fsencode(home), b"tmpfs", 0, 0),
        "unmount": lambda: call("umount2", b"/proc", 0),
        "chroot": lambda: os.chroot(home),
        "pivot_root": lambda: call("pivot_root", b".", b"."),
        "user namespace": lambda: call("unshare", 0x10000000),
        "net namespace": lambda: call("unshare", 0x40000000),
        "other namespace": lambda: call("setns", 0, 0),
        "io_uring": lambda: call("io_uring_setup", 8, zero),
        "bpf": lambda: call("bpf", 0, zero, 48),
        "userfaultfd": lambda: call("userfaultfd", 1),
        "perf": lambda: call("perf_event_open", zero, 0, -1, -1, 0),
        "key ring": lambda: call("add_key", b"user", b"sousveil", b"x", 1, -2),
        "module of the kernel": lambda: call("init_module", zero, 0, b""),
        "clock": lambda: call("settimeofday", 0, zero),
        "name of the machine": lambda: socket.sethostname("sousveil"),
        "root": lambda: os.setuid(0),
        "personality": lambda: call("personality", 0x0040000),
        "more memory": lambda: raise_limit(resource.RLIMIT_AS),
        "more handles": lambda: raise_limit(resource.RLIMIT_NOFILE),
        "another filter": lambda: call("seccomp", 2, 0, zero),
        "call of a later kernel": lambda: call(syscalls.LAST_KNOWN + 1),
    }


def allowed():
    """Return name -> function for what must go on working: libraries for numbers and OCR need it."""
    return {
        "threads": _threads,
        "own signal": lambda: os.kill(os.getpid(), 0),
        "own limits": lambda: resource.getrlimit(resource.RLIMIT_STACK),
        "memory": lambda: mmap.mmap(-1, 1 << 20).madvise(mmap.MADV_DONTNEED),
        "affinity": lambda: os.sched_setaffinity(0, os.sched_getaffinity(0)),
        "executable memory": lambda: mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC),
    }


def _threads():
    done = []
    threads = [threading.Thread(target=done.append, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(8))


def try_one(function):
    """Return ``(True, what came back)`` or ``(False, the error)``."""
    try:
        return True, repr(function())[:80]
    except (OSError, ImportError, LookupError) as error:
        return False, f"{type(error).__name__}: {error}"[:120]
    except ValueError as error:  # the module resource says so when a limit may not be raised
        return False, f"ValueError: {error}"

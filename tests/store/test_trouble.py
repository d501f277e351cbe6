import errno
import os
import sqlite3

import pytest

from sousveil.exceptions import StorageFullError
from sousveil.store.trouble import telling_of_storage


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "is full.*Free some space"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "cannot be written.*permissions"),
        (OSError(errno.EFBIG, os.strerror(errno.EFBIG)), "may not grow.*ulimit"),
        (sqlite3.OperationalError("database or disk is full"), "is full"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "cannot be written"),
        (sqlite3.OperationalError("disk I/O error"), "gave an error.*free some space"),
        (ValueError("A worker thread encountered an error (io::Error most likely) or panicked."), "free some space"),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), "is full"),
    ],
)
def test_what_a_disk_refuses_says_what_to_do(tmp_path, error, says):
    with pytest.raises(StorageFullError, match=says), telling_of_storage(tmp_path):
        raise error


@pytest.mark.parametrize("error", [OSError(errno.ENOENT, "gone"), ValueError("3"), KeyError("a")])
def test_other_errors_pass(tmp_path, error):
    with pytest.raises(type(error)), telling_of_storage(tmp_path):
        raise error

"""One process at a time: an advisory lock on a file, for POSIX and Windows."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _opened(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT
    try:
        return os.open(path, flags, 0o600)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, flags, 0o600)


@contextmanager
def file_lock(path: Path, seconds: float = 60.0) -> Iterator[None]:
    """Holds the lock of ``path``; the system frees it when the process dies, however it dies.

    Raises:
        TimeoutError: another process held it for ``seconds``.
    """
    descriptor = _opened(path)
    try:
        limit = time.monotonic() + seconds
        while not _try_lock(descriptor):
            if time.monotonic() > limit:
                raise TimeoutError(f"{path} sigue ocupado por otro proceso")
            time.sleep(0.02)
        yield
    finally:
        os.close(descriptor)

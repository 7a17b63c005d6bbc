"""A few small records in one file whose blocks are on the disk beforehand.

Adding a record is then one write that is durable when it returns: no new name, no new length, no
folder to flush. A record begins at a block of its own, so a write that was cut off damages nothing
but itself, and its checksum tells that it was never finished.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tehuacan_comercial.data.embedded.lock import file_lock

BLOCK = 4096
"""Bytes that a disk writes whole or not at all."""
ROOM = 16 * BLOCK
"""Bytes that the file has from the beginning; it grows when they are full."""
_HEAD = struct.Struct(">8sI32s")
"""Mark, bytes of the body, SHA-256 of the body."""
_MARK = b"\xffRECORD\xff"
"""No text in UTF-8 holds it, so the middle of a record is never taken for a beginning."""
_AT_ONCE = getattr(os, "O_DSYNC", 0)
_BINARY = getattr(os, "O_BINARY", 0)
"""Each exists where the other does not need to: Windows has no O_DSYNC and translates lines."""


@dataclass(frozen=True, slots=True)
class Record:
    """A whole record, and the byte where it begins."""

    at: int
    body: bytes


class RecordFile:
    """Records of one file, for several windows of a station at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = path.with_suffix(".lock")
        self._ready = False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else adds or erases meanwhile, in this process or another."""
        with file_lock(self._lock):
            yield

    def read(self) -> list[Record]:
        """Every whole record, by its place; one that is just being written is not there yet."""
        try:
            return list(_records(self._path.read_bytes()))
        except FileNotFoundError:
            return []

    def add(self, body: bytes, beside: Sequence[Record]) -> Record:
        """Durable before it returns. ``beside`` is what ``read`` just gave, ``alone``."""
        if not (self._ready and self._path.exists()):
            self._prepare()
        data = _head(body) + body
        place = _gap(_blocks(len(body)), beside)
        self._write(place, data + bytes(-len(data) % BLOCK))
        return Record(place, body)

    def holds(self, record: Record) -> bool:
        """Whether the record still stands where it was added; nothing else is read."""
        try:
            with _opened(self._path) as descriptor:
                os.lseek(descriptor, record.at, os.SEEK_SET)
                return os.read(descriptor, _HEAD.size) == _head(record.body)
        except FileNotFoundError:
            return False

    def erase(self, record: Record) -> None:
        """Not flushed: after a power failure the record may be there again. Call it ``alone``."""
        with _opened(self._path) as descriptor:
            _write_at(descriptor, record.at, bytes(_HEAD.size))

    def _write(self, place: int, data: bytes) -> None:
        """Every byte on disk before it returns."""
        with _opened(self._path, _AT_ONCE) as descriptor:
            _write_at(descriptor, place, data)
            if not _AT_ONCE:
                os.fsync(descriptor)

    def _prepare(self) -> None:
        """Give the file its blocks, and make sure of its name, whoever made it."""
        with _opened(self._path, os.O_CREAT) as descriptor:
            missing = ROOM - os.fstat(descriptor).st_size
            if missing > 0:
                _write_at(descriptor, ROOM - missing, bytes(missing))
            os.fsync(descriptor)
        for folder in (self._path.parent, self._path.parent.parent):
            _sync_folder(folder)
        self._ready = True


def _head(body: bytes) -> bytes:
    return _HEAD.pack(_MARK, len(body), sha256(body).digest())


def _blocks(body: int) -> int:
    """Of a record with so many bytes."""
    return -(-(_HEAD.size + body) // BLOCK)


def _gap(blocks: int, records: Sequence[Record]) -> int:
    """Where so many blocks are free, after the last record if nowhere before."""
    free = 0
    for record in records:
        if record.at - free >= blocks * BLOCK:
            return free
        free = record.at + _blocks(len(record.body)) * BLOCK
    return free


def _records(data: bytes) -> Iterator[Record]:
    at = 0
    while at < len(data):
        body = _body(data, at) if data.startswith(_MARK, at) else None
        if body is not None:
            yield Record(at, body)
        at += BLOCK if body is None else BLOCK * _blocks(len(body))


def _body(data: bytes, at: int) -> bytes | None:
    """None for a record that was never written to its end."""
    if len(data) < at + _HEAD.size:
        return None
    _, length, checksum = _HEAD.unpack_from(data, at)
    body = data[at + _HEAD.size : at + _HEAD.size + length]
    return body if sha256(body).digest() == checksum else None


@contextmanager
def _opened(path: Path, flags: int = 0) -> Iterator[int]:
    descriptor = os.open(path, os.O_RDWR | _BINARY | flags, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _write_at(descriptor: int, at: int, data: bytes) -> None:
    os.lseek(descriptor, at, os.SEEK_SET)
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync_folder(folder: Path) -> None:
    """A new name in it is on disk too (Windows writes it through by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

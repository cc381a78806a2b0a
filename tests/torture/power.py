"""A disk that holds only what was synchronised: what a power cut leaves, sector by sector.

SQLite's own way to its files (its VFS) is replaced in the process that is tortured: whenever SQLite asks for a file
to be synchronised, a copy of it is set aside, once the system has done so. After a kill, which comes when a file is
about to be, each sector is as in that copy or as written since, by chance: a disk may have kept any of the writes
that nobody waited for.
"""

import _sqlite3
import ctypes
import os
import random
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.torture.play import NotHereError

_SECTOR = 512
_FILES = ("tevo.db", "tevo.db-wal", "tevo.db-journal")
_CUT = "cut"
_kept: list[object] = []  # what C points to

_POINTER = ctypes.c_void_p
_OPEN = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, _POINTER, _POINTER, ctypes.c_int, _POINTER)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, _POINTER, ctypes.c_int)


class _Vfs(ctypes.Structure):
    """sqlite3_vfs, as SQLite documents it."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("size_of_file", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", _POINTER),
        ("name", ctypes.c_char_p),
        ("data", _POINTER),
        ("open", _OPEN),
        ("others", _POINTER * 15),
    ]


class _Methods(ctypes.Structure):
    """sqlite3_io_methods: close, read, write and truncate, then sync, then others."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("before", _POINTER * 4),
        ("sync", _SYNC),
        ("after", _POINTER * 13),
    ]


def keep_what_is_synchronised(folder: Path) -> None:
    """From now on, in this process. Raises NotHereError where Python's SQLite cannot be reached."""
    durable = _durable(folder)
    library = _library()
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    usual = library.sqlite3_vfs_find(None).contents
    ours = _Vfs.from_buffer_copy(usual)
    ours.name = b"power"
    patched: dict[int, _Methods] = {}
    paths: dict[int, Path] = {}
    left = int((durable / _CUT).read_text())

    def synchronise(of: int, flags: int, usually: Callable[[int, int], int]) -> int:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        result = usually(of, flags)
        if result == 0 and of in paths:
            _set_aside(paths[of], durable)
        return result

    def opened(vfs: int, name: int | None, file: int, flags: int, told: int) -> int:
        result: int = usual.open(vfs, name, file, flags, told)  # by its address: SQLite looks around it
        methods = _POINTER.from_address(file)
        path = Path(os.fsdecode(ctypes.string_at(name))) if name else Path()
        if result == 0 and methods.value and path.name in _FILES:
            paths[file] = path
            if methods.value not in patched:
                copied = patched[methods.value] = _Methods.from_buffer_copy(_Methods.from_address(methods.value))
                usually = _Methods.from_address(methods.value).sync
                copied.sync = _SYNC(lambda of, how, usually=usually: synchronise(of, how, usually))
            methods.value = ctypes.addressof(patched[methods.value])
        else:
            paths.pop(file, None)
        return result

    ours.open = _OPEN(opened)
    _kept.extend((ours, patched, paths))
    library.sqlite3_vfs_register(ctypes.byref(ours), 1)


def _library() -> Any:
    """The very SQLite that Python uses."""
    library = ctypes.CDLL(getattr(_sqlite3, "__file__", None))
    if not hasattr(library, "sqlite3_vfs_find"):
        raise NotHereError("Python's SQLite is out of reach")
    return library


def _set_aside(path: Path, durable: Path) -> None:
    fresh = durable / f"{path.name}.new"
    fresh.write_bytes(path.read_bytes())
    fresh.replace(durable / path.name)


def watch(folder: Path, cut_at: int = 0) -> None:
    """Have the next process that serves from there keep what is synchronised; it ends when about to do so again."""
    _durable(folder).mkdir(mode=0o700, exist_ok=True)
    (_durable(folder) / _CUT).write_text(str(cut_at))


def is_watched(folder: Path) -> bool:
    """Whether what was synchronised is known there."""
    return _durable(folder).is_dir()


def lose(folder: Path, dice: random.Random) -> int:
    """The power is cut: of the writes since, any may be lost. How many sectors were."""
    (folder / "tevo.db-shm").unlink(missing_ok=True)
    lost = 0
    for name in _FILES:
        path, kept = folder / name, _durable(folder) / name
        if not path.exists():
            kept.unlink(missing_ok=True)
            continue
        left, count = _mixed(kept.read_bytes() if kept.exists() else b"", path.read_bytes(), dice)
        path.write_bytes(left)
        lost += count
    return lost


def _mixed(old: bytes, new: bytes, dice: random.Random) -> tuple[bytes, int]:
    """Of each sector, what was synchronised or what was written since; of how many, the former."""
    chance = dice.choice([0.0, 0.1, 0.5, 0.9, 1.0])
    size = max(len(old), len(new)) if len(new) >= len(old) or dice.random() < 0.5 else len(new)
    mixed, lost, end = bytearray(size), 0, min(len(old), size)
    for at in range(0, size, _SECTOR):
        is_lost = new[at : at + _SECTOR] != old[at : at + _SECTOR] and dice.random() < chance
        lost += is_lost
        found = old if is_lost or at >= len(new) else new
        part = found[at : at + _SECTOR][: size - at]
        mixed[at : at + len(part)] = part
        if part and found is new:
            end = max(end, at + len(part))
    return bytes(mixed[:end]), lost


def _durable(folder: Path) -> Path:
    return folder / "durable"
